"""The items of lists that merge: which of them are the same."""

from collections.abc import Mapping, Sequence
from typing import Any


def identity(value: object, *, by_value: bool = False) -> object:
    """Return what tells two plain values apart: equal only when type and content are equal (1, 1.0 and true differ).

    ``by_value``: numbers of both types are the same where their values are.
    """
    if isinstance(value, dict):
        return frozenset((key, identity(item, by_value=by_value)) for key, item in value.items())
    if isinstance(value, list):
        return tuple(identity(item, by_value=by_value) for item in value)
    return (float if by_value and type(value) is int else type(value)), value


def identity_of(item: object, names: Sequence[str], *, by_value: bool = False) -> object:
    """Return an item's identity, at the first of its field's keys that it has; None where it has none."""
    key = next((name for name in names if name in item), None) if isinstance(item, dict) else None
    return identity(item[key], by_value=by_value) if isinstance(item, dict) and key is not None else None


def partners(found: Mapping[object, int], names: Sequence[str], low: list[Any], high: list[Any]) -> list[int | None]:
    """Return the index of the default's item that each of the files' items is, by the default's known identities.

    A default has numbers as its type says, and a file as they are written, so they are the same by value, where no
    other item is the same by type too.
    """
    exact = [found.get(identity_of(item, names)) for item in high]
    free = set(found.values()).difference(exact)
    by_value = {identity_of(low[index], names, by_value=True): index for index in sorted(free, reverse=True)}
    return [
        by_value.pop(identity_of(item, names, by_value=True), None) if index is None else index
        for index, item in zip(exact, high, strict=True)
    ]


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
