"""Trees without a key, and conditions for changing a key of a tree."""

from __future__ import annotations

from typing import Any

from typedflow.values import KeyPath, change_at, has_item


def value_at(tree: Any, path: KeyPath) -> Any:
    """Return the value at a key path, which the tree must have."""
    for key in path:
        tree = tree[key]
    return tree


def has_key(tree: Any, path: KeyPath) -> bool:
    """Return whether a tree has a value at a key path, in a mapping."""
    for key in path:
        if not has_item(tree, key):
            return False
        tree = tree[key]
    return bool(path) and isinstance(path[-1], str)


def is_new_key(tree: Any, path: KeyPath, name: str) -> bool:
    """Return whether the key at a path can have a new name: its mapping does not have such a key."""
    return name not in value_at(tree, path[:-1])


def emptied_by(tree: Any, path: KeyPath) -> list[KeyPath]:
    """Return a path and the paths above it whose mappings have no other key; the shortest comes first."""
    found = [path]
    while len(path) > 1 and isinstance(path[-2], str) and len(value_at(tree, path[:-1])) == 1:
        path = path[:-1]
        found.append(path)
    return found[::-1]


def without(tree: Any, path: KeyPath) -> Any:
    """Return a tree without the key at a path."""
    return change_at(tree, path[:-1], lambda mapping: {key: item for key, item in mapping.items() if key != path[-1]})
