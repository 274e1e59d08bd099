"""Keys that a model ignores, determined from their path alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_origin

from pydantic import AliasChoices, AliasPath, BaseModel
from typing_extensions import is_typeddict

from typedflow.models._key_types import kinds_of
from typedflow.models._own_code import fields_with_code, has_code, reads_mapping
from typedflow.models._types import child_types, extra_of, fields_of, keys_of
from typedflow.values import KeyPath


def find_ignored_key(model: type[BaseModel], path: KeyPath) -> tuple[KeyPath, type] | None:
    """Return the part of a key path up to a key that its class ignores, and that class.

    None if every key is read, if the model itself rejects one, or if the user's code may read it.
    """
    kinds: tuple[Any, ...] = (model,)
    for index, key in enumerate(path):
        owners = list(kinds_of(kinds))
        classes = [owner for owner in owners if fields_of(owner) is not None]
        if any(map(_is_free, owners)) or not classes:
            kinds = child_types(kinds, key)
            continue
        if any(map(reads_mapping, classes)):
            return None
        named = [item for owner in classes for item in _named(owner, key)]
        if not named:
            extras = [extra_of(owner) for owner in classes]
            owner = classes[extras.index("ignore")] if "ignore" in extras and "allow" not in extras else None
            return (path[: index + 1], get_origin(owner) or owner) if owner is not None else None
        if any(_is_transformed(*item) for item in named):
            return None
        kinds = child_types(kinds, key)
    return None


def _is_free(kind: Any) -> bool:
    origin = get_origin(kind) or kind
    is_mapping = isinstance(origin, type) and issubclass(origin, Mapping) and not is_typeddict(origin)
    return origin in {Any, object} or (is_mapping and fields_of(kind) is None)


def _named(owner: Any, key: str | int) -> list[tuple[Any, str, Any]]:
    fields = (fields_of(owner) or {}).items()
    return [(owner, name, field) for name, field in fields if key in keys_of(owner, name, field)]


def _is_transformed(owner: Any, name: str, field: Any) -> bool:
    """Return whether a field's value is not built directly from its key in the file."""
    alias = getattr(field, "validation_alias", None)
    choices = alias.choices if isinstance(alias, AliasChoices) else [alias]
    has_path = any(isinstance(choice, AliasPath) for choice in choices)
    return has_path or name in fields_with_code(owner) or has_code(getattr(field, "metadata", ()))
