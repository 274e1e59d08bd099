"""Keys of a tree that came to nothing in the config that was made of it: no field has them, and a class drops them."""

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
    """What a class does with the keys of a mapping: the field of each, and whether it takes others in silence."""

    fields: Mapping[str, str]
    opaque: frozenset[str]
    extra: str


@lru_cache(maxsize=1024)
def _class_of(owner: type) -> _Class | None:
    """Return what is known of a class; None where code of its own reads the mapping first."""
    if reads_mapping(owner):
        return None
    named = fields_of(owner) or {}
    opaque = fields_with_code(owner) | {name for name, field in named.items() if _is_transformed(field)}
    fields = {key: name for name, field in named.items() for key in keys_of(owner, name, field)}
    return _Class(fields, opaque, extra_of(owner))


def _is_transformed(field: Any) -> bool:
    """Return whether what a file says of a field is not what the field is made of, key by key."""
    alias = getattr(field, "validation_alias", None)
    choices = alias.choices if isinstance(alias, AliasChoices) else [alias]
    return any(isinstance(choice, AliasPath) for choice in choices) or has_code(getattr(field, "metadata", ()))


def ignored_keys(config: BaseModel, tree: Any) -> Iterator[tuple[KeyPath, type]]:
    """Return the keys of the tree that a config was made of that came to nothing, each with the class that ignores it.

    So does a key that looks like a misspelt field, where a class keeps all keys.
    """
    yield from _ignored(type(config), config, tree, ())


def _ignored(root: type[BaseModel], value: Any, data: Any, path: KeyPath) -> Iterator[tuple[KeyPath, type]]:
    """Walk a value and what it was made of: the keys of the latter that came to nothing."""
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
    """Walk a dictionary; a key that is gone was no key of the TypedDict that it is, unless it came back renamed."""
    is_judged = value.keys() < data.keys()
    typed = [kind for kind in models_at(root, path) if is_typeddict(kind)] if is_judged else []
    known = {str(getattr(key, "value", key)): item for key, item in value.items()}
    for key, plain in data.items():
        if key in known:
            yield from _ignored(root, known[key], plain, (*path, key))
        elif typed:
            yield (*path, key), typed[0]
