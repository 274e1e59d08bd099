"""Deploying several variants at once, each in a separate process."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import TypeAlias

from typedflow.metaflow import deployment_failed
from typedflow.units._deployment_plan import PlannedDeployment
from typedflow.units._deployment_worker import DeploymentOutcome, run_job
from typedflow.values import Diagnostic, Location
from typedflow.workspace import display_name, monotonic, working_directory

_REFRESH = 0.2


@dataclass(frozen=True, slots=True)
class FinishedDeployment:
    """A planned deployment with its outcome, and how many seconds it took."""

    planned: PlannedDeployment
    outcome: DeploymentOutcome
    seconds: float = 0

    @property
    def name(self) -> str:
        """The name that Metaflow gave it, or the planned one."""
        return self.outcome.name or self.planned.name

    def failure(self) -> Diagnostic | None:
        """Return the finding of a failed deployment; None for others."""
        if self.outcome.state != "failed":
            return None
        return deployment_failed(
            f"`{self.planned.name}` was not deployed: {self.outcome.reason}",
            Location(display_name(self.planned.job.files.log, working_directory())),
            hint="the log has the full output of Metaflow",
            cases=(self.planned.job.record.case,),
        )


@dataclass(frozen=True, slots=True)
class DeploymentProgress:
    """How far several deployments are, by binding: the seconds of running ones, and the finished ones.

    ``latest``: those that have finished since the last report.
    """

    planned: tuple[PlannedDeployment, ...]
    running: Mapping[str, float]
    finished: Mapping[str, FinishedDeployment]
    latest: tuple[FinishedDeployment, ...] = ()


OnProgress: TypeAlias = Callable[[DeploymentProgress], None]


@dataclass
class _Shared:
    """The state that threads share."""

    begun: dict[str, float] = field(default_factory=dict)
    finished: dict[str, FinishedDeployment] = field(default_factory=dict)


def deploy_planned(
    planned: Sequence[PlannedDeployment], *, jobs: int, on_progress: OnProgress
) -> tuple[FinishedDeployment, ...]:
    """Deploy variants, ``jobs`` at a time.

    After an interrupt, running deployments end as Metaflow ends them, and no others start.
    """
    shared, variants = _Shared(), tuple(planned)
    with ThreadPoolExecutor(jobs) as pool:
        waiting = {pool.submit(_deploy, each, shared): each for each in variants}
        try:
            _follow(waiting, shared, on_progress)
        except KeyboardInterrupt:
            for each in waiting:
                each.cancel()
    interrupted = DeploymentOutcome("interrupted")
    return tuple(shared.finished.get(each.binding) or FinishedDeployment(each, interrupted) for each in variants)


def _follow(waiting: Mapping[Future[None], PlannedDeployment], shared: _Shared, on_progress: OnProgress) -> None:
    planned, left = tuple(waiting.values()), set(waiting)
    while left:
        ended, left = wait(left, _REFRESH, FIRST_COMPLETED)
        for each in ended:
            each.result()
        latest = tuple(shared.finished[waiting[each].binding] for each in ended)
        now, finished = monotonic(), dict(shared.finished)
        running = {name: now - begun for name, begun in list(shared.begun.items()) if name not in finished}
        on_progress(DeploymentProgress(planned, running, finished, latest))


def _deploy(planned: PlannedDeployment, shared: _Shared) -> None:
    begun = monotonic()
    shared.begun[planned.binding] = begun
    outcome = run_job(planned.job, planned.environ)
    shared.finished[planned.binding] = FinishedDeployment(planned, outcome, monotonic() - begun)
