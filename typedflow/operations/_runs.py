"""The past runs of a flow, with their settings and results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from typedflow.metaflow import PastRun, any_namespace, asked_flow, datastore_above, history
from typedflow.operations._errors import look_up_argument
from typedflow.operations._progress import Progress, no_progress
from typedflow.operations._runs_columns import TABLES_COLUMN, Column, columns_of, differing
from typedflow.operations._runs_where import RunFilter
from typedflow.project import ChosenEnvironment, LoadedProject, Unit, named_binding, named_environment
from typedflow.units import unit_file


@dataclass(frozen=True, slots=True)
class FoundRuns:
    """The past runs of a flow that match, the newest first or sorted; iterating it yields each.

    Shape: ``columns`` are the settings, facts and artifacts that were named, else the settings in which the runs
    differ. ``has_more``: the limit leaves out others. ``searched`` is how many were read. ``notes`` name those that
    do not match because data is missing, ``unreadable`` what cannot be read. ``is_failing``: the expression failed for
    every run. ``above`` is the datastore of the runs, if it is above the project.
    """

    flow: str
    class_name: str
    runs: tuple[PastRun, ...]
    columns: tuple[Column, ...] = ()
    has_more: bool = False
    searched: int = 0
    notes: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    is_failing: bool = False
    above: Path | None = None

    def __iter__(self) -> Iterator[PastRun]:
        """Iterate over the runs."""
        return iter(self.runs)

    def __len__(self) -> int:
        """The number of runs."""
        return len(self.runs)

    def rows(self, columns: Sequence[Column] | None = None) -> list[dict[str, Any]]:
        """Return each run as plain values, as ``typedflow runs --format json`` prints them, for a table of them.

        ``tables`` are the names in the engine of the tables that it used; ``masked`` are the columns of which something
        is masked, since it may be a secret.
        """
        chosen = self.columns if columns is None else columns
        return [_row(each, chosen) for each in self.runs]

    def unreadable_tables(self) -> tuple[str, ...]:
        """Return why tables in ``rows`` are missing, of runs whose other data can be read."""
        return tuple(filter(None, (TABLES_COLUMN.unreadable(each) for each in self.runs if not each.problem)))


@dataclass(frozen=True, slots=True)
class RunsWanted:
    """Which runs are wanted: their bindings (globs), their environment, an expression that is true, the earliest start.

    ``binding_by_variable`` and ``environment_by_variable`` are set if variables have chosen them.
    """

    bindings: tuple[str, ...] = ()
    environment: str | None = None
    where: str | None = None
    since: datetime | None = None
    binding_by_variable: str | None = None
    environment_by_variable: ChosenEnvironment | None = None


def choose_runs(
    project: LoadedProject,
    *,
    bindings: Sequence[str] = (),
    environment: str | None = None,
    where: str | None = None,
    since: datetime | None = None,
) -> RunsWanted:
    """Return which runs are wanted: what is named here, else what TYPEDFLOW_BINDING and TYPEDFLOW_ENV name."""
    binding = None if bindings else named_binding(project.environ) or None
    named = None if environment is not None else named_environment(project)
    globs = (binding,) if binding else tuple(bindings)
    return RunsWanted(globs, named.name if named else environment, where, since, binding, named)


def find_runs(
    project: LoadedProject,
    unit: Unit,
    wanted: RunsWanted = RunsWanted(),
    *,
    columns: str | None = None,
    sort: str | None = None,
    limit: int = 20,
    progress: Progress = no_progress,
) -> FoundRuns:
    """Return the past runs of a flow that match. A ``limit`` of 0 returns all.

    Everything is checked before any run is read: the names of columns, and the expression, against the model.

    Raises:
        ArgumentError: the expression or a column names what no run can have; the flow's file cannot be imported.
    """
    model, public = project.model_of(unit), project.manifest.public
    named, order = (columns_of(text, model, public) for text in (columns, sort))
    choose = RunFilter(
        model,
        where=wanted.where,
        bindings=wanted.bindings,
        environment=wanted.environment,
        since=wanted.since,
    )
    file = unit_file(project, unit)
    name = look_up_argument(lambda: asked_flow(file, project.manifest.check.timeout)).name
    with any_namespace():
        found = _read(history(name, model, unit.config), choose, 0 if order else limit, progress)
    if order:
        found = order[0].sorted(found)
    shown = found[:limit] if limit else found
    chosen = differing(shown, model, public) if named is None else named
    return FoundRuns(
        unit.name,
        name,
        tuple(shown),
        chosen,
        has_more=len(found) > len(shown),
        searched=choose.seen,
        notes=tuple(choose.notes()),
        unreadable=tuple(_unreadable(shown, chosen, found, order or ())),
        is_failing=choose.is_failing,
        above=datastore_above(project.root) if choose.seen else None,
    )


def _read(past: Iterable[PastRun], choose: RunFilter, limit: int, progress: Progress) -> list[PastRun]:
    """Read runs until one more than the limit matches."""
    found: list[PastRun] = []
    for count, each in enumerate(past, 1):
        progress(count, None)
        if choose(each):
            found.append(each)
        if limit and len(found) > limit:
            break
    return found


def _unreadable(
    shown: Sequence[PastRun], columns: Sequence[Column], found: Sequence[PastRun], order: Sequence[Column]
) -> dict[str, None]:
    """Return each distinct reason why a stored value cannot be read."""
    cells = [(each, column) for runs, some in ((shown, columns), (found, order)) for each in runs for column in some]
    reasons = [each.unreadable(past) for past, each in cells]
    reasons += [f"the binding of {each.pathspec} cannot be read: {each.lost}" for each in shown if each.lost]
    reasons += [f"the outcome of {each.pathspec} cannot be read: {each.outcome}" for each in shown if each.is_unknown]
    return dict.fromkeys(filter(None, reasons))


def _row(past: PastRun, columns: Sequence[Column]) -> dict[str, Any]:
    return {
        "id": past.id,
        "pathspec": past.pathspec,
        "binding": past.binding,
        "environment": past.environment,
        "identity": past.identity,
        "tables": TABLES_COLUMN.plain(past),
        "status": past.status,
        "created": past.created.astimezone().isoformat(timespec="seconds"),
        "user": past.user,
        "values": {each.name: each.plain(past) for each in columns},
        "masked": [each.name for each in columns if each.is_masked(past)],
    }
