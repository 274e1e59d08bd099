"""Make the engine's tables what is declared: create and add, but never drop or retype."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from typedflow.operations._events import OnEvent, ignore_event
from typedflow.operations._progress import Progress, no_progress
from typedflow.operations._table_plan import compare_targets
from typedflow.operations._table_targets import TableTargets, ask_engine, table_targets
from typedflow.project import LoadedProject
from typedflow.values import Diagnostic, TypedflowError

if TYPE_CHECKING:
    from typedflow.engines import EngineColumn
    from typedflow.operations._table_difference import ComparedTable
    from typedflow.sql import Dialect


@dataclass(frozen=True)
class AppliedTables:
    """What has been done: the tables as they differed before.

    ``failures`` ended the work; the tables after them have not been changed, and are ``left``.
    """

    environment: str | None
    dialect: str
    tables: tuple[ComparedTable, ...]
    failures: tuple[Diagnostic, ...] = ()
    left: tuple[ComparedTable, ...] = ()

    @property
    def has_refused(self) -> bool:
        """Whether a table still differs, because typedflow does not change what is there."""
        return any(each.refused for each in self.tables)


def apply_tables(
    project: LoadedProject,
    names: Sequence[str] = (),
    *,
    bindings: Sequence[str] = (),
    environment: str | None = None,
    on_event: OnEvent = ignore_event,
    on_progress: Progress = no_progress,
) -> AppliedTables:
    """Create the named tables, or all, and add their missing columns; each table in one transaction.

    Raises:
        ArgumentError: an argument names what does not exist; ``engine-failed`` before anything is changed.
        TypedflowError: what is wrong with the tables; ``same-table``.
    """
    targets = table_targets(project, names, bindings, environment, on_event)
    plan = compare_targets(project, targets, no_progress)
    done: list[ComparedTable] = []
    for number, each in enumerate(plan.tables):
        on_progress(number, len(plan.tables))
        try:
            done.append(_changed(project, targets, each) if each.statements else each)
        except TypedflowError as error:
            left = plan.tables[number:]
            return AppliedTables(plan.environment, plan.dialect, tuple(done), error.diagnostics, left)
    on_progress(len(plan.tables), len(plan.tables))
    return AppliedTables(plan.environment, plan.dialect, tuple(done))


def _changed(project: LoadedProject, targets: TableTargets, planned: ComparedTable) -> ComparedTable:
    """Make what is missing of a table, and return how it differed when it was changed: others may have been first."""
    from typedflow.operations._table_compare import compare_table

    target, dialect = planned.target, cast("Dialect", targets.engine.dialect)
    has_schema = not any(statement.startswith("CREATE SCHEMA") for statement in planned.statements)
    compared = planned

    def statements(columns: tuple[EngineColumn, ...]) -> Iterable[str]:
        nonlocal compared
        compared = compare_table(target, columns, dialect, has_schema=has_schema)
        return compared.statements

    ask_engine(project, lambda: targets.engine.change(target.parts, statements))
    return compared
