"""Signals that ask this process to end: how often it was asked, while it ends its work properly."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def handling(number: int, handler: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """Handle a signal; outside of the main thread, do nothing."""
    try:
        previous = signal.signal(number, handler)
    except ValueError:  # signals belong to the main thread; elsewhere they are its business
        yield
        return
    try:
        yield
    finally:
        signal.signal(number, signal.SIG_DFL if previous is None else previous)


class StopRequests:
    """How often this process was asked to stop: ``count``; and by which signal first, 0 if by none."""

    def __init__(self) -> None:
        """Begin with no request."""
        self.count = 0
        self.signal = 0

    def add(self, number: int = 0, _: FrameType | None = None) -> None:
        """Count one more."""
        self.count += 1
        self.signal = self.signal or number

    @property
    def exit_code(self) -> int:
        """The exit code of a process that ends because of them, as a shell reports it; 0 without one."""
        return 128 + self.signal if self.signal else 0

    def signal_again(self) -> None:
        """Send this process the signal that was counted, if any, to have its usual effect."""
        if self.signal:
            signal.raise_signal(self.signal)


@contextmanager
def stop_requests(*, terminate: bool = True) -> Iterator[StopRequests]:
    """Count interrupts and, with ``terminate``, requests to terminate, which have no other effect meanwhile."""
    found = StopRequests()
    with handling(signal.SIGINT, found.add):
        if not terminate:
            yield found
            return
        with handling(signal.SIGTERM, found.add):
            yield found
