"""Tables of deployments: a live one on standard error while they are made, and the last one on standard output."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from typedflow.cli._console import put_json, put_table, say
from typedflow.cli._live_table import MOST, LiveTable, live_table

if TYPE_CHECKING:
    from typedflow.operations import Deployed
    from typedflow.units import DeploymentProgress, FinishedDeployment, PlannedDeployment

_HEADERS = ("BINDING", "ENVIRONMENT", "NAME", "DIGEST", "STATE")


class DeploymentTable:
    """Shows how far deployments are: a table on a terminal, elsewhere a line for each that has finished."""

    def __init__(self, table: LiveTable | None) -> None:
        """Show the table there, or print lines."""
        self._table = table

    def show(self, progress: DeploymentProgress) -> None:
        """Show how far each variant is."""
        if self._table is None:
            for done in progress.latest:
                what = done.planned.job.record.identity or done.planned.binding
                say(f"{done.outcome.state}: {what} as {done.name} ({done.seconds:.1f} s)")
            return
        rows = [_live_row(each, progress) for each in _rows(progress)]
        caption = f"{len(progress.finished)} of {len(progress.planned)} done"
        self._table.draw(("BINDING", "NAME", "STATE", "SECONDS"), rows, caption, flexible="BINDING NAME")


@contextmanager
def deployment_table() -> Iterator[DeploymentTable]:
    """Use the terminal, if there is one; what is shown there is removed at the end."""
    with live_table() as table:
        yield DeploymentTable(table)


def _rows(progress: DeploymentProgress) -> list[PlannedDeployment]:
    """Return all deployments, or only the running ones if a terminal has no space for all."""
    is_short = len(progress.planned) <= MOST
    return [each for each in progress.planned if is_short or each.binding in progress.running]


def _live_row(planned: PlannedDeployment, progress: DeploymentProgress) -> tuple[str, ...]:
    state, seconds = _state(planned.binding, progress)
    return planned.binding, planned.name, state, f"{seconds:.0f}" if seconds else ""


def _state(binding: str, progress: DeploymentProgress) -> tuple[str, float]:
    if binding in progress.finished:
        return progress.finished[binding].outcome.state, progress.finished[binding].seconds
    if binding in progress.running:
        return "deploying", progress.running[binding]
    return "waiting", 0


def put_deployments(deployed: Deployed, format: str) -> None:  # noqa: A002 # the option's name
    """Write what is planned, or the outcome."""
    finished = {each.planned.binding: each for each in deployed.finished}
    rows = [_row(each, finished.get(each.binding)) for each in deployed.planned]
    if format == "json":
        put_json({"version": 1, "flow": deployed.unit, "target": deployed.target, "deployments": rows})
        return
    cells = [tuple(str(row[name.lower()] or "-") for name in _HEADERS) for row in rows]
    put_table(_HEADERS, cells)


def _row(planned: PlannedDeployment, finished: FinishedDeployment | None) -> dict[str, Any]:
    record = planned.job.record
    return {
        "binding": planned.binding,
        "identity": record.identity,
        "environment": record.environment,
        "name": finished.name if finished else planned.name,
        "digest": record.config,
        "state": finished.outcome.state if finished else planned.state,
        "seconds": round(finished.seconds, 1) if finished and finished.seconds else None,
        "reason": (finished.outcome.reason or None) if finished else None,
    }
