"""Trees of plain values with a change at one place. Nothing is changed in place: aliases of YAML share values."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from typedflow.values._paths import KeyPath


def change_at(tree: Any, path: KeyPath, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:
    """Return a tree with another mapping at a path."""
    if not path:
        return change(tree)
    first, *rest = path
    changed = change_at(tree[first], tuple(rest), change)
    if isinstance(tree, list):
        return [changed if index == first else item for index, item in enumerate(tree)]
    return {key: changed if key == first else item for key, item in tree.items()}


def with_key(tree: Any, path: KeyPath, name: str) -> Any:
    """Return a tree in which the key at a path has another name, and its old place."""
    return change_at(
        tree, path[:-1], lambda mapping: {name if key == path[-1] else key: item for key, item in mapping.items()}
    )


def without_path(tree: Any, path: KeyPath) -> Any:
    """Return a tree without the key at a path of mappings, where it has one."""
    if not isinstance(tree, dict) or path[0] not in tree:
        return tree
    if len(path) == 1:
        return {key: item for key, item in tree.items() if key != path[0]}
    return {key: without_path(item, path[1:]) if key == path[0] else item for key, item in tree.items()}


def without_keys(tree: Any, paths: Iterable[KeyPath]) -> Any:
    """Return a tree without some key paths, and without the mappings that nothing is left of; lists keep their items.

    The top of the tree stays, even if it is empty.
    """
    heads: dict[str | int, list[KeyPath]] = {}
    for path in paths:
        heads.setdefault(path[0], []).append(path[1:])
    if isinstance(tree, list):
        return [without_keys(item, heads[index]) if index in heads else item for index, item in enumerate(tree)]
    kept: dict[str, Any] = {}
    for key, value in tree.items():
        if key not in heads:
            kept[key] = value
        elif () not in heads[key]:
            below = without_keys(value, heads[key])
            if below or not isinstance(value, dict):
                kept[key] = below
    return kept
