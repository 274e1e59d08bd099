"""The origins of the values that references bring into a tree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from typedflow.layers._record import leaf_of
from typedflow.layers._references import Copies
from typedflow.values import KeyPath, LeafOrigin, Origin, Source, leaves_of

Leaves = Mapping[KeyPath, LeafOrigin[Origin]]


def copied_leaves(leaves: Leaves, copies: Copies, tree: Any) -> dict[KeyPath, LeafOrigin[Origin]]:
    """Return the origins of a tree's leaves, given those of the tree in which references are leaves themselves."""
    walk = _Origins(leaves, copies)
    return {path: walk.leaf(path) for path, _ in leaves_of(tree)}


class _Origins:
    def __init__(self, leaves: Leaves, copies: Copies) -> None:
        self._leaves = leaves
        self._copies = copies

    def leaf(self, path: KeyPath) -> LeafOrigin[Origin]:
        """Return the origin of a leaf; it shadows what its reference shadows."""
        place = self._place(path)
        if place is None:
            return self._leaves[path]
        return leaf_of(self._origin(path), self._leaves[place].shadows)

    def _origin(self, path: KeyPath) -> Origin:
        """Return the origin of a value, through the references that lead to it."""
        place = self._place(path)
        if place is None:
            known = self._leaves.get(path)
            return known.origin if known else _default_above(self._copies.defaults, path)
        below = path[len(place) :]
        is_filled = any(path[:end] in self._copies.filled for end in range(len(path) + 1))
        target = (*self._copies.targets[place], *below)
        origin = _default_above(self._copies.filled, path) if is_filled else self._origin(target)
        return origin.brought_by("$ref", self._leaves[place].origin, len(below))

    def _place(self, path: KeyPath) -> KeyPath | None:
        """Return the place of the reference that a path leads through, if there is one."""
        return next((path[:end] for end in range(len(path) + 1) if path[:end] in self._copies.targets), None)


def _default_above(defaults: Mapping[KeyPath, Source], path: KeyPath) -> Origin:
    """Return the origin of a value in the default of a field at or above it."""
    end = next(end for end in range(len(path), -1, -1) if path[:end] in defaults)
    return Origin(defaults[path[:end]], path[end:])
