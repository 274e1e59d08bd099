"""Jobs that run at the same time, a few at once: how far they are, and when no more of them start."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from typedflow.workspace import StopRequests, monotonic

R = TypeVar("R")
_REFRESH = 0.2


@dataclass(frozen=True, slots=True)
class JobsProgress(Generic[R]):
    """How far jobs are, by index: the seconds of the running ones, and the results of the finished ones.

    ``latest``: those that have finished since the last report.
    """

    running: Mapping[int, float]
    finished: Mapping[int, R]
    latest: tuple[int, ...] = ()


@dataclass
class _Shared(Generic[R]):
    """The state that threads share."""

    stop: StopRequests
    may_start: Callable[[Collection[R]], bool]
    begun: dict[int, float] = field(default_factory=dict)
    finished: dict[int, R] = field(default_factory=dict)


def run_jobs(
    jobs: Sequence[Callable[[], R]],
    *,
    at_once: int,
    stop: StopRequests,
    on_progress: Callable[[JobsProgress[R]], None],
    may_start: Callable[[Collection[R]], bool] = lambda _: True,
) -> dict[int, R]:
    """Run jobs, and return the results of those that were started, by index.

    After a request to stop, running jobs end as they do, and no others start; nor do they once ``may_start``, which
    gets the results so far, returns False. If ``on_progress`` raises, that is a request to stop.
    """
    shared = _Shared(stop, may_start)
    with ThreadPoolExecutor(at_once) as pool:
        waiting = {pool.submit(_run, index, job, shared): index for index, job in enumerate(jobs)}
        try:
            _follow(waiting, shared, on_progress)
        except BaseException:
            stop.add()
            raise
    return shared.finished


def _follow(
    waiting: Mapping[Future[None], int], shared: _Shared[R], on_progress: Callable[[JobsProgress[R]], None]
) -> None:
    left = set(waiting)
    while left:
        ended, left = wait(left, _REFRESH, FIRST_COMPLETED)
        for each in ended:
            each.result()
        now, finished = monotonic(), dict(shared.finished)
        latest = tuple(sorted(waiting[each] for each in ended if waiting[each] in finished))
        running = {index: now - begun for index, begun in list(shared.begun.items()) if index not in finished}
        on_progress(JobsProgress(running, finished, latest))


def _run(index: int, job: Callable[[], R], shared: _Shared[R]) -> None:
    if shared.stop.count or not shared.may_start(list(shared.finished.values())):
        return
    shared.begun[index] = monotonic()
    shared.finished[index] = job()
