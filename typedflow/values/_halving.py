"""Trying many things at once, and halving them where something breaks."""

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def holding(items: Sequence[T], hold: Callable[[list[T]], bool], most: int) -> list[T]:
    """Return the items that hold together, without those that break something; they are found by halving.

    ``hold`` judges items, always with those that hold already, and at most as often as ``most`` says: what has not been
    judged by then is left out.
    """
    kept: list[T] = []
    waiting = [list(items)] if items else []
    while waiting and most > 0:
        most -= 1
        group = waiting.pop()
        if hold([*kept, *group]):
            kept += group
        elif len(group) > 1:
            middle = len(group) // 2
            waiting += [group[middle:], group[:middle]]
    return kept
