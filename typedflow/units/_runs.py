"""Run several variants at the same time, each in a process group of its own, with its own log."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeAlias

from typedflow.metaflow import RunOutput, attribute_option, read_pathspec
from typedflow.render import shell_line
from typedflow.units._jobs import JobsProgress, run_jobs
from typedflow.units._planned_runs import FinishedRun, PlannedRun, RunningRun, RunsProgress, RunState
from typedflow.values import TypedflowError, redact_line
from typedflow.workspace import LoggedProcess, LogLines, StopRequests, monotonic, open_log, remove_file, stop_requests

OnRunsProgress: TypeAlias = Callable[[RunsProgress], object]
_BETWEEN_LOOKS = 0.1
_SAME_ID = "Metaflow gave it the id of another run, which started in the same microsecond; run it again"


@dataclass(frozen=True, slots=True)
class FinishedRuns:
    """What came of several runs, in order, and the request to stop, if there was one."""

    runs: tuple[FinishedRun, ...]
    stop: StopRequests


def run_planned(
    planned: Sequence[PlannedRun], *, jobs: int, max_failures: int | None, on_progress: OnRunsProgress
) -> FinishedRuns:
    """Run variants, ``jobs`` at a time; after ``max_failures``, no others start.

    After an interrupt, or a request to terminate, no others start, and the running ones are interrupted; after the
    second they are killed. None is left when this function ends, however this process ends.
    """
    plans = tuple(planned)
    names: dict[str, list[_Watch]] = {}
    watches = [_Watch(each, names) for each in plans]

    def may_start(finished: Collection[FinishedRun]) -> bool:
        return max_failures is None or sum(each.state == "failed" for each in finished) < max_failures

    def report(progress: JobsProgress[FinishedRun]) -> None:
        running = {index: watches[index].running(seconds) for index, seconds in progress.running.items()}
        on_progress(RunsProgress(plans, running, progress.finished, progress.latest, stop.count))

    with stop_requests() as stop:
        works = [partial(_run, watch, stop) for watch in watches]
        done = run_jobs(works, at_once=jobs, stop=stop, on_progress=report, may_start=may_start)
    skipped = {index: FinishedRun(each.variant, "skipped", each.log) for index, each in enumerate(plans)}
    return FinishedRuns(tuple((skipped | done).values()), stop)


@dataclass
class _Watch:
    """What is known about a run while it runs: what it has printed, and what it is called.

    ``names`` has the runs of each pathspec: local ids are times in microseconds, so that two runs can have the same.
    """

    planned: PlannedRun
    names: dict[str, list[_Watch]]
    pathspec: str | None = None
    output: RunOutput = field(default_factory=RunOutput)

    def __post_init__(self) -> None:
        self._lines = LogLines(self.planned.log)
        self.attributes = self.planned.log.with_suffix(".attributes")

    def look(self, *, is_last: bool = False) -> None:
        """Read what is new."""
        for line in self._lines.last() if is_last else self._lines.new():
            self.output.add(line)
        if self.pathspec is None and (found := read_pathspec(self.attributes)) is not None:
            self.pathspec = found
            self.names.setdefault(found, []).append(self)

    @property
    def shares_its_id(self) -> bool:
        """Whether another run has the same id, so that the data of both are mixed."""
        return len(self.names.get(self.pathspec or "", ())) > 1

    def running(self, seconds: float) -> RunningRun:
        return RunningRun(seconds, self.output.step, self.pathspec)


def _run(watch: _Watch, stop: StopRequests) -> FinishedRun:
    begun, planned = monotonic(), watch.planned
    code: int | None = None
    is_stopped = False
    try:
        code, is_stopped = _start(watch, stop)
        watch.look(is_last=True)
        remove_file(watch.attributes)
        reason = _SAME_ID if watch.shares_its_id else watch.output.reason
    except (TypedflowError, OSError) as error:
        reason = f"it could not be started: {error}"
    is_good = code == 0 and not watch.shares_its_id
    state: RunState = "succeeded" if is_good else "interrupted" if is_stopped else "failed"
    return FinishedRun(
        planned.variant,
        state,
        planned.log,
        code,
        watch.pathspec,
        planned.tags,
        monotonic() - begun,
        watch.output.step,
        redact_line(reason) if state == "failed" else "",
    )


def _start(watch: _Watch, stop: StopRequests) -> tuple[int, bool]:
    """Run the command of a run, and return its exit code, and whether it was asked to stop."""
    planned = watch.planned
    with open_log(planned.log) as log:
        log.write(_heading(planned).encode(errors="backslashreplace"))
    process = LoggedProcess(
        (*planned.start.command, *attribute_option(watch.attributes)), planned.log, planned.start.environ
    )
    asked = 0
    try:
        while (code := process.wait(_BETWEEN_LOOKS)) is None:
            watch.look()
            if watch.shares_its_id:
                process.kill()
            elif stop.count > asked:
                asked = stop.count
                process.interrupt() if asked == 1 else process.kill()
    finally:
        process.close()
    return code, asked > 0


def _heading(planned: PlannedRun) -> str:
    """Return what a log begins with, as ``typedflow run`` prints it for one variant."""
    variant, digest = planned.variant, planned.start.compiled.digest
    label = f"{variant.identity}, digest {digest}\n" if variant.identity is not None else ""
    return f"{label}$ {redact_line(shell_line(planned.start.command))}\n"
