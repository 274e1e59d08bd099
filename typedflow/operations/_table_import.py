"""Declare a table of the engine as an external one: write its file from the engine's columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from keyword import iskeyword
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple, cast

from typedflow.operations._errors import ArgumentError, argument_error
from typedflow.operations._events import OnEvent, ignore_event
from typedflow.operations._list import known_environment
from typedflow.operations._table_targets import ask_engine, physical_name, project_engine
from typedflow.project import KINDS, LoadedProject, resolve
from typedflow.render import quoted
from typedflow.values import Location, TypedflowError, did_you_mean
from typedflow.workspace import display_name, glob_folder, is_glob, is_there, unwritable_file, write_all

if TYPE_CHECKING:
    from typedflow.engines import EngineColumn
    from typedflow.sql import Dialect

_NAME = re.compile(r"[A-Za-z0-9_-]{1,128}(\.[A-Za-z0-9_-]{1,128}){0,2}")
_PLAIN = re.compile(r"[a-z][a-z0-9_]*")
#: What YAML reads as something else than text.
_WORDS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}


class ImportedTable(NamedTuple):
    """An external table that has been declared: its name, and its file.

    ``left_out`` are columns that cannot be declared. ``is_declared``: a glob of the manifest matches the file.
    """

    name: str
    file: Path
    is_declared: bool
    left_out: tuple[str, ...] = ()


def import_table(
    project: LoadedProject,
    table: str,
    *,
    name: str | None = None,
    to: Path | None = None,
    environment: str | None = None,
    on_event: OnEvent = ignore_event,
) -> ImportedTable:
    """Write the file of an external table with the columns that the engine has, and return it.

    ``table`` is the name in the engine, ``name`` the one in the project, by default its last part; ``to`` is the file,
    by default where a glob of the manifest finds it. An existing file is never replaced.

    Raises:
        ArgumentError: a name is invalid or taken; there is no such table, or a file already; ``engine-failed``.
        TypedflowError: ``unwritable-file``.
    """
    if not _NAME.fullmatch(table):
        hint = "it has at most a catalog, a schema and a table, of letters, digits, `_` and `-`"
        raise argument_error(f"`{table}` cannot be the name of a table in the engine", hint=hint)
    chosen = (to.name.partition(".")[0] if to and not name else name) or table.rpartition(".")[2]
    file, is_declared = _file(project, _free_name(project, chosen), to)
    _refuse_known(project, table, environment, on_event)
    engine = project_engine(project)
    columns = ask_engine(project, lambda: engine.columns(tuple(table.split("."))))
    if not columns:
        known = ask_engine(project, engine.tables)
        raise argument_error(f"the engine has no table `{table}`", hint=did_you_mean(table, known))
    declared, left_out = _declarable(columns)
    lines = [f"table: {_text(table)}", *([] if file.stem.endswith(".src") else ["external: true"]), "columns:"]
    lines += (_column(each, cast("Dialect", engine.dialect)) for each in declared)
    write_all({file: "\n".join(lines) + "\n"})
    return ImportedTable(chosen, file, is_declared, left_out)


def _free_name(project: LoadedProject, name: str) -> str:
    if not name.isidentifier() or iskeyword(name):
        hint = "a table's name is a Python identifier: name one with `--name`"
        raise argument_error(f"`{name}` cannot be the name of a table in the project", hint=hint)
    if any(unit.name == name for unit in project.tables.units):
        raise argument_error(f"the project has a table `{name}`", hint="name another with `--name`")
    return name


def _file(project: LoadedProject, name: str, to: Path | None) -> tuple[Path, bool]:
    """Return where the file of a table is to be, and whether a glob of the manifest matches it."""
    globs = [glob for glob in getattr(project.manifest, KINDS["table"].table) if is_glob(glob)]
    if to is not None:
        file = to.absolute()
        if file.suffix not in {".yaml", ".yml"}:
            raise argument_error(f"`{to}` is not the name of a YAML file", option="--to", hint="end it with `.yaml`")
        is_declared = any(file.match(str(project.root / glob)) for glob in globs)
    else:
        found = ((glob, project.root / glob_folder(glob) / f"{name}.src{PurePosixPath(glob).suffix}") for glob in globs)
        file = next((each for glob, each in found if each.match(str(project.root / glob))), Path())
        if file == Path():
            message = "no glob of the manifest finds the files of external tables"
            raise argument_error(message, hint='name the file with `--to`, or add `[tables."schemas/*.yaml"]`')
        is_declared = True
    if is_there(file):
        place = Location(display_name(file, project.root))
        raise ArgumentError([unwritable_file("the file already exists", place, hint="name another with `--to`")])
    return file, is_declared


def _refuse_known(project: LoadedProject, table: str, environment: str | None, on_event: OnEvent) -> None:
    """Raise an error if a table of the project has this name in the engine already."""
    chosen = known_environment(project, environment, on_event)
    for unit in project.tables.units if chosen else ():
        for binding in _bindings(project, unit.name):
            try:
                found = physical_name(resolve(project, unit, binding, chosen).config)
            except TypedflowError:  # what is wrong with another table is no reason not to write this one
                continue
            if found.lower() == table.lower():
                raise argument_error(f"the table `{unit.name}` of the project is `{found}` already")


def _bindings(project: LoadedProject, name: str) -> Sequence[str]:
    try:
        return project.bindings(project.unit(name, ["table"]))
    except TypedflowError:
        return ()


def _declarable(columns: Sequence[EngineColumn]) -> tuple[list[EngineColumn], tuple[str, ...]]:
    """Return the columns that a file can declare, and the names of the others."""
    found: dict[str, EngineColumn] = {}
    for each in columns:
        if each.name.strip() and each.name.isprintable():
            found.setdefault(each.name.lower(), each)
    kept = list(found.values())
    return kept, tuple(each.name for each in columns if each not in kept)


def _column(column: EngineColumn, dialect: Dialect) -> str:
    """Return the line of a column; one whose type has no name here has the engine's as a comment."""
    from typedflow.sql import read_engine_type

    is_exact = dialect == "postgres" and column.name != column.name.lower() and column.name.isidentifier()
    name = _text(f'"{column.name}"' if is_exact else column.name)
    kind = read_engine_type(column.type, dialect)
    parts = [f"type: {_text(str(kind))}"] if kind else []
    parts += [] if column.is_nullable else ["nullable: false"]
    if kind and column.is_nullable:
        return f"  {name}: {_text(str(kind))}"
    comment = "" if kind else f"  # {' '.join(column.type.split())} in the engine"
    return f"  {name}: {{{', '.join(parts)}}}{comment}"


def _text(text: str) -> str:
    return text if _PLAIN.fullmatch(text) and text not in _WORDS else quoted(text)
