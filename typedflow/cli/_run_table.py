"""Tables of several runs: a live one on standard error while they run, and the last one on standard output."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from typedflow.cli._console import put_json, put_table, say
from typedflow.cli._live_table import MOST, LiveTable, live_table
from typedflow.values import DEFAULT_BINDING
from typedflow.workspace import display_name, working_directory

if TYPE_CHECKING:
    from pathlib import Path

    from typedflow.project import Variant
    from typedflow.units import FinishedRun, RunsProgress

_HEADERS = ("STATE", "VARIANT", "STEP", "TIME", "RUN")
_FLEXIBLE = "VARIANT STEP"
_STOPPING = (
    "",
    "stopping: no other runs start, and the running ones are interrupted; Ctrl-C again kills them",
    "stopping: the running ones are killed",
)


class RunTable:
    """Shows how far runs are: a table on a terminal, elsewhere a line when one starts, and when it has finished."""

    def __init__(self, table: LiveTable | None) -> None:
        """Show the table there, or print lines."""
        self._table = table
        self._started: set[int] = set()
        self._stopping = 0
        self._is_first = True

    def show(self, progress: RunsProgress) -> None:
        """Show how far each run is."""
        if self._is_first:
            self._is_first = False
            say(f"{counted(len(progress.planned))}; logs: {shown_path(progress.planned[0].log.parent)}")
        if self._table is None:
            self._say(progress)
            return
        count, total = len(progress.finished), len(progress.planned)
        stopping = f"; {_stopping(progress)}" if progress.stopping else ""
        shown = [index for index in range(total) if total <= MOST or index in progress.running]
        rows = [_live_row(index, progress) for index in shown]
        self._table.draw(_HEADERS, rows, f"{count} of {total} done{stopping}", flexible=_FLEXIBLE)

    def _say(self, progress: RunsProgress) -> None:
        for index in sorted({*progress.running, *progress.latest} - self._started):
            self._started.add(index)
            say(f"started: {variant_name(progress.planned[index].variant)}")
        for index in progress.latest:
            done = progress.finished[index]
            say(f"{done.state}: {variant_name(done.variant)} ({done.seconds:.1f} s)")
        if progress.stopping > self._stopping:
            say(_stopping(progress))
        self._stopping = progress.stopping


@contextmanager
def run_table() -> Iterator[RunTable]:
    """Use the terminal, if there is one; what is shown there is removed at the end."""
    with live_table() as table:
        yield RunTable(table)


def put_runs(finished: Sequence[FinishedRun], format: str) -> None:  # noqa: A002 # the option's name
    """Write what came of each run."""
    if format == "json":
        put_json({"version": 1, "runs": [_json(each) for each in finished]})
        return
    headers = ("FLOW", "BINDING", "ENVIRONMENT", "STATE", "SECONDS", "RUN")
    rows = [
        (
            each.variant.unit,
            each.variant.binding,
            each.variant.environment or "-",
            each.state,
            f"{each.seconds:.1f}" if each.seconds else "-",
            each.pathspec or "-",
        )
        for each in finished
    ]
    put_table(headers, rows)


def variant_name(variant: Variant) -> str:
    """Return ``training[EXP_01]``, or ``training`` for a unit without bindings."""
    return variant.unit if variant.binding == DEFAULT_BINDING else f"{variant.unit}[{variant.binding}]"


def shown_path(path: Path) -> str:
    """Return a path as it is printed."""
    return display_name(path, working_directory())


def counted(number: int) -> str:
    """Return ``1 run`` or ``2 runs``."""
    return f"{number} run{'' if number == 1 else 's'}"


def _stopping(progress: RunsProgress) -> str:
    return _STOPPING[min(progress.stopping, len(_STOPPING) - 1)]


def _live_row(index: int, progress: RunsProgress) -> tuple[str, ...]:
    variant = progress.planned[index].variant
    name = variant_name(variant) + (f"@{variant.environment}" if variant.environment else "")
    running, done = progress.running.get(index), progress.finished.get(index)
    found = done or running
    if found is None:
        return "waiting", name, "", "", ""
    run = (found.pathspec or "").rpartition("/")[2]
    return done.state if done else "running", name, found.step, _clock(found.seconds), run


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _json(run: FinishedRun) -> dict[str, Any]:
    return {
        "flow": run.variant.unit,
        "binding": run.variant.binding,
        "identity": run.variant.identity,
        "environment": run.variant.environment,
        "state": run.state,
        "exit_code": run.exit_code,
        "run": run.pathspec,
        "tags": list(run.tags),
        "step": run.step or None,
        "seconds": round(run.seconds, 1) if run.seconds else None,
        "log": str(run.log),
        "reason": run.reason or None,
    }
