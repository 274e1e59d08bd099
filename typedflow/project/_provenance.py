"""The origin of every leaf of a resolved config, for display and for the sidecar of a compiled config."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from typedflow.models import file_values, path_in_tree
from typedflow.project._variant import Resolved
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


def provenance_of(resolved: Resolved[Any], root: Path, *, with_lines: bool = True) -> Provenance[Location]:
    """Return the origin of every leaf of a resolved config, and what was removed; files are relative to the root.

    ``with_lines``: locations have the lines there, for findings.
    """
    from typedflow.layers import provenance
    from typedflow.values import Provenance, RemovedLeaf

    found = provenance(resolved.merged)
    places = _Places(root, with_lines)
    leaves = {path: _leaf(resolved, found, path, places) for path, _ in leaves_of(tree_of(resolved))}
    removed = (RemovedLeaf(x.path, places.of(x.origin), places.of(x.by), x.reason) for x in found.removed)
    return Provenance(leaves, tuple(removed))


def _leaf(resolved: Resolved[Any], found: Provenance[Origin], path: KeyPath, places: _Places) -> LeafOrigin[Location]:
    from typedflow.models import default_field, field_location, field_of
    from typedflow.values import LeafOrigin

    model = type(resolved.config)
    leaf = found.leaves.get(path)
    owner = default_field(resolved.config, resolved.merged.tree, path) if leaf is None else None
    leaf = leaf if owner else _at_or_above(found, path)
    if leaf is not None:
        origin = places.of(leaf.origin)._replace(is_default=False)
        steps = [each.origin for each in leaf.origin.directives() if each.directive != "$literal"]
        shadows, through = (tuple(map(places.of, origins)) for origins in (leaf.shadows, steps))
        return LeafOrigin(origin, shadows, leaf.is_default, through)
    owner = owner or field_of(model, path)
    place = (field_location(*owner) if owner else None) or Location(model.__name__)
    return LeafOrigin(places.named(place), is_default=True)


def _at_or_above(found: Provenance[Origin], path: KeyPath) -> LeafOrigin[Origin] | None:
    """Return the origin of a leaf, or of the leaf that validation turned into a mapping or a list around it."""
    for length in range(len(path), 0, -1):
        if path[:length] in found.leaves:
            return found.leaves[path[:length]]
    return None


class _Places(NamedTuple):
    """Locations below a project's root, with the lines there or without."""

    root: Path
    with_lines: bool

    def of(self, origin: Origin) -> Location:
        """Return the location of an origin."""
        from typedflow.parsing import location

        place = location(origin.source, origin.path, with_line=self.with_lines)
        return self.named(place)._replace(is_default=True) if origin.source.kind is SourceKind.DEFAULT else place

    def named(self, place: Location) -> Location:
        """Return the location of a declaration, its file relative to the root."""
        return place if place.span is None else place._replace(name=display_name(Path(place.name), self.root))
