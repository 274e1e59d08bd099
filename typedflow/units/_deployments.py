"""Deploying several variants at once, each in a separate process."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from typedflow.metaflow import deployment_failed
from typedflow.units._deployment_plan import PlannedDeployment
from typedflow.units._deployment_worker import DeploymentOutcome, run_job
from typedflow.units._jobs import JobsProgress, run_jobs
from typedflow.values import Diagnostic, Location
from typedflow.workspace import display_name, monotonic, stop_requests, working_directory


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


def deploy_planned(
    planned: Sequence[PlannedDeployment], *, jobs: int, on_progress: OnProgress
) -> tuple[FinishedDeployment, ...]:
    """Deploy variants, ``jobs`` at a time.

    After an interrupt, running deployments end as Metaflow ends them, and no others start.
    """
    variants = tuple(planned)
    names = [each.binding for each in variants]

    def report(progress: JobsProgress[FinishedDeployment]) -> None:
        running = {names[index]: seconds for index, seconds in progress.running.items()}
        finished = {names[index]: each for index, each in progress.finished.items()}
        latest = tuple(progress.finished[index] for index in progress.latest)
        on_progress(DeploymentProgress(variants, running, finished, latest))

    with stop_requests(terminate=False) as stop:
        started = run_jobs([partial(_deploy, each) for each in variants], at_once=jobs, stop=stop, on_progress=report)
    interrupted = DeploymentOutcome("interrupted")
    return tuple(started.get(index) or FinishedDeployment(each, interrupted) for index, each in enumerate(variants))


def _deploy(planned: PlannedDeployment) -> FinishedDeployment:
    begun = monotonic()
    outcome = run_job(planned.job, planned.environ)
    return FinishedDeployment(planned, outcome, monotonic() - begun)
