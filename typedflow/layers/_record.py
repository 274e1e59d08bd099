"""The record of a merge: for each leaf of its tree, the origin that won and those that it shadows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from typedflow.layers._history import moved
from typedflow.layers._layer import Layer
from typedflow.values import KeyPath, LeafOrigin, Origin, RemovedLeaf, SourceKind, leaves_of


class Record:
    """A log of a merge that knows where every leaf comes from, and what was removed."""

    def __init__(self) -> None:
        """Start with an empty tree."""
        self.leaves: dict[KeyPath, LeafOrigin[Origin]] = {}
        self.removed: list[RemovedLeaf[Origin]] = []
        self.emptied: dict[KeyPath, Origin] = {}

    def put(self, path: KeyPath, value: object, layer: Layer, source_path: KeyPath) -> None:
        """Note that a layer's value is now at the path of the tree, with everything below it."""
        old = self._take(path)
        for below, _ in leaves_of(value, ()):
            here = (*path, *below)
            shadowed = old.pop(here, None) or old.pop(path, None)
            shadows = (shadowed.origin, *shadowed.shadows) if shadowed else _containers(old, here)
            own = layer.leaf((*source_path, *below))
            self.leaves[here] = leaf_of(own.origin, (*own.shadows, *shadows))
        by = layer.origin(source_path)
        self.removed += [RemovedLeaf(gone, leaf.origin, by, "replaced") for gone, leaf in old.items()]

    def drop(self, path: KeyPath, layer: Layer, source_path: KeyPath, reason: str) -> None:
        """Note that what was at the path, and below it, is gone."""
        by = layer.origin(source_path)
        for gone, leaf in self._take(path).items():
            self.removed.append(RemovedLeaf(gone, leaf.origin, by, reason))
            above = path[:-1]
            self.emptied[above] = leaf.origin.above(len(gone) - len(above))

    def under(self, path: KeyPath, value: object, layer: Layer) -> None:
        """Note a default's leaves where there is nothing else; what is there shadows the default."""
        for below, _ in leaves_of(value, ()):
            here = (*path, *below)
            above = [here[:length] for length in range(len(path), len(here) + 1) if here[:length] in self.leaves]
            inner = [key for key in self.leaves if len(key) > len(here) and key[: len(here)] == here]
            if not above and not inner:
                self.leaves[here] = leaf_of(layer.origin(here))
            for key in {*above, *inner}:
                leaf, origin = self.leaves[key], layer.origin(key[: len(here)])
                if origin not in leaf.shadows and origin != leaf.origin:
                    self.leaves[key] = leaf_of(leaf.origin, (*leaf.shadows, origin))

    def move(self, path: KeyPath, places: Mapping[Any, str | int | None]) -> None:
        """Note that children at the path have other keys or indices now; those without one are gone."""
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


def leaf_of(origin: Origin, shadows: tuple[Origin, ...] = ()) -> LeafOrigin[Origin]:
    """Return the origin of a leaf, and what it shadows."""
    return LeafOrigin(origin, shadows, origin.source.kind is SourceKind.DEFAULT)


def _containers(leaves: dict[KeyPath, LeafOrigin[Origin]], path: KeyPath) -> tuple[Origin, ...]:
    """Return the origins of a list or mapping, known by the leaves below its path."""
    found: dict[Origin, None] = {}
    for key, leaf in leaves.items():
        if len(key) > len(path) and key[: len(path)] == path:
            for origin in (leaf.origin, *leaf.shadows):
                found[origin.above(len(key) - len(path))] = None
    return tuple(found)
