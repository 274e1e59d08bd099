"""Keys of a tree that its config ignores: they match no field, and the class drops unknown keys."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from pydantic import AliasChoices, AliasPath, BaseModel
from typing_extensions import is_typeddict

from typedflow.models._compat import is_root_model
from typedflow.models._own_code import fields_with_code, has_code, reads_mapping
from typedflow.models._types import extra_of, fields_of, keys_of, models_at
from typedflow.values import KeyPath, closest


class _Class(NamedTuple):
    """How a class reads a mapping: the field of each key, and what it does with other keys."""

    fields: Mapping[str, str]
    opaque: frozenset[str]
    extra: str


@lru_cache(maxsize=1024)
def _class_of(owner: type) -> _Class | None:
    """Return how a class reads a mapping; None if its own code reads the mapping first."""
    if reads_mapping(owner):
        return None
    named = fields_of(owner) or {}
    opaque = fields_with_code(owner) | {name for name, field in named.items() if _is_transformed(field)}
    fields = {key: name for name, field in named.items() for key in keys_of(owner, name, field)}
    return _Class(fields, opaque, extra_of(owner))


def _is_transformed(field: Any) -> bool:
    """Return whether a field's value is not built directly from its key in the file."""
    alias = getattr(field, "validation_alias", None)
    choices = alias.choices if isinstance(alias, AliasChoices) else [alias]
    return any(isinstance(choice, AliasPath) for choice in choices) or has_code(getattr(field, "metadata", ()))


def ignored_keys(config: BaseModel, tree: Any) -> Iterator[tuple[KeyPath, type]]:
    """Return the keys of a config's tree that were ignored, each with the class that ignores it.

    Includes a key that looks like a misspelled field, if the class keeps unknown keys.
    """
    yield from _ignored(type(config), config, tree, ())


def _ignored(root: type[BaseModel], value: Any, data: Any, path: KeyPath) -> Iterator[tuple[KeyPath, type]]:
    """Return the ignored keys of the data that a value was built from."""
    if isinstance(value, BaseModel) and is_root_model(type(value)):
        yield from _ignored(root, value.root, data, path)  # type: ignore[attr-defined] # a RootModel has one
    elif isinstance(data, dict) and (isinstance(value, BaseModel) or dataclasses.is_dataclass(value)):
        yield from _of_fields(root, value, data, path)
    elif isinstance(data, dict) and isinstance(value, dict):
        yield from _of_mapping(root, value, data, path)
    elif isinstance(data, list) and isinstance(value, Sequence) and len(data) == len(value):
        for index, (item, plain) in enumerate(zip(value, data, strict=True)):
            yield from _ignored(root, item, plain, (*path, index))


def _of_fields(
    root: type[BaseModel], value: Any, data: dict[str, Any], path: KeyPath
) -> Iterator[tuple[KeyPath, type]]:
    owner: type = type(value)
    known = _class_of(owner)
    if known is None:
        return
    for key, plain in data.items():
        name = known.fields.get(key)
        if name is None:
            if known.extra != "allow" or closest(key, known.fields):
                yield (*path, key), owner
        elif name not in known.opaque:
            yield from _ignored(root, getattr(value, name, None), plain, (*path, key))


def _of_mapping(
    root: type[BaseModel], value: dict[Any, Any], data: dict[str, Any], path: KeyPath
) -> Iterator[tuple[KeyPath, type]]:
    """Return the ignored keys of a dictionary: a TypedDict drops unknown keys, and may rename others."""
    is_checked = value.keys() < data.keys()
    typed = [kind for kind in models_at(root, path) if is_typeddict(kind)] if is_checked else []
    known = {str(getattr(key, "value", key)): item for key, item in value.items()}
    for key, plain in data.items():
        if key in known:
            yield from _ignored(root, known[key], plain, (*path, key))
        elif typed:
            yield (*path, key), typed[0]
