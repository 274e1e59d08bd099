"""The items of lists that merge: which of them are the same."""

from typing import Any

from typedflow.layers._plan import Merge


def identity(value: object) -> object:
    """Return what tells two plain values apart: equal only when type and content are equal (1, 1.0 and true differ)."""
    if isinstance(value, dict):
        return frozenset((key, identity(item)) for key, item in value.items())
    if isinstance(value, list):
        return tuple(identity(item) for item in value)
    return type(value), value


def positions(rule: Merge, items: list[Any]) -> tuple[dict[object, int], list[tuple[int, bool]]]:
    """Return the index of each item by its identity; and the items that have none, or share another's (true)."""
    found: dict[object, int] = {}
    bad: list[tuple[int, bool]] = []
    for index, item in enumerate(items):
        key = identity(item[rule.key]) if isinstance(item, dict) and rule.key in item else None
        if key is None or key in found:
            bad.append((index, key is not None))
        else:
            found[key] = index
    return found, bad
