"""Jobs at the same time: how many, in which order, and when no more start."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Barrier, Event, Lock

import pytest

from typedflow.units._jobs import JobsProgress, run_jobs
from typedflow.workspace import StopRequests

pytestmark = pytest.mark.usefixtures("in_time")


def _ignore(progress: JobsProgress[int]) -> None:
    """Do nothing about it."""


def _run(
    jobs: list[Callable[[], int]], at_once: int, on_progress: Callable[[JobsProgress[int]], None] = _ignore
) -> dict[int, int]:
    return run_jobs(jobs, at_once=at_once, stop=StopRequests(), on_progress=on_progress)


def test_all_are_run(capsys: pytest.CaptureFixture[str]) -> None:
    """Each has its result; without jobs there is none."""
    assert _run([partial(int, each) for each in "3142"], 2) == {0: 3, 1: 1, 2: 4, 3: 2}
    assert _run([], 2) == {}
    assert capsys.readouterr() == ("", "")


def test_so_many_at_once() -> None:
    """Two wait for each other; a third never runs beside them."""
    both, lock, counts, most = Barrier(2), Lock(), [0], [0]

    def work() -> int:
        with lock:
            counts[0] += 1
            most[0] = max(most[0], counts[0])
        both.wait()
        with lock:
            counts[0] -= 1
        both.wait()  # both have left before another comes
        return 1

    assert len(_run([work] * 6, 2)) == 6
    assert most == [2]


def test_each_is_reported_once() -> None:
    """Running with its seconds, then finished."""
    reports: list[JobsProgress[int]] = []
    is_seen = Event()

    def show(progress: JobsProgress[int]) -> None:
        reports.append(progress)
        if progress.running:
            is_seen.set()

    def work() -> int:
        is_seen.wait()
        return 7

    _run([work], 1, show)
    assert [each.latest for each in reports if each.latest] == [(0,)]
    assert next(each.running[0] for each in reports if each.running) >= 0
    assert (reports[-1].running, reports[-1].finished) == ({}, {0: 7})


def test_a_request_to_stop() -> None:
    """What runs ends; nothing else starts."""
    stop = StopRequests()

    def work() -> int:
        stop.add()
        return 1

    assert run_jobs([work] * 3, at_once=1, stop=stop, on_progress=_ignore) == {0: 1}


def test_results_decide_whether_more_start() -> None:
    """They are asked before each start."""
    jobs = [partial(int, each) for each in "12345"]
    found = run_jobs(
        jobs, at_once=1, stop=StopRequests(), on_progress=_ignore, may_start=lambda results: sum(results) < 3
    )
    assert found == {0: 1, 1: 2}


def test_an_error_of_the_caller_is_a_request_to_stop() -> None:
    """It comes when all running jobs have ended."""
    stop, has_begun, has_ended = StopRequests(), Event(), Event()

    def work() -> int:
        has_begun.set()
        while not stop.count:
            has_ended.wait(0.01)
        has_ended.set()
        return 1

    def fail(progress: JobsProgress[int]) -> None:
        if has_begun.is_set():
            raise ValueError(progress.running)

    with pytest.raises(ValueError, match="0"):
        run_jobs([work] * 2, at_once=1, stop=stop, on_progress=fail)
    assert has_ended.is_set()


def test_an_error_of_a_job() -> None:
    """A job that raises is a bug, and is seen."""
    with pytest.raises(ValueError, match="x"):
        _run([partial(int, "x")], 1)
