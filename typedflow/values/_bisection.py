"""Bisection: many items are tried at once, and halved where something breaks."""

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def keep_valid(items: Sequence[T], is_valid: Callable[[list[T]], bool], most: int) -> list[T]:
    """Return the items that are valid together, without those that break something.

    ``is_valid`` is called with items and those that are valid already, at most ``most`` times: what has not been tried
    by then is left out.
    """
    kept: list[T] = []
    waiting = [list(items)] if items else []
    while waiting and most > 0:
        most -= 1
        group = waiting.pop()
        if is_valid([*kept, *group]):
            kept += group
        elif len(group) > 1:
            middle = len(group) // 2
            waiting += [group[middle:], group[:middle]]
    return kept
