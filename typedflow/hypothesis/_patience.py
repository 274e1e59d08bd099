"""Giving up what does not come back: a validator that waits for something, or never ends."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TooLong(BaseException):
    """Is raised in the code that takes too long. No Exception: the code, or Hypothesis, would go on."""


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """Raise ``TooLong`` in what is done here, after so many seconds without ``still_alive``.

    Code that is not Python's, as a regular expression's, is not ended. For the main thread only.
    """

    def give_up(signum: int, frame: FrameType | None) -> None:  # noqa: ARG001 # what a signal's handler is given
        raise TooLong(f"the code has not come back after {seconds:g} seconds")

    before = signal.signal(signal.SIGALRM, give_up)
    still_alive(seconds)
    try:
        yield
    finally:
        still_alive(0)
        signal.signal(signal.SIGALRM, before)


def still_alive(seconds: float) -> None:
    """Begin to count anew."""
    signal.setitimer(signal.ITIMER_REAL, seconds, seconds)
