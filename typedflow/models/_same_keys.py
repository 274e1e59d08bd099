"""Keys that differ in a tree, and that a dictionary reads as one: `1` and `01`, where keys are numbers.

So may texts be, where a class has Pydantic strip them or change their case.

Pydantic keeps the last of them in silence. A dictionary that has fewer items than its tree is looked at closely.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from pydantic import BaseModel, ConfigDict, PydanticUserError, RootModel, TypeAdapter, ValidationError
from pydantic_core import to_json

from typedflow.layers import Merged
from typedflow.models._compat import own_fields
from typedflow.models._key_routes import CHANGES, config_in, routes_in
from typedflow.models._types import child_types, config_of, key_types, members
from typedflow.values import RULES, Diagnostic, KeyPath, Origin, Related, SourceKind, format_path, has_path


@dataclass(frozen=True, slots=True)
class _Spot:
    """A part of a tree and what it was validated to; its type is what stands ``below`` in an annotation.

    ``config`` is that of the class that has the annotation.
    """

    path: KeyPath
    tree: Any
    value: Any
    annotation: Any
    config: Mapping[str, Any]
    below: KeyPath = ()

    def item(self, key: str | int, value: Any) -> _Spot:
        return _Spot((*self.path, key), self.tree[key], value, self.annotation, self.config, (*self.below, key))


def same_keys(merged: Merged, model: type[BaseModel], config: BaseModel) -> list[Diagnostic]:
    """Return a finding for each key that a dictionary of the config reads as one that is there already."""
    if not routes_in(model, {}):
        return []
    found = [pair for spot in _shrunk(_Spot((), merged.tree, config, model, {})) for pair in _pairs(spot)]
    if not found:
        return []
    from typedflow.layers import provenance

    origins = {path: leaf.origin for path, leaf in provenance(merged).leaves.items()}
    return [_finding(path, first, read, origins) for path, first, read in found]


def _shrunk(spot: _Spot) -> Iterator[_Spot]:
    """Return the mappings of a tree that are dictionaries with fewer items, at and below a place."""
    while isinstance(spot.value, RootModel):
        kind: Any = type(spot.value)
        annotation = own_fields(kind)["root"].annotation
        spot = _Spot(spot.path, spot.tree, spot.value.root, annotation, config_of(kind))
    value = spot.value
    kind = type(value)
    routes = routes_in(kind, spot.config)
    if routes is None:
        if isinstance(value, Mapping) and isinstance(spot.tree, dict) and len(value) < len(spot.tree):
            yield spot
        for inner in _items(spot):
            yield from _shrunk(inner)
        return
    config = config_in(kind, spot.config)
    for route in routes:
        if has_path(spot.tree, route.choice):
            tree: Any = reduce(lambda part, key: part[key], route.choice, spot.tree)
            item = getattr(value, route.name, None)
            yield from _shrunk(_Spot((*spot.path, *route.choice), tree, item, route.annotation, config))


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
            known |= {str(getattr(key, "value", key)): item for key, item in value.items()}
            yield from (spot.item(key, known[key]) for key in inner if key in known and _may_lead(known[key], spot))


def _may_lead(value: Any, spot: _Spot) -> bool:
    kind: Any = type(value)
    return routes_in(kind, spot.config) != ()


def _pairs(spot: _Spot) -> Iterator[tuple[KeyPath, KeyPath, Any]]:
    """Return each key of a mapping that is read as an earlier one: both paths, and what both are read as."""
    readings = [found for key, config in _key_types(spot) if (found := _read(key, spot.tree, config)) is not None]
    fitting = readings if len(readings) == 1 else [each for each in readings if set(spot.value) <= set(each.values())]
    first: dict[Any, str] = {}
    for key, read in (fitting[0] if fitting else {}).items():
        if read in first:
            yield (*spot.path, key), (*spot.path, first[read]), read
        first.setdefault(read, key)


def _key_types(spot: _Spot) -> Iterator[tuple[Any, Mapping[str, Any]]]:
    """Return the types that keys may have at a place, each with the config that is there."""
    found = list(_members(spot.annotation, spot.config))
    for step in spot.below:
        below = ((child, config) for kind, config in found for child in child_types((kind,), step))
        found = [item for child, config in below for item in _members(child, config)]
    for kind, config in found:
        yield from ((key, config) for key in key_types(kind))


def _members(annotation: Any, around: Mapping[str, Any]) -> Iterator[tuple[Any, Mapping[str, Any]]]:
    for kind, _ in members(annotation):
        yield kind, config_in(kind, around)


def _read(annotation: Any, keys: Mapping[str, Any], config: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what a type makes of each key; None where it refuses one."""
    texts = ConfigDict(**{key: config[key] for key in CHANGES if key in config})  # type: ignore[typeddict-item]
    try:
        adapter: TypeAdapter[dict[Any, Any]] = TypeAdapter(dict[annotation, Any], config=texts)
        return {key: next(iter(adapter.validate_json(to_json({key: None})))) for key in keys}
    except (PydanticUserError, ValidationError):
        return None


def _finding(path: KeyPath, first: KeyPath, read: Any, origins: Mapping[KeyPath, Origin]) -> Diagnostic:
    from typedflow.parsing import location

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
