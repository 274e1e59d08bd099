"""Key paths that hold in every layer: where lists merge by a key, an item's index differs from layer to layer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, TypeAlias

from typedflow.layers._lists import Likeness
from typedflow.values import KeyPath, has_item

ItemPath: TypeAlias = tuple[object, ...]
"""A key path with the identity of each item in place of its index."""


class _Item(NamedTuple):
    """An item of a list, and what tells it from others."""

    value: object
    like: Likeness

    @property
    def identity(self) -> object:
        """What the items that merge with this one have in common."""
        return self.like.of(self.value)


class ItemPaths:
    """The items of lists that merge by a key, by key path, as far as a walk has seen them."""

    def __init__(self) -> None:
        """Start empty."""
        self._items: dict[KeyPath, _Item] = {}

    def add(self, path: KeyPath, items: Iterable[object], like: Likeness) -> None:
        """Note the items of the list at a key path."""
        for index, item in enumerate(items):
            self._items[(*path, index)] = _Item(item, like)

    def of(self, path: KeyPath) -> ItemPath | None:
        """Return the item path of a key path; None where it leads through a list whose items do not merge."""
        if not any(isinstance(key, int) for key in path):
            return path
        item_path: list[object] = []
        for end, key in enumerate(path, start=1):
            item = self._items.get(path[:end])
            if isinstance(key, int) and item is None:
                return None
            item_path.append(key if item is None else item.identity)
        return tuple(item_path)

    def find(self, tree: Any, path: KeyPath) -> Any:
        """Return a layer's value at a key path of the walk, or None."""
        for end, key in enumerate(path, start=1):
            item = self._items.get(path[:end])
            if item is not None and isinstance(tree, list):
                identity = item.identity
                tree = next((each for each in tree if item.like.of(each) == identity), None)
            elif isinstance(key, str) and has_item(tree, key):
                tree = tree[key]
            else:
                return None
        return tree
