"""A time limit for code that may never end, such as a validator that waits for something."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TimeLimitError(BaseException):
    """Raised in code that takes too long. Not an Exception, which the code or Hypothesis might catch."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise ``TimeLimitError`` in the context after so many seconds without ``restart_time_limit``.

    Code outside Python, such as a regular expression, is not interrupted. Only for the main thread.
    """

    def give_up(signum: int, frame: FrameType | None) -> None:  # noqa: ARG001 # the arguments of signal handlers
        raise TimeLimitError(f"the code timed out after {seconds:g} seconds")

    before = signal.signal(signal.SIGALRM, give_up)
    restart_time_limit(seconds)
    try:
        yield
    finally:
        restart_time_limit(0)
        signal.signal(signal.SIGALRM, before)


def restart_time_limit(seconds: float) -> None:
    """Start counting again."""
    signal.setitimer(signal.ITIMER_REAL, seconds, seconds)
