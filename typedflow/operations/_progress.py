"""Progress of long work: functions that get how much is done, and of how much where that is known."""

from collections.abc import Callable
from typing import TypeAlias

Progress: TypeAlias = Callable[[int, "int | None"], None]


def no_progress(done: int, total: int | None) -> None:
    """Ignore progress."""
