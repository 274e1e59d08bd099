"""The items of lists that merge: which of them are the same."""

from collections.abc import Sequence
from typing import Any


def identity(value: object) -> object:
    """Return what tells two plain values apart: equal only when type and content are equal (1, 1.0 and true differ)."""
    if isinstance(value, dict):
        return frozenset((key, identity(item)) for key, item in value.items())
    if isinstance(value, list):
        return tuple(identity(item) for item in value)
    return type(value), value


def identity_of(item: object, names: Sequence[str]) -> object:
    """Return an item's identity, at the first of its field's keys that it has; None where it has none."""
    key = next((name for name in names if name in item), None) if isinstance(item, dict) else None
    return identity(item[key]) if isinstance(item, dict) and key is not None else None


def positions(names: Sequence[str], items: list[Any]) -> tuple[dict[object, int], list[tuple[int, bool]]]:
    """Return the index of each item by its identity; and the items that have none, or share another's (true)."""
    found: dict[object, int] = {}
    bad: list[tuple[int, bool]] = []
    for index, item in enumerate(items):
        key = identity_of(item, names)
        if key is None or key in found:
            bad.append((index, key is not None))
        else:
            found[key] = index
    return found, bad
