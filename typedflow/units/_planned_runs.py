"""Runs of several variants: what is planned, how far they are, and what came of each, as values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

from typedflow.metaflow import tags_in
from typedflow.project import LoadedProject, Resolved, Variant
from typedflow.units._kinds import UnitStart, runnable
from typedflow.workspace import ignored_directory, new_folder, utc_now

_DIRECTORY = "logs"

RunState: TypeAlias = Literal["succeeded", "failed", "interrupted", "skipped"]


@dataclass(frozen=True, slots=True)
class PlannedRun:
    """A variant that is ready to run, the file for all that it prints, and the tags that it is given."""

    start: UnitStart
    log: Path
    tags: tuple[str, ...] = ()

    @property
    def variant(self) -> Variant:
        """The variant."""
        return self.start.variant


@dataclass(frozen=True, slots=True)
class RunningRun:
    """A run that has not ended: for how long, in which step, and its pathspec, None as long as it has none."""

    seconds: float
    step: str = ""
    pathspec: str | None = None


@dataclass(frozen=True, slots=True)
class FinishedRun:
    """What came of a run: ``succeeded``, ``failed``, ``interrupted``, or ``skipped``, if it was never started.

    ``pathspec`` is what Metaflow calls it, such as ``Training/1796099250225314``; None if it did not get that far.
    ``exit_code`` is that of the flow, None if it was not started; ``log`` the file with all that it printed. ``step``
    is the last that has started, or the one that failed, and ``reason`` why it failed.
    """

    variant: Variant
    state: RunState
    log: Path
    exit_code: int | None = None
    pathspec: str | None = None
    tags: tuple[str, ...] = ()
    seconds: float = 0
    step: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RunsProgress:
    """How far several runs are, by their indices in ``planned``.

    ``latest``: those that have finished since the last report. ``stopping``: how often it was asked to stop; after the
    first time, no other runs start and the running ones are interrupted, after the second they are killed.
    """

    planned: tuple[PlannedRun, ...]
    running: Mapping[int, RunningRun]
    finished: Mapping[int, FinishedRun]
    latest: tuple[int, ...] = ()
    stopping: int = 0


def plan_runs(
    project: LoadedProject, resolved: Iterable[Resolved[Any]], arguments: Sequence[str]
) -> tuple[PlannedRun, ...]:
    """Compile variants, and return how each is run, with logs in a new folder; ``arguments`` are Metaflow's.

    Raises:
        TypedflowError: the file of a unit cannot be read; ``unwritable-file``.
    """
    starts = []
    for each in resolved:
        kind = runnable(each.variant.kind)
        if kind is not None:
            starts.append(kind.prepare(project, each, arguments))
    moment = utc_now()[: len("2026-12-01T00:00:00")].replace(":", "")
    folder = new_folder(ignored_directory(project.root) / _DIRECTORY, moment)
    return tuple(PlannedRun(start, folder / _log_name(start.variant), tags_in(arguments)) for start in starts)


def _log_name(variant: Variant) -> str:
    return f"{variant.kind}.{variant.unit}.{variant.binding}.log"
