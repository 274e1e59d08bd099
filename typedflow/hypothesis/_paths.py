"""Gets and replaces values in a tree by key path."""

from __future__ import annotations

from typing import Any

from typedflow.values import KeyPath


def value_at(tree: Any, path: KeyPath) -> Any:
    """Return the value at a key path."""
    for key in path:
        tree = tree[key]
    return tree


def replace_at(tree: Any, path: KeyPath, value: Any) -> Any:
    """Return a copy of a tree with another value at a key path."""
    if not path:
        return value
    changed: Any = dict(tree) if isinstance(tree, dict) else list(tree)
    changed[path[0]] = replace_at(tree[path[0]], path[1:], value)
    return changed


def paths(tree: Any, path: KeyPath = ()) -> list[KeyPath]:
    """Return the key paths of all values below a tree's root."""
    items = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [found for key, value in items for found in ((*path, key), *paths(value, (*path, key)))]
