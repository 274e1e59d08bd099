"""Different keys of a tree that a dictionary reads as the same key: `1` and `01`, where keys are numbers.

Text keys can be the same, too, if a class has Pydantic strip them or change their case.

Pydantic silently keeps the last one. So a dictionary with fewer items than its tree is examined closely.
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
class _Subtree:
    """A part of a tree and its validated value; its type is at the path ``below`` in an annotation.

    ``config`` is the configuration of the class that has the annotation.
    """

    path: KeyPath
    tree: Any
    value: Any
    annotation: Any
    config: Mapping[str, Any]
    below: KeyPath = ()

    def item(self, key: str | int, value: Any) -> _Subtree:
        return _Subtree((*self.path, key), self.tree[key], value, self.annotation, self.config, (*self.below, key))


def same_keys(merged: Merged, model: type[BaseModel], config: BaseModel) -> list[Diagnostic]:
    """Return a finding for each key that a dictionary of the config reads as the same key as an earlier one."""
    found = [pair for spot in _shrunken(_Subtree((), merged.tree, config, model, {})) for pair in _pairs(spot)]
    if not found:
        return []
    from typedflow.layers import provenance

    origins = {path: leaf.origin for path, leaf in provenance(merged).leaves.items()}
    return [_finding(path, first, read, origins) for path, first, read in found]


def _shrunken(spot: _Subtree) -> Iterator[_Subtree]:
    """Return the mappings, here and below, whose dictionaries have fewer items."""
    while isinstance(spot.value, RootModel):
        kind: Any = type(spot.value)
        annotation = own_fields(kind)["root"].annotation
        spot = _Subtree(spot.path, spot.tree, spot.value.root, annotation, config_of(kind))
    value = spot.value
    kind = type(value)
    routes = routes_in(kind, spot.config)
    if routes is None:
        if isinstance(value, Mapping) and isinstance(spot.tree, dict) and len(value) < len(spot.tree):
            yield spot
        for inner in _items(spot):
            yield from _shrunken(inner)
        return
    config = config_in(kind, spot.config)
    for route in routes:
        if has_path(spot.tree, route.choice):
            tree: Any = reduce(lambda part, key: part[key], route.choice, spot.tree)
            item = getattr(value, route.name, None)
            yield from _shrunken(_Subtree((*spot.path, *route.choice), tree, item, route.annotation, config))


def _items(spot: _Subtree) -> Iterator[_Subtree]:
    """Return the collections directly in a collection, each with its own value if that is known."""
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


def _may_lead(value: Any, spot: _Subtree) -> bool:
    kind: Any = type(value)
    return routes_in(kind, spot.config) != ()


def _pairs(spot: _Subtree) -> Iterator[tuple[KeyPath, KeyPath, Any]]:
    """Return each key that is read as the same key as an earlier one: both paths, and the key that is read."""
    readings = [found for key, config in _key_types(spot) if (found := _read(key, spot.tree, config)) is not None]
    fitting = readings if len(readings) == 1 else [each for each in readings if set(spot.value) <= set(each.values())]
    first: dict[Any, str] = {}
    for key, read in (fitting[0] if fitting else {}).items():
        if read in first:
            yield (*spot.path, key), (*spot.path, first[read]), read
        first.setdefault(read, key)


def _key_types(spot: _Subtree) -> Iterator[tuple[Any, Mapping[str, Any]]]:
    """Return the possible types of the keys, each with the config that applies."""
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
    """Return each key as a type reads it; None if it rejects one."""
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
        hint = f"name the variable after `{other}` to merge its value there"
    else:
        hint = f"write `{other}` here, too, to merge the two"
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
    """Return the origin of a key: that of the first leaf below it, preferably not a default's."""
    below = [each for each in origins if each[: len(path)] == path]
    leaf = next((each for each in below if origins[each].source.kind is not SourceKind.DEFAULT), below[0])
    return origins[leaf].above(len(leaf) - len(path)).key
