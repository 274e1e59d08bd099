"""The field whose default a config's value comes from, if no layer sets it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Any

from pydantic import BaseModel, RootModel

from typedflow.models._types import fields_of, keys_of
from typedflow.values import KeyPath, has_item


def default_field(config: BaseModel, tree: Any, path: KeyPath) -> tuple[type, str] | None:
    """Return the class and the name of the field whose default has the value at a key path; None if unknown.

    ``tree`` is what layers set. An instance in a default has explicit values, and defaults of its own class.
    """
    found: tuple[type, str] | None = None
    is_set = True
    for value, key in _steps(config, path):
        is_set = is_set and has_item(tree, key)
        if is_set:
            tree = tree[key]
            continue
        name = _name_of(value, key)
        if name is not None and _has_own_default(value, name, is_known=found is None):
            found = type(value), name
        elif found is None:
            return None
    return found


def _has_own_default(value: Any, name: str, *, is_known: bool) -> bool:
    """Return whether a field has its class's default; a dataclass does not record which fields were set."""
    return name not in value.model_fields_set if isinstance(value, BaseModel) else is_known


def _steps(value: Any, path: KeyPath) -> Iterator[tuple[Any, str | int]]:
    """Return each key of a path with the value that contains it, as far as the path exists."""
    for key in path:
        while isinstance(value, RootModel):
            value = value.root
        yield value, key
        name = _name_of(value, key)
        if name is not None:
            value = getattr(value, name, None)
        elif isinstance(value, Mapping):
            value = next((item for own, item in value.items() if _text(own) == str(key)), None)
        elif isinstance(value, Sequence) and isinstance(key, int) and key < len(value):
            value = value[key]
        else:
            value = None


def _name_of(value: Any, key: str | int) -> str | None:
    """Return the field of a class that a key names."""
    owner = type(value)
    named = (fields_of(owner) or {}).items()
    return next((name for name, field in named if key == name or key in keys_of(owner, name, field)), None)


def _text(key: Any) -> str:
    return str(key.value if isinstance(key, Enum) else key)
