"""Keys of shared settings files that a model does not have, but that other models may have."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeAlias, get_origin

from pydantic import BaseModel

from typedflow.models._key_types import Inside, types_below
from typedflow.models._own_code import fields_with_code, has_code, reads_mapping, reads_root
from typedflow.models._types import fields_of, inner_members, item_types, keeps_others, keys_of, members
from typedflow.values import KeyPath

_Place: TypeAlias = "tuple[Any, ...] | None"
"""The possible types of a value; None where anything may stand: ``Any``, or a value that code of the model reads."""

_TEXT = (str, bytes, bytearray)
_OWN = "$"


class _NoFieldError(LookupError):
    """No type of a place has the key."""


def unaccepted_keys(model: type[BaseModel], tree: Any) -> Iterator[KeyPath]:
    """Yield the key paths of a tree, outermost first, whose last key no type of the model at that place has."""
    yield from _unaccepted(tree, _place((model,)), ())


@lru_cache(maxsize=4096)
def has_key(model: type[BaseModel], path: KeyPath) -> bool:
    """Return whether a model has what is at a key path: a field, and below a field whatever its type accepts.

    That the model itself allows other keys, or reads them with code of its own, does not make them its fields.
    """
    try:
        place = _fields((model,), path[:1])
        for key in path[1:]:
            place = _child(place, key)
    except _NoFieldError:
        return False
    return True


def _unaccepted(value: Any, place: _Place, path: KeyPath) -> Iterator[KeyPath]:
    if place is None or not any(_has_items(kind, value) for kind in place):
        return  # anything is accepted, or the value is invalid as a whole
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(key, str) and key.startswith(_OWN):
            continue
        try:
            child = _child(place, key)
        except _NoFieldError:
            yield (*path, key)
            continue
        if isinstance(item, dict | list):
            yield from _unaccepted(item, child, (*path, key))


def _has_items(kind: Any, value: Any) -> bool:
    """Return whether values of a type may have items as a plain mapping or list has them."""
    origin = _origin(kind)
    if isinstance(value, dict):
        return fields_of(kind) is not None or _is_mapping(origin)
    return _is_list(origin)


def _origin(kind: Any) -> Any:
    return get_origin(kind) or kind


def _is_mapping(origin: Any) -> bool:
    return isinstance(origin, type) and issubclass(origin, Mapping)


def _is_list(origin: Any) -> bool:
    return isinstance(origin, type) and issubclass(origin, Collection) and not issubclass(origin, (Mapping, *_TEXT))


def _child(place: _Place, key: str | int) -> _Place:
    """Return the place of the value at a key.

    Raises:
        _NoFieldError: no type of the place has the key.
    """
    if place is None:
        return None
    found: list[_Place] = []
    for kind in place:
        origin = _origin(kind)
        if fields_of(kind) is None:
            if _is_mapping(origin) if isinstance(key, str) else _is_list(origin):
                found.append(_place(item_types(kind) or (Any,)))
        elif isinstance(key, str) and reads_mapping(origin):
            found.append(None)
        elif key in (table := _table(kind)):
            found.append(table[key])
        elif isinstance(key, str) and keeps_others(kind):
            found.append(None)
    return _joined(found)


def _fields(kinds: Iterable[Any], path: KeyPath) -> _Place:
    """Return the place of a field at the top of a model, by its key."""
    root = _place(kinds) or ()
    tables = (_table(kind) for kind in root if fields_of(kind) is not None)
    return _joined([table[key] for table in tables for key in path if key in table])


def _joined(found: Collection[_Place]) -> _Place:
    if not found:
        raise _NoFieldError
    kinds: dict[Any, None] = {}
    for place in found:
        if place is None:
            return None
        kinds.update(dict.fromkeys(place))
    return tuple(kinds)


@lru_cache(maxsize=1024)
def _table(owner: Any) -> Mapping[str | int, _Place]:
    """Return the place of each key of a class with named fields."""
    named = fields_of(owner) or {}
    code = fields_with_code(owner)
    opaque = {key for name, field in named.items() if name in code for key in keys_of(owner, name, field)}
    keys = dict.fromkeys(key for name, field in named.items() for key in keys_of(owner, name, field))
    return {key: None if key in opaque else _place(types_below((owner,), key)) for key in keys}


def _place(annotations: Iterable[Any]) -> _Place:
    """Return the possible types of a value, root models unwrapped."""
    found: dict[Any, None] = {}
    for annotation in annotations:
        if isinstance(annotation, Inside):  # of this mapping, one field uses a part, and nothing rejects the rest
            return None
        parts = list(inner_members(annotation))
        if any(kind in {Any, object} or has_code(metadata) for kind, metadata in parts):
            return None
        if any(reads_root(kind) for kind, _ in members(annotation)):
            return None
        found.update(dict.fromkeys(kind for kind, _ in parts))
    return tuple(found)
