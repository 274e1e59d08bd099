"""Every leaf of a resolved config with its origin, for people and for the sidecar of a compiled config."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from typedflow.layers import Leaf, Provenance, provenance
from typedflow.models import field_location, field_of, path_in_tree, supplying_field, written
from typedflow.parsing import location
from typedflow.project._resolve import Resolved
from typedflow.values import KeyPath, Location, Origin, SourceKind, Taken, leaves_of
from typedflow.workspace import display_name


@dataclass(frozen=True, slots=True)
class Setting:
    """A leaf of a resolved config. ``is_default``: the model's own default, and the origin is its declaration."""

    path: KeyPath
    value: Any
    origin: Location
    shadows: tuple[Location, ...] = ()
    is_default: bool = False


def tree_of(resolved: Resolved[Any]) -> Any:
    """Give a resolved config as plain values, keys as files write them, defaults included."""
    return written(resolved.config, resolved.merged.tree)


def path_in(resolved: Resolved[Any], path: KeyPath) -> KeyPath:
    """Return a key path with the keys of the resolved tree, by whichever of its keys each field is named."""
    return path_in_tree(type(resolved.config), tree_of(resolved), path)


def settings_of(resolved: Resolved[Any], root: Path) -> tuple[list[Setting], list[Taken]]:
    """Give every leaf of a resolved config, and what was taken away on the way to it; files are named from the root."""
    found = provenance(resolved.merged)
    settings = [_setting(resolved, found, path, value, root) for path, value in leaves_of(tree_of(resolved), ())]
    taken = [Taken(item.path, _place(item.origin, root), _place(item.by, root), item.reason) for item in found.removed]
    return settings, taken


def _setting(resolved: Resolved[Any], found: Provenance, path: KeyPath, value: Any, root: Path) -> Setting:
    model = type(resolved.config)
    leaf = found.leaves.get(path)
    owner = supplying_field(resolved.config, resolved.merged.tree, path) if leaf is None else None
    leaf = leaf if owner else _leaf(found, path)
    if leaf is not None:
        is_default = leaf.origin.source.kind is SourceKind.DEFAULT
        shadows = tuple(_place(origin, root) for origin in leaf.shadows)
        return Setting(path, value, replace(_place(leaf.origin, root), is_default=False), shadows, is_default)
    owner = owner or field_of(model, path)
    place = (field_location(*owner) if owner else None) or Location(model.__name__)
    return Setting(path, value, _named(place, root), is_default=True)


def _leaf(found: Provenance, path: KeyPath) -> Leaf | None:
    """Give a leaf's origin; a value that validation made of one leaf (text to a mapping) has that leaf's."""
    for length in range(len(path), 0, -1):
        if path[:length] in found.leaves:
            return found.leaves[path[:length]]
    return None


def _place(origin: Origin, root: Path) -> Location:
    place = location(origin.source, origin.path)
    return replace(_named(place, root), is_default=True) if origin.source.kind is SourceKind.DEFAULT else place


def _named(place: Location, root: Path) -> Location:
    """Return the place of a declaration, its file named from the root."""
    return place if place.span is None else replace(place, name=display_name(Path(place.name), root))
