"""Which items of lists that merge are the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from typedflow.layers._plan import Merge, Plan
from typedflow.layers._reference import Reference


class Likeness(NamedTuple):
    """What makes items of a list the same: the value at the first of ``names`` that each has, or the whole item.

    ``read`` returns the type's own value of it: for a decimal, `1.5` and `"1.5"` are one.
    """

    names: tuple[str, ...] = ()
    read: Callable[[Any], Any] | None = None

    def of(self, item: object, *, by_value: bool = False) -> object:
        """Return the identity of an item; None where it has none."""
        if self.names:
            key = next((name for name in self.names if name in item), None) if isinstance(item, dict) else None
            if key is None or not isinstance(item, dict):
                return None
            item = item[key]
        if self.read is not None:
            try:
                known = identity(self.read(item), by_value=by_value)
                hash(known)
            except (Exception, SystemExit):  # noqa: BLE001, S110 # the type refuses the value: validation reports it
                pass
            else:
                return known
        return identity(item, by_value=by_value)


def likeness(rule: Merge, plan: Plan) -> Likeness:
    """Return what makes the items of a list the same, by the list's plan and the rule by which it merges."""
    return Likeness(plan.item().keys_of(rule.key), plan.reads_key) if rule.key else Likeness(read=plan.reads_item)


def unknown_items(items: Sequence[Any], rule: Merge, plan: Plan) -> list[int]:
    """Return the indices of the items that cannot be compared by a rule yet: they, or their keys, are references."""
    keys = plan.item().keys_of(rule.key) if rule.key else ()

    def is_unknown(item: Any) -> bool:
        is_keyed = isinstance(item, dict) and any(item.get(key).__class__ is Reference for key in keys)
        return item.__class__ is Reference or is_keyed

    return [index for index, item in enumerate(items) if is_unknown(item)]


def identity(value: object, *, by_value: bool = False) -> object:
    """Return what tells two values apart: equal only when type and content are equal (1, 1.0 and true differ).

    ``by_value``: numbers of both types are the same where their values are.
    """
    if isinstance(value, dict):
        return frozenset((key, identity(item, by_value=by_value)) for key, item in value.items())
    if isinstance(value, list):
        return tuple(identity(item, by_value=by_value) for item in value)
    return (float if by_value and type(value) is int else type(value)), value


def partners(found: Mapping[object, int], like: Likeness, low: list[Any], high: list[Any]) -> list[int | None]:
    """Return the index of the default's item that each of the files' items is, by the default's known identities.

    A default has numbers as its type says, and a file as they are written, so they are the same by value, where no
    other item is the same by type too.
    """
    exact = [found.get(like.of(item)) for item in high]
    free = set(found.values()).difference(exact)
    by_value = {like.of(low[index], by_value=True): index for index in sorted(free, reverse=True)}
    return [
        by_value.pop(like.of(item, by_value=True), None) if index is None else index
        for index, item in zip(exact, high, strict=True)
    ]


def positions(like: Likeness, items: Sequence[Any]) -> tuple[dict[object, int], list[tuple[int, bool]]]:
    """Return the index of each item by its identity; and the items that have none, or share another's (true)."""
    found: dict[object, int] = {}
    bad: list[tuple[int, bool]] = []
    for index, item in enumerate(items):
        key = like.of(item)
        if key is None or key in found:
            bad.append((index, key is not None))
        else:
            found[key] = index
    return found, bad
