"""The Python module with the types of a project's tables: where it is, and whether it is what the tables declare."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from typedflow.project._allowed_directories import leads_outside, outside, places_within
from typedflow.project._python_syntax import parse_module
from typedflow.project._shared_findings import bad_table
from typedflow.project._table_types_text import HEADER, TABLES, class_name, types_text
from typedflow.values import RULES, Diagnostic, Location, Related, Span, TypedflowError
from typedflow.workspace import display_name, exact_text, is_there, read_source

if TYPE_CHECKING:
    from typedflow.project._kinds import Unit
    from typedflow.project._manifest import Manifest
    from typedflow.project._models import Models
    from typedflow.project._tables import DeclaredTable, Tables

_NAME = "tables.py"
_SHOWN = 60
HINT = "run `typedflow table types`"


class WithTables(Protocol):
    """A project that may have tables."""

    @property
    def root(self) -> Path:
        """The project's directory."""

    @property
    def manifest(self) -> Manifest:
        """The project's manifest."""

    @property
    def tables(self) -> Tables:
        """The project's tables."""

    @property
    def units(self) -> tuple[Unit, ...]:
        """The project's units."""

    @property
    def models(self) -> Models:
        """The models of the project's units."""

    def place(self, *path: str | int) -> Location | None:
        """Return the location of a key path in the manifest."""


class TableTypes(NamedTuple):
    """The file with the types of tables: its text, None if there is no file, and the text that it should have.

    ``classes`` are the names of the tables' classes, by the names of the tables.
    """

    file: Path
    before: str | None
    after: str
    classes: Mapping[str, str]

    @property
    def is_foreign(self) -> bool:
        """Whether typedflow did not write the file."""
        return not is_ours(self.before or "")


def is_ours(text: str) -> bool:
    """Return whether typedflow wrote a text, whatever followed its first line since; an empty file may be replaced."""
    return not text.strip() or text.removeprefix("\ufeff").splitlines()[0] == HEADER


def table_types_file(project: WithTables) -> Path | None:
    """Return the file with the types of tables: the manifest's ``table_types``, or ``tables.py`` beside the model.

    None if neither says where: the project's model is named by its module.
    """
    named = project.manifest.table_types
    if named is not None:
        return project.root / named
    model = (project.manifest.model or "").rpartition(":")[0]
    return (project.root / model).with_name(_NAME) if model.endswith(".py") else None


def table_types(project: WithTables, file: Path) -> TableTypes:
    """Return what the file with the types of a project's tables has, and what it should have. No model is imported.

    Raises:
        TypedflowError: everything that is wrong with the tables' files; ``bad-table`` for two tables whose classes
            would have one name; ``outside-project``; ``unreadable-file``.
    """
    if real := outside(file, places_within(project.root, project.manifest.outside)):
        raise TypedflowError([leads_outside("`table_types`", real, project.root, project.place("table_types"))])
    tables = project.tables.all()
    if problems := list(_equal_names(tables)):
        raise TypedflowError(problems)
    before = exact_text(file, project.root)
    before = before and before.replace("\r\n", "\n")  # as git may check it out
    return TableTypes(file, before, types_text(tables), {name: class_name(name) for name in tables})


def _equal_names(tables: Mapping[str, DeclaredTable]) -> Iterator[Diagnostic]:
    known: dict[str, DeclaredTable] = {}
    for name, table in tables.items():
        first = known.setdefault(class_name(name), table)
        if first is not table:
            message = f"the types of `{first.unit.name}` and `{name}` would both be the class `{class_name(name)}`"
            place = Location(table.layer.source.name)
            related = (Related("the other table", Location(first.layer.source.name)),)
            yield bad_table(message, place, hint="rename one of the two", related=related)


def find_table_types_drift(project: WithTables) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the types of a project's tables, if the project uses them.

    It does if the manifest names their file, if typedflow wrote the file in its usual place, or if there is no file
    and a flow or a model imports one of the classes. What is wrong with a table's own file is not returned.
    """
    file = table_types_file(project)
    if not project.tables.units or file is None or not _are_used(project, file):
        return ()
    try:
        project.tables.all()
    except TypedflowError:
        return ()
    try:
        found = table_types_drift(table_types(project, file), project.root)
    except TypedflowError as error:
        return tuple(error.diagnostics)
    return () if found is None else (found,)


def with_types_hint(project: WithTables, error: TypedflowError) -> TypedflowError:
    """Return the error of a model that cannot be imported, with what to do if that is due to the tables' types."""
    file = table_types_file(project)
    if file is None or not find_table_types_drift(project):
        return error
    found = (replace(item, hint=HINT) if _is_about(item, file) else item for item in error.diagnostics)
    return TypedflowError(found)


def _is_about(item: Diagnostic, file: Path) -> bool:
    named = item.location is not None and Path(item.location.name).name == file.name
    return not item.hint and (named or re.search(rf"\b{file.stem}\b", item.message) is not None)


def _are_used(project: WithTables, file: Path) -> bool:
    if project.manifest.table_types is not None:
        return True
    if is_there(file):
        with suppress(TypedflowError):  # a file that is not text is not ours
            return is_ours(read_source(file).text)
        return False
    models = (project.root / reference.rpartition(":")[0] for reference in project.models.references)
    flows = (project.root / unit.file for unit in project.units)
    names = {TABLES, *(class_name(unit.name) for unit in project.tables.units)}
    return any(_imports(each, file.stem, names) for each in (*models, *flows) if each.suffix == ".py")


def _imports(file: Path, module: str, names: Collection[str]) -> bool:
    """Return whether a file imports one of some names from a module."""
    try:
        syntax = parse_module(file, read_source(file))
    except TypedflowError:
        return False
    found = (name.rpartition(".") for name in (syntax.imports.values() if syntax else ()))
    return any(name in names and owner.rpartition(".")[2] == module for owner, _, name in found)


def table_types_drift(found: TableTypes, root: Path) -> Diagnostic | None:
    """Return a ``table-types-drift`` if the file is not what the tables declare."""
    name = display_name(found.file, root)
    if found.before == found.after:
        return None
    if found.before is None:
        return _drift("the types of the tables are missing", Location(name))
    if found.is_foreign:
        message = "typedflow did not write this file, which should have the types of the tables"
        return _drift(message, Location(name), 'name another file in the manifest: `table_types = "..."`')
    old, new = found.before.split("\n"), found.after.split("\n")
    at = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), len(old))
    at = min(at, len(new))
    line = min(at, len(old) - 1) + 1
    what = f"line {at + 1} is {_line(old, at)}, but should be {_line(new, at)}"
    return _drift(f"the types of the tables are out of date: {what}", Location(name, Span(line, 1, line, 1)))


def _drift(message: str, place: Location, hint: str = HINT) -> Diagnostic:
    return Diagnostic(RULES["table-types-drift"], message, place, hint=hint)


def _line(lines: list[str], at: int) -> str:
    if at >= len(lines):
        return "absent"
    text = lines[at].strip()
    return f"`{text if len(text) <= _SHOWN else f'{text[: _SHOWN - 3]}...'}`" if text else "empty"
