"""Requests to stop are counted, and handlers are put back."""

from __future__ import annotations

import signal
from concurrent.futures import ThreadPoolExecutor

import pytest

from typedflow.workspace import StopRequests, stop_requests

_BOTH = (signal.SIGINT, signal.SIGTERM)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_requests_are_counted(number: int, code: int) -> None:
    """The first decides the exit code."""
    with stop_requests() as stop:
        assert (stop.count, stop.exit_code) == (0, 0)
        signal.raise_signal(number)
        signal.raise_signal(signal.SIGINT)
    assert (stop.count, stop.exit_code) == (2, code)


def test_handlers_are_put_back() -> None:
    """Also of a signal that was ignored."""
    before = [signal.getsignal(number) for number in _BOTH]
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    with stop_requests():
        assert signal.getsignal(signal.SIGTERM) != signal.SIG_IGN
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_IGN
    signal.signal(signal.SIGTERM, before[1])
    assert [signal.getsignal(number) for number in _BOTH] == before


def test_a_request_to_terminate_may_have_its_effect() -> None:
    """It is handled only where that is wanted."""
    before = signal.getsignal(signal.SIGTERM)
    with stop_requests(terminate=False):
        assert signal.getsignal(signal.SIGTERM) == before


def test_the_effect_comes_later() -> None:
    """An interrupt is one when all has ended; without a request there is none."""
    with stop_requests() as stop:
        signal.raise_signal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        stop.signal_again()
    StopRequests().signal_again()


def test_outside_of_the_main_thread() -> None:
    """Signals are the business of the main thread; requests can be made there, too."""

    def count() -> int:
        with stop_requests() as stop:
            stop.add()
            return stop.count

    with ThreadPoolExecutor() as pool:
        assert pool.submit(count).result() == 1
