"""Compare the tables of a project with the engine's, and change nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from typedflow.operations._events import OnEvent, ignore_event
from typedflow.operations._progress import Progress, no_progress
from typedflow.operations._table_targets import TableTargets, ask_engine, table_targets
from typedflow.project import LoadedProject

if TYPE_CHECKING:
    from typedflow.operations._table_difference import ComparedTable
    from typedflow.sql import Dialect


@dataclass(frozen=True)
class TablesPlan:
    """Tables as they differ from the engine's, in an environment; ``dialect`` is the engine's."""

    environment: str | None
    dialect: str
    tables: tuple[ComparedTable, ...]

    @property
    def is_same(self) -> bool:
        """Whether every table is as declared; columns that are not declared do not count."""
        return all(each.state == "same" for each in self.tables)


def plan_tables(
    project: LoadedProject,
    names: Sequence[str] = (),
    *,
    bindings: Sequence[str] = (),
    environment: str | None = None,
    on_event: OnEvent = ignore_event,
    on_progress: Progress = no_progress,
) -> TablesPlan:
    """Return how the named tables, or all, differ from the engine's; ``bindings`` are globs.

    Raises:
        ArgumentError: an argument names what does not exist; ``engine-failed``.
        TypedflowError: what is wrong with the tables; ``same-table``.
    """
    targets = table_targets(project, names, bindings, environment, on_event)
    return compare_targets(project, targets, on_progress)


def compare_targets(project: LoadedProject, targets: TableTargets, on_progress: Progress) -> TablesPlan:
    """Return how tables differ from the engine's.

    Raises:
        ArgumentError: ``engine-failed``.
    """

    def comparison() -> Any:
        from typedflow.operations._table_compare import compare_table

        return compare_table

    compare_table = ask_engine(project, comparison)
    engine, dialect = targets.engine, cast("Dialect", targets.engine.dialect)
    schemas = {name.lower() for name in ask_engine(project, engine.schemas)}
    compared = []
    for done, target in enumerate(targets.tables):
        on_progress(done, len(targets.tables))
        columns = ask_engine(project, lambda: engine.columns(target.parts))  # noqa: B023 # called at once
        found = compare_table(target, columns, dialect, has_schema=target.schema in schemas)
        if found.state == "create":
            schemas.add(target.schema)
        compared.append(found)
    on_progress(len(targets.tables), len(targets.tables))
    return TablesPlan(targets.environment.name, engine.dialect, tuple(compared))
