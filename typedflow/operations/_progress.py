"""Progress of long work: functions that are called with how much is done, and of how much if that is known."""

from collections.abc import Callable
from typing import TypeAlias

Progress: TypeAlias = Callable[[int, "int | None"], None]


def no_progress(done: int, total: int | None) -> None:
    """Ignore progress."""
