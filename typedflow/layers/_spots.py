"""Key paths that hold in every layer: where lists merge by a key, an item's index differs from layer to layer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from typedflow.layers._lists import identity_of
from typedflow.values import KeyPath, has_item

Spot: TypeAlias = tuple[object, ...]
"""A key path with the identity of each item in place of its index."""


@dataclass(frozen=True, slots=True)
class _Item:
    """What tells an item of a list from others, and the keys that have it."""

    identity: object
    names: tuple[str, ...]


class Spots:
    """The items of lists that merge by a key, by key path, as far as a walk has met them."""

    def __init__(self) -> None:
        """Begin with none."""
        self._items: dict[KeyPath, _Item] = {}

    def add(self, path: KeyPath, items: Iterable[object], names: Sequence[str]) -> None:
        """Note the items of the list at a key path."""
        for index, item in enumerate(items):
            self._items[(*path, index)] = _Item(identity_of(item, names), tuple(names))

    def of(self, path: KeyPath) -> Spot | None:
        """Return the spot of a key path; None where it leads through a list whose items do not merge."""
        if not any(isinstance(key, int) for key in path):
            return path
        spot: list[object] = []
        for end, key in enumerate(path, start=1):
            item = self._items.get(path[:end])
            if isinstance(key, int) and item is None:
                return None
            spot.append(key if item is None else item.identity)
        return tuple(spot)

    def find(self, tree: Any, path: KeyPath) -> Any:
        """Return what a layer has at a key path of the walk; None where it has nothing."""
        for end, key in enumerate(path, start=1):
            item = self._items.get(path[:end])
            if item is not None and isinstance(tree, list):
                tree = next((each for each in tree if identity_of(each, item.names) == item.identity), None)
            elif isinstance(key, str) and has_item(tree, key):
                tree = tree[key]
            else:
                return None
        return tree
