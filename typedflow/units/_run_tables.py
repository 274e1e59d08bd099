"""The tables of a project as a flow uses them under a binding and in an environment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, cast

from typedflow.models import RunColumn, RunEngine, RunTable, RunTables, dump
from typedflow.project import ChosenEnvironment, LoadedProject, Table, Unit, canonical, digest_of, path_of, resolve
from typedflow.units._open_engine import DEFAULT_FILE
from typedflow.units._used_tables import UsedTable
from typedflow.values import (
    DEFAULT_BINDING,
    RULES,
    Diagnostic,
    Location,
    Related,
    TypedflowError,
    did_you_mean,
    listed,
)
from typedflow.workspace import real_path

if TYPE_CHECKING:
    from typedflow.units._launched import Launched

_RULE = RULES["unusable-table"]


def run_tables(project: LoadedProject, unit: Unit, used: Iterable[UsedTable], launched: Launched) -> RunTables:
    """Return the tables that a flow uses, with their names in the engine.

    Raises:
        TypedflowError: ``unusable-table``; everything that is wrong with these tables.
    """
    used = tuple(used)
    problems = [*table_problems(project, used)]
    found: dict[str, RunTable] = {}
    for each in () if problems else used:
        try:
            found[each.name] = _table(project, unit, each, launched)
        except TypedflowError as error:
            problems += [item for item in error.diagnostics if item not in problems]
    if problems:
        raise TypedflowError(problems)
    return RunTables(engine=run_engine(project), tables=found)


def run_engine(project: LoadedProject) -> RunEngine:
    """Return the engine that the manifest declares; its file is absolute."""
    keys = project.manifest.engine
    file = str(real_path(project.root / (keys.file or DEFAULT_FILE))) if keys.kind == "duckdb" else None
    return RunEngine(kind=keys.kind, file=file, dialect=keys.spoken, url_env=keys.url_env)


def table_problems(project: LoadedProject, used: Iterable[UsedTable]) -> Iterator[Diagnostic]:
    """Yield what is wrong with the tables that a flow uses, whatever its binding is."""
    units = {unit.name: unit for unit in project.tables.units}
    for each in used:
        unit = units.get(each.name)
        if unit is None:
            label = did_you_mean(each.name, units)
            hint = f"its tables are {listed(units)}" if units else "declare it in a file, and its file in the manifest"
            yield _unusable(each, f"the project has no table `{each.name}`", hint="" if label else hint, label=label)
            continue
        try:
            table = project.tables.declared(unit)
        except TypedflowError:  # reported for the table itself, and where a flow gets it
            continue
        if each.external is not None and each.external != table.content.external:
            is_external = table.content.external
            kind = "ExternalTable" if is_external else "WritableTable"
            message = f"the table `{each.name}` is {'' if is_external else 'not '}external: annotate it as `{kind}`"
            hint = "`typedflow table types` writes this class"
            yield _unusable(each, message, hint=hint, place=table.place("table"))


def _table(project: LoadedProject, unit: Unit, used: UsedTable, launched: Launched) -> RunTable:
    table = next(each for each in project.tables.units if each.name == used.name)
    binding = DEFAULT_BINDING
    if table.bindings:
        binding = launched.binding
        if binding not in project.bindings(table):
            under = f"under `{binding}`" if unit.bindings else "without a binding"
            message = f"`{unit.name}` runs {under}, where there is no table `{table.name}`"
            hint = f"the table has the bindings {listed(project.bindings(table))}"
            raise TypedflowError([_unusable(used, message, hint=hint, place=project.place(*table.path))])
    return _declared(project, table, binding, launched)


def _declared(project: LoadedProject, table: Unit, binding: str, launched: Launched) -> RunTable:
    environment = ChosenEnvironment(launched.environment)
    content = cast("Table", resolve(project, table, binding, environment, launched.overrides).config)
    bare = {each.name: each.bare_name for each in project.tables.declared(table).columns.columns}
    columns = {bare[name]: RunColumn(type=each.type, nullable=each.nullable) for name, each in content.columns.items()}
    by = tuple(bare.get(name, name) for name in content.partitioned_by)
    return RunTable(table=content.table, external=content.external, partitioned_by=by, columns=columns)


def tables_digest(project: LoadedProject, launched: Launched) -> tuple[str, ...]:
    """Return the digest of the tables that a flow can use: none if the project has no tables."""
    found: dict[str, RunTable] = {}
    for table in project.tables.units:
        with suppress(TypedflowError):  # a flow that uses it is not deployed
            if not table.bindings:
                found[table.name] = _declared(project, table, DEFAULT_BINDING, launched)
            elif launched.binding in project.bindings(table):
                found[table.name] = _declared(project, table, launched.binding, launched)
    if not project.tables.units:
        return ()
    return (digest_of(canonical(dump(RunTables(engine=run_engine(project), tables=found)))),)


def _unusable(
    used: UsedTable, message: str, *, hint: str = "", label: str = "", place: Location | None = None
) -> Diagnostic:
    related = (Related("declared at", place),) if place else ()
    return Diagnostic(_RULE, message, used.place, hint=hint, label=label, related=related)


def refers_to_settings(project: LoadedProject, used: Iterable[UsedTable]) -> bool:
    """Return whether the name in the engine of a table that a flow uses refers to settings.

    Raises:
        TypedflowError: everything that is wrong with the file of one.
    """
    names = {each.name for each in used}
    return any(path_of(project.tables.declared(unit)).settings for unit in project.tables.units if unit.name in names)
