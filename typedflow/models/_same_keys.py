"""Keys that differ in a tree, and that a dictionary reads as one: `1` and `01`, where keys are numbers.

Pydantic keeps the last of them in silence. A dictionary that has fewer items than its tree is looked at closely.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, PydanticUserError, RootModel, TypeAdapter, ValidationError
from pydantic_core import to_json

from typedflow.layers import Merged, provenance
from typedflow.models._types import annotation_of, child_types, choices_of, fields_of, key_types, members, parts_of
from typedflow.parsing import location
from typedflow.values import RULES, Diagnostic, KeyPath, Origin, Related, SourceKind, format_path, has_path


@dataclass(frozen=True, slots=True)
class _Spot:
    """A part of a tree and what it was validated to; its type is what stands ``below`` in an annotation."""

    path: KeyPath
    tree: Any
    value: Any
    annotation: Any
    below: KeyPath = ()

    def item(self, key: str | int, value: Any) -> _Spot:
        return _Spot((*self.path, key), self.tree[key], value, self.annotation, (*self.below, key))


@dataclass(frozen=True, slots=True)
class _Route:
    """A field that leads to dictionaries that read their keys, and one place that it is read from."""

    choice: KeyPath
    name: str
    annotation: Any


def same_keys(merged: Merged, model: type[BaseModel], config: BaseModel) -> list[Diagnostic]:
    """Return a finding for each key that a dictionary of the config reads as one that is there already."""
    if not _routes(model):
        return []
    found = [pair for spot in _shrunk(_Spot((), merged.tree, config, model)) for pair in _pairs(spot)]
    leaves = provenance(merged).leaves if found else {}
    origins = {path: leaf.origin for path, leaf in leaves.items()}
    return [_finding(path, first, read, origins) for path, first, read in found]


def _shrunk(spot: _Spot) -> Iterator[_Spot]:
    """Return the mappings of a tree that are dictionaries with fewer items, at and below a place."""
    value, annotation, below = spot.value, spot.annotation, spot.below
    while isinstance(value, RootModel):
        annotation, below = type(value).__pydantic_fields__["root"].annotation, ()
        value = value.root
    spot = _Spot(spot.path, spot.tree, value, annotation, below)
    kind: Any = type(value)
    routes = _routes(kind)
    if routes is None:
        if isinstance(value, Mapping) and isinstance(spot.tree, dict) and len(value) < len(spot.tree):
            yield spot
        for inner in _items(spot):
            yield from _shrunk(inner)
        return
    for route in routes:
        if has_path(spot.tree, route.choice):
            tree: Any = reduce(lambda part, key: part[key], route.choice, spot.tree)
            item = getattr(value, route.name, None)
            yield from _shrunk(_Spot((*spot.path, *route.choice), tree, item, route.annotation))


def _items(spot: _Spot) -> Iterator[_Spot]:
    """Return the collections in a collection, each with its own value as far as that can be known."""
    tree, value = spot.tree, spot.value
    if isinstance(tree, list) and isinstance(value, Sequence):
        pairs: Iterator[tuple[Any, Any]] = zip(range(len(tree)), value, strict=False)
        yield from (spot.item(i, item) for i, item in pairs if isinstance(tree[i], dict | list))
    elif isinstance(tree, dict) and isinstance(value, Mapping):
        inner = [key for key, item in tree.items() if isinstance(item, dict | list)]
        if inner:
            known = dict(zip(tree, value.values(), strict=True)) if len(tree) == len(value) else {}
            known |= {str(getattr(key, "value", key)): item for key, item in value.items() if _may_lead(item)}
            yield from (spot.item(key, known[key]) for key in inner if key in known and _may_lead(known[key]))


def _may_lead(value: Any) -> bool:
    kind: Any = type(value)
    return _routes(kind) != ()


@lru_cache(maxsize=256)
def _routes(kind: Any) -> tuple[_Route, ...] | None:
    """Return what leads from a class to dictionaries that read their keys; None for what has no named fields."""
    named = fields_of(kind)
    if named is None:
        return None
    routes = [(name, field) for name, field in named.items() if _leads(annotation_of(field))]
    return tuple(
        _Route(choice, name, annotation_of(field)) for name, field in routes for choice in choices_of(kind, name, field)
    )


def _leads(annotation: Any) -> bool:
    """Whether something in a type is a dictionary whose keys are read."""
    return any(not _is_text(key) for kind in parts_of(annotation) for key in key_types(kind))


def _is_text(annotation: Any) -> bool:
    """Whether keys of a type are the texts that files have, no two of which are the same."""
    return all((kind in {str, Any} and not metadata) or _is_listed(kind) for kind, metadata in members(annotation))


def _is_listed(kind: Any) -> bool:
    if get_origin(kind) is Literal:
        return all(isinstance(value, str) for value in get_args(kind))
    if not (isinstance(kind, type) and issubclass(kind, enum.Enum)):
        return False
    is_plain = getattr(kind._missing_, "__func__", None) is getattr(enum.Enum._missing_, "__func__", None)
    return is_plain and all(isinstance(member.value, str) for member in kind)


def _pairs(spot: _Spot) -> Iterator[tuple[KeyPath, KeyPath, Any]]:
    """Return each key of a mapping that is read as an earlier one: both paths, and what both are read as."""
    kinds: tuple[Any, ...] = reduce(child_types, spot.below, (spot.annotation,))
    readings = [found for kind in kinds for key in key_types(kind) if (found := _read(key, spot.tree)) is not None]
    fitting = readings if len(readings) == 1 else [each for each in readings if set(spot.value) <= set(each.values())]
    first: dict[Any, str] = {}
    for key, read in (fitting[0] if fitting else {}).items():
        if read in first:
            yield (*spot.path, key), (*spot.path, first[read]), read
        first.setdefault(read, key)


def _read(annotation: Any, keys: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what a type makes of each key; None where it refuses one."""
    try:
        adapter: TypeAdapter[dict[Any, Any]] = TypeAdapter(dict[annotation, Any])
        return {key: next(iter(adapter.validate_json(to_json({key: None})))) for key in keys}
    except (PydanticUserError, ValidationError):
        return None


def _finding(path: KeyPath, first: KeyPath, read: Any, origins: Mapping[KeyPath, Origin]) -> Diagnostic:
    here, there = _origin(path, origins), _origin(first, origins)
    one, other = format_path(path), format_path(first)
    if here.source == there.source:
        hint = "keep one of the two"
    elif here.source.kind is SourceKind.VARIABLE:
        hint = f"name the variable for `{other}`, and its value is merged there"
    else:
        hint = f"write `{other}` here too, and the two merge"
    role = "declared at" if there.source.kind is SourceKind.DEFAULT else "first set at"
    return Diagnostic(
        RULES["duplicate-key"],
        f"`{one}` is the same key as `{other}`: both are read as {getattr(read, 'value', read)}",
        location(here.source, here.path, key=True),
        hint=hint,
        related=(Related(role, location(there.source, there.path, key=True)),),
        path=path,
    )


def _origin(path: KeyPath, origins: Mapping[KeyPath, Origin]) -> Origin:
    """Return where a key is from: where the first leaf below it is that is no default's, if there is one."""
    below = [each for each in origins if each[: len(path)] == path]
    leaf = next((each for each in below if origins[each].source.kind is not SourceKind.DEFAULT), below[0])
    origin = origins[leaf]
    return Origin(origin.source, origin.path[: max(0, len(origin.path) - len(leaf) + len(path))])
