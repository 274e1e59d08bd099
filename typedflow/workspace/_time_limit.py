"""A time limit for code that may never end, such as a validator that waits for something."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TimeLimitError(BaseException):
    """Is raised in the code that takes too long. Not an Exception: the code, or Hypothesis, would go on."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise ``TimeLimitError`` in what is done here, after so many seconds without ``restart_time_limit``.

    Code that is not Python's, as a regular expression's, is not ended. For the main thread only.
    """

    def give_up(signum: int, frame: FrameType | None) -> None:  # noqa: ARG001 # what a signal's handler is given
        raise TimeLimitError(f"the code has not come back after {seconds:g} seconds")

    before = signal.signal(signal.SIGALRM, give_up)
    restart_time_limit(seconds)
    try:
        yield
    finally:
        restart_time_limit(0)
        signal.signal(signal.SIGALRM, before)


def restart_time_limit(seconds: float) -> None:
    """Begin to count anew."""
    signal.setitimer(signal.ITIMER_REAL, seconds, seconds)
