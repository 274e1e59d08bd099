"""Provenance: for each leaf of a merged tree, the origin that won and those that it shadows.

Computed only when somebody asks, by walking the same merge again with a log.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from typedflow.layers._history import moved
from typedflow.layers._layer import Layer
from typedflow.layers._merge import Merged, fold
from typedflow.values import KeyPath, LeafOrigin, Origin, Provenance, RemovedLeaf, SourceKind, leaves_of


def provenance(merged: Merged) -> Provenance[Origin]:
    """Return the origin of every leaf of a merged tree."""
    record = _Record()
    tree, _ = fold(merged.stack, merged.plan, record, merged.defaults)
    final = dict(leaves_of(tree, ())) if tree else {}
    leaves = {path: record.leaves.get(path) or _emptied(merged.stack, path, record.emptied) for path in final}
    return Provenance(leaves, tuple(item for item in record.removed if item.path not in final))


def _emptied(stack: Sequence[Layer], path: KeyPath, emptied: Mapping[KeyPath, Origin]) -> LeafOrigin[Origin]:
    """Return the origin of a mapping that was emptied by deletions: the highest layer that has it.

    A layer may have it at another key: then it is where what was last deleted in it stood, or else what has it inside.
    """
    if path in emptied and not any(layer.sets(path) for layer in stack):
        return _leaf(emptied[path])
    setters = [(layer, path[:end]) for end in range(len(path) + 1) for layer in stack if layer.sets(path[:end])]
    layer, above = setters[-1]
    return _leaf(layer.origin(above))


def _leaf(origin: Origin, shadows: tuple[Origin, ...] = ()) -> LeafOrigin[Origin]:
    return LeafOrigin(origin, shadows, origin.source.kind is SourceKind.DEFAULT)


class _Record:
    def __init__(self) -> None:
        self.leaves: dict[KeyPath, LeafOrigin[Origin]] = {}
        self.removed: list[RemovedLeaf[Origin]] = []
        self.emptied: dict[KeyPath, Origin] = {}

    def put(self, path: KeyPath, value: object, layer: Layer, source_path: KeyPath) -> None:
        old = self._take(path)
        for below, _ in leaves_of(value, ()):
            here = (*path, *below)
            shadowed = old.pop(here, None) or old.pop(path, None)
            shadows = (shadowed.origin, *shadowed.shadows) if shadowed else _containers(old, here)
            self.leaves[here] = _leaf(layer.origin((*source_path, *below)), shadows)
        by = layer.origin(source_path)
        self.removed += [RemovedLeaf(gone, leaf.origin, by, "replaced") for gone, leaf in old.items()]

    def drop(self, path: KeyPath, layer: Layer, source_path: KeyPath, reason: str) -> None:
        by = layer.origin(source_path)
        for gone, leaf in self._take(path).items():
            self.removed.append(RemovedLeaf(gone, leaf.origin, by, reason))
            above = path[:-1]
            self.emptied[above] = Origin(leaf.origin.source, leaf.origin.path[: len(above) - len(gone)])

    def under(self, path: KeyPath, value: object, layer: Layer) -> None:
        """Note a default's leaves where there is nothing else; what is there shadows the default."""
        for below, _ in leaves_of(value, ()):
            here = (*path, *below)
            above = [here[:length] for length in range(len(path), len(here) + 1) if here[:length] in self.leaves]
            inner = [key for key in self.leaves if len(key) > len(here) and key[: len(here)] == here]
            if not above and not inner:
                self.leaves[here] = _leaf(layer.origin(here))
            for key in {*above, *inner}:
                leaf, origin = self.leaves[key], layer.origin(key[: len(here)])
                if origin not in leaf.shadows and origin != leaf.origin:
                    self.leaves[key] = _leaf(leaf.origin, (*leaf.shadows, origin))

    def move(self, path: KeyPath, places: Mapping[Any, str | int | None]) -> None:
        if places:
            self.leaves = dict(moved(self.leaves.items(), path, places))
            self.emptied = dict(moved(self.emptied.items(), path, places))

    def _take(self, path: KeyPath) -> dict[KeyPath, LeafOrigin[Origin]]:
        """Remove and return the leaves at a path and below it."""
        length = len(path)
        gone = {key: leaf for key, leaf in self.leaves.items() if key[:length] == path}
        for key in gone:
            del self.leaves[key]
        return gone


def _containers(leaves: dict[KeyPath, LeafOrigin[Origin]], path: KeyPath) -> tuple[Origin, ...]:
    """Return the origins of a list or mapping, known by the leaves below its path."""
    found: dict[Origin, None] = {}
    for key, leaf in leaves.items():
        if len(key) > len(path) and key[: len(path)] == path:
            for origin in (leaf.origin, *leaf.shadows):
                found[Origin(origin.source, origin.path[: len(path) - len(key)])] = None
    return tuple(found)
