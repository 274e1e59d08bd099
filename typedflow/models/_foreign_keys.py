"""Keys of shared settings files that a model does not have, but that other models may have."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any, NamedTuple, get_origin

from pydantic import BaseModel

from typedflow.models._key_types import Inside, types_below
from typedflow.models._own_code import fields_with_code, has_code, reads_mapping, reads_root
from typedflow.models._types import fields_of, inner_members, item_types, keeps_others, keys_of, members
from typedflow.values import KeyPath

_TEXT = (str, bytes, bytearray)
_OWN = "$"


class _Place:
    """What may stand at a key path: values of some types, or anything.

    Anything is ``Any``, and a value that code of the model reads.
    """

    def __init__(self, kinds: Iterable[Any], *, is_open: bool = False) -> None:
        self.kinds = tuple(kinds)
        self.is_open = is_open

    @cached_property
    def shapes(self) -> tuple[_Shape, ...]:
        """The shape of each type."""
        return tuple(map(_shape, self.kinds))

    def child(self, key: str | int) -> _Place | None:
        """Return the place of the value at a key; None if no type has the key."""
        if self.is_open:
            return self
        if len(self.shapes) == 1:
            return self.shapes[0].child(key)
        found = [place for shape in self.shapes if (place := shape.child(key)) is not None]
        return found[0] if len(found) == 1 else _joined(found)

    @cached_property
    def has_mappings(self) -> bool:
        """Whether mappings of known types may stand here."""
        return not self.is_open and any(shape.is_mapping for shape in self.shapes)

    @cached_property
    def has_lists(self) -> bool:
        """Whether lists of known types may stand here."""
        return not self.is_open and any(shape.is_list for shape in self.shapes)


_ANYTHING = _Place((), is_open=True)


class _Shape(NamedTuple):
    """What a type accepts: a class with named ``fields``, a mapping, a list of ``items``, or something without parts.

    ``is_open``: a class that also accepts keys of no field; ``reads_all``: its own code may read any of its keys.
    """

    is_mapping: bool = False
    is_list: bool = False
    fields: Mapping[str, _Place] | None = None
    items: _Place = _ANYTHING
    is_open: bool = False
    reads_all: bool = False

    def child(self, key: str | int) -> _Place | None:
        """Return the place of the value at a key; None if the type does not have the key."""
        if isinstance(key, int):
            return self.items if self.is_list else None
        if self.fields is None:
            return self.items if self.is_mapping else None
        found = None if self.reads_all else self.fields.get(key)
        return _ANYTHING if found is None and self.is_open else found


def unaccepted_keys(model: type[BaseModel], tree: Any) -> list[KeyPath]:
    """Return the key paths of a tree, outermost first, whose last key no type of the model at that place has."""
    found: list[KeyPath] = []
    _collect(tree, _place_of(model), (), found)
    return found


@lru_cache(maxsize=4096)
def has_key(model: type[BaseModel], path: KeyPath) -> bool:
    """Return whether a model has what is at a key path: a field, and below a field whatever its type accepts.

    That the model itself allows other keys, or reads them with code of its own, does not make them its fields.
    """
    tables = [shape.fields for shape in _place_of(model).shapes if shape.fields is not None]
    place = _joined([table[str(path[0])] for table in tables if path and path[0] in table])
    for key in path[1:]:
        place = place and place.child(key)
    return place is not None


def _collect(value: Any, place: _Place, path: KeyPath, found: list[KeyPath]) -> None:
    """Add the unaccepted key paths of a value; of one that is invalid as a whole, none."""
    if isinstance(value, dict) and place.has_mappings:
        for key, item in value.items():
            child = place.child(key)
            if child is None:
                found += [] if key.startswith(_OWN) else [(*path, key)]
            elif item.__class__ is dict or item.__class__ is list:
                _collect(item, child, (*path, key), found)
    elif isinstance(value, list) and place.has_lists:
        for index, item in enumerate(value):
            child = place.child(index)
            if child is not None:
                _collect(item, child, (*path, index), found)


@lru_cache(maxsize=1024)
def _place_of(model: type[BaseModel]) -> _Place:
    return _place((model,))


@lru_cache(maxsize=4096)
def _shape(kind: Any) -> _Shape:
    origin: Any = get_origin(kind) or kind
    named = fields_of(kind)
    if named is not None:
        reads_all = reads_mapping(origin)
        is_open = reads_all or keeps_others(kind)
        return _Shape(is_mapping=True, fields=_places(kind, named), is_open=is_open, reads_all=reads_all)
    is_mapping = isinstance(origin, type) and issubclass(origin, Mapping)
    is_list = isinstance(origin, type) and issubclass(origin, Collection) and not issubclass(origin, _TEXT)
    items = _place(item_types(kind) or (Any,))
    return _Shape(is_mapping=is_mapping, is_list=is_list and not is_mapping, items=items)


def _places(owner: Any, named: Mapping[str, Any]) -> dict[str, _Place]:
    """Return the place of each key of a class with named fields."""
    code = fields_with_code(owner)
    opaque = {key for name, field in named.items() if name in code for key in keys_of(owner, name, field)}
    keys = dict.fromkeys(key for name, field in named.items() for key in keys_of(owner, name, field))
    return {key: _ANYTHING if key in opaque else _place(types_below((owner,), key)) for key in keys}


def _joined(found: Sequence[_Place]) -> _Place | None:
    """Return the place of a value that several types have; None if none has it."""
    if any(place.is_open for place in found):
        return _ANYTHING
    return _Place(dict.fromkeys(kind for place in found for kind in place.kinds)) if found else None


def _place(annotations: Iterable[Any]) -> _Place:
    """Return the place of a value of some types, root models unwrapped."""
    found: dict[Any, None] = {}
    for annotation in annotations:
        if isinstance(annotation, Inside):  # of this mapping, one field uses a part, and nothing rejects the rest
            return _ANYTHING
        parts = list(inner_members(annotation))
        if any(kind in {Any, object} or has_code(metadata) for kind, metadata in parts):
            return _ANYTHING
        if any(reads_root(kind) for kind, _ in members(annotation)):
            return _ANYTHING
        found.update(dict.fromkeys(kind for kind, _ in parts))
    return _Place(found)
