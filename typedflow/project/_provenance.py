"""The origin of every leaf of a resolved config, for display and for the sidecar of a compiled config."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from typedflow.models import file_values, path_in_tree
from typedflow.project._resolve import Resolved
from typedflow.values import KeyPath, Location, Origin, SourceKind, leaves_of
from typedflow.workspace import display_name

if TYPE_CHECKING:
    from typedflow.values import LeafOrigin, Provenance


def tree_of(resolved: Resolved[Any]) -> Any:
    """Return a resolved config as plain values, with the keys that files use, defaults included."""
    return file_values(resolved.config, resolved.merged.tree)


def path_in(resolved: Resolved[Any], path: KeyPath) -> KeyPath:
    """Return a key path with the keys of the resolved tree; each field may be named by any of its keys."""
    return path_in_tree(type(resolved.config), tree_of(resolved), path)


def provenance_of(resolved: Resolved[Any], root: Path) -> Provenance[Location]:
    """Return the origin of every leaf of a resolved config, and what was removed; files are relative to the root."""
    from typedflow.layers import provenance
    from typedflow.values import Provenance, RemovedLeaf

    found = provenance(resolved.merged)
    leaves = {path: _leaf(resolved, found, path, root) for path, _ in leaves_of(tree_of(resolved))}
    removed = (RemovedLeaf(x.path, _place(x.origin, root), _place(x.by, root), x.reason) for x in found.removed)
    return Provenance(leaves, tuple(removed))


def _leaf(resolved: Resolved[Any], found: Provenance[Origin], path: KeyPath, root: Path) -> LeafOrigin[Location]:
    from typedflow.models import default_field, field_location, field_of
    from typedflow.values import LeafOrigin

    model = type(resolved.config)
    leaf = found.leaves.get(path)
    owner = default_field(resolved.config, resolved.merged.tree, path) if leaf is None else None
    leaf = leaf if owner else _at_or_above(found, path)
    if leaf is not None:
        origin = _place(leaf.origin, root)._replace(is_default=False)
        steps = [each.origin for each in leaf.origin.directives() if each.directive != "$literal"]
        shadows, through = (tuple(_place(each, root) for each in origins) for origins in (leaf.shadows, steps))
        return LeafOrigin(origin, shadows, leaf.is_default, through)
    owner = owner or field_of(model, path)
    place = (field_location(*owner) if owner else None) or Location(model.__name__)
    return LeafOrigin(_named(place, root), is_default=True)


def _at_or_above(found: Provenance[Origin], path: KeyPath) -> LeafOrigin[Origin] | None:
    """Return the origin of a leaf, or of the leaf that validation turned into a mapping or a list around it."""
    for length in range(len(path), 0, -1):
        if path[:length] in found.leaves:
            return found.leaves[path[:length]]
    return None


def _place(origin: Origin, root: Path) -> Location:
    from typedflow.parsing import location

    place = location(origin.source, origin.path)
    return _named(place, root)._replace(is_default=True) if origin.source.kind is SourceKind.DEFAULT else place


def _named(place: Location, root: Path) -> Location:
    """Return the location of a declaration, its file relative to the root."""
    return place if place.span is None else place._replace(name=display_name(Path(place.name), root))
