"""The tables that a command is about, each under a binding, and the database that has them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, TypeVar

from typedflow.operations._choose_variants import choose_environment, choose_unit
from typedflow.operations._errors import ArgumentError, argument_error
from typedflow.operations._events import EnvironmentChosen, OnEvent
from typedflow.project import (
    BINDING_VARIABLE,
    ChosenEnvironment,
    DeclaredTable,
    LoadedProject,
    Table,
    Unit,
    how_to_declare,
    named_binding,
    resolve,
    same_tables,
)
from typedflow.units import engine_failed, open_engine
from typedflow.values import Diagnostic, TypedflowError, did_you_mean, listed, merge_findings

if TYPE_CHECKING:
    from typedflow.engines import Engine

T = TypeVar("T")


@dataclass(frozen=True)
class TableTarget:
    """A declared table under a binding, with its name in the engine."""

    declared: DeclaredTable
    binding: str
    name: str

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of the name in the engine."""
        return tuple(self.name.split("."))

    @property
    def schema(self) -> str:
        """What stands before the name of the table, in lower case; empty if nothing does."""
        return ".".join(self.parts[:-1]).lower()


@dataclass(frozen=True)
class TableTargets:
    """Tables in an environment, and the database that has them."""

    environment: ChosenEnvironment
    engine: Engine
    tables: tuple[TableTarget, ...]


def table_targets(
    project: LoadedProject,
    names: Sequence[str],
    globs: Sequence[str],
    environment: str | None,
    on_event: OnEvent,
) -> TableTargets:
    """Return the named tables, or all, under their bindings, or those that match a glob; none is opened yet.

    Raises:
        ArgumentError: an argument names what does not exist; the URL of the database is not set.
        TypedflowError: what is wrong with the files of the tables, or the settings that they refer to;
            ``same-table``.
    """
    bound = _bound(project, _units(project, names), globs, is_named=bool(names))
    chosen = choose_environment(project, environment)
    on_event(EnvironmentChosen(chosen))
    found: list[TableTarget] = []
    problems: list[Diagnostic] = []
    for unit, bindings in bound.items():
        for binding in bindings:
            try:
                found.append(_target(project, unit, binding, chosen))
            except TypedflowError as error:
                problems += error.diagnostics
    problems += same_tables(project, [chosen.name])
    if problems:
        raise TypedflowError(merge_findings(problems))
    return TableTargets(chosen, project_engine(project), tuple(found))


def project_engine(project: LoadedProject) -> Engine:
    """Return the database that the manifest declares; nothing is opened yet.

    Raises:
        ArgumentError: the variable with its URL is not set.
    """
    try:
        return open_engine(project.manifest.engine, project.root, project.environ, project.place("engine"))
    except TypedflowError as error:
        raise ArgumentError(error.diagnostics) from None


def ask_engine(project: LoadedProject, ask: Callable[[], T]) -> T:
    """Return what a function returns that asks the database.

    Raises:
        ArgumentError: ``engine-failed``: the database refused, or cannot be reached.
    """
    from typedflow.engines import EngineError

    try:
        return ask()
    except EngineError as error:
        raise ArgumentError([engine_failed(str(error), project.place("engine"))]) from None
    except ModuleNotFoundError as error:
        if error.name != "sqlglot":
            raise
        message = "sqlglot, which knows the types of databases, is not installed"
        extra = "duckdb" if project.manifest.engine.kind == "duckdb" else "warehouse"
        raise ArgumentError(
            [engine_failed(message, project.place("engine"), f"pip install 'typedflow[{extra}]'")]
        ) from None


def _units(project: LoadedProject, names: Sequence[str]) -> Sequence[Unit]:
    if names:
        return list(dict.fromkeys(choose_unit(project, name, _is_table) for name in names))
    if not project.tables.units:
        hint = how_to_declare(project.source.name, project.table, ["table"])
        raise argument_error("the project has no table", hint=hint)
    return project.tables.units


def _is_table(kind: str) -> bool:
    return kind == "table"


def _bound(
    project: LoadedProject, units: Sequence[Unit], globs: Sequence[str], *, is_named: bool
) -> dict[Unit, Sequence[str]]:
    """Return the units with their bindings, of those that match a glob, if there is any."""
    variable = named_binding(project.environ)
    option = "--binding" if globs else BINDING_VARIABLE
    globs = globs or ([variable] if variable else ())
    known = {unit: project.bindings(unit) for unit in units}
    found = {
        unit: [name for name in names if not globs or any(fnmatchcase(name, glob) for glob in globs)]
        for unit, names in known.items()
    }
    every = list(dict.fromkeys(name for unit, names in known.items() if unit.bindings for name in names))
    for glob in globs:
        if not any(fnmatchcase(name, glob) for names in found.values() for name in names):
            label = did_you_mean(glob, every)
            whose = f"`{units[0].name}`" if is_named and len(units) == 1 else "any of these tables"
            hint = label or (f"the bindings: {listed(every)}" if every else "no table has bindings")
            raise argument_error(f"no binding of {whose} matches `{glob}`", option=option, hint=hint)
    return {unit: names for unit, names in found.items() if names}


def _target(project: LoadedProject, unit: Unit, binding: str, environment: ChosenEnvironment) -> TableTarget:
    declared = project.tables.declared(unit)
    resolved = resolve(project, unit, binding, environment)
    return TableTarget(declared, binding, physical_name(resolved.config))


def physical_name(config: object) -> str:
    """Return the name in the engine of a table that is resolved."""
    assert isinstance(config, Table)  # noqa: S101 # the config of a table is what its file declares
    return config.table
