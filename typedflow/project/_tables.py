"""The tables of a project as their files declare them, each read once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from keyword import iskeyword
from pathlib import PurePosixPath

from typedflow.layers import Layer
from typedflow.models import read_layers
from typedflow.parsing import location
from typedflow.project._kinds import Unit
from typedflow.project._shared_findings import bad_table
from typedflow.project._table_file import Table, path_in_file, with_whole_columns
from typedflow.project._table_layer import table_layer
from typedflow.values import (
    Diagnostic,
    KeyPath,
    LeafOrigin,
    Location,
    Origin,
    Source,
    TableColumn,
    TableColumns,
    TypedflowError,
    did_you_mean,
    listed,
    parse_column_type,
    printable,
)

Place = Callable[[KeyPath], Location]
"""Returns the place of a key path in the manifest."""
#: The end of the name of an external table's file, before the format.
_EXTERNAL = ".src"
_MERGE = "$merge"


@dataclass(frozen=True)
class DeclaredTable:
    """A table of a project: what its file declares, and the layer of the file.

    The name in the engine still has placeholders.
    """

    unit: Unit
    content: Table
    layer: Layer

    @cached_property
    def columns(self) -> TableColumns:
        """The columns as they are declared."""
        return TableColumns(
            tuple(
                TableColumn(name, parse_column_type(each.type) if each.type else None, each.nullable)
                for name, each in self.content.columns.items()
            ),
            self.content.external,
        )

    def place(self, *path: str | int, key: bool = False) -> Location:
        """Return the location of a key path in the file, or of its key."""
        return location(self.layer.source, path, key=key)


class Tables:
    """The tables of a project."""

    def __init__(self, units: Iterable[Unit], read: Callable[[Unit], Source], place: Place) -> None:
        """Files are read when they are needed; ``place`` returns that of a key in the manifest."""
        self._source = read
        self._place = place
        self._known: dict[Unit, DeclaredTable | TypedflowError] = {}
        #: The units that are tables.
        self.units = tuple(unit for unit in units if unit.kind == "table")

    def declared(self, unit: Unit) -> DeclaredTable:
        """Return what the file of a table declares.

        Raises:
            TypedflowError: everything that is wrong with the file.
        """
        if unit not in self._known:
            try:
                self._known[unit] = _read(self._source(unit), unit, self._place)
            except TypedflowError as error:
                self._known[unit] = error
        found = self._known[unit]
        if isinstance(found, TypedflowError):
            raise TypedflowError(found.diagnostics)
        return found

    def all(self) -> dict[str, DeclaredTable]:
        """Return all tables by name, in the order of the manifest.

        Raises:
            TypedflowError: everything that is wrong with their files.
        """
        found: dict[str, DeclaredTable] = {}
        problems: list[Diagnostic] = []
        for unit in self.units:
            try:
                found[unit.name] = self.declared(unit)
            except TypedflowError as error:
                problems += error.diagnostics
        if problems:
            raise TypedflowError(problems)
        return found


def _read(source: Source, unit: Unit, place_of: Place) -> DeclaredTable:
    written = table_layer(source)
    tree = with_whole_columns(written.tree)
    if isinstance(tree, dict) and PurePosixPath(unit.file).stem.endswith(_EXTERNAL):
        tree = {"external": True, **tree}
    found = replace(written, tree=tree)
    try:
        _, content = read_layers([found], Table)
    except TypedflowError as error:
        raise TypedflowError(_at_types(error.diagnostics, written)) from None
    table = DeclaredTable(unit, content, replace(found, brought=dict(_short_types(written))))
    if problems := [*_name_problems(unit, place_of), *_problems(table)]:
        raise TypedflowError(problems)
    return table


def _short_types(written: Layer) -> Iterator[tuple[KeyPath, LeafOrigin[Origin]]]:
    """Yield the origin of the type of each column that is only a type: the value of the column's key."""
    tree = written.tree
    for name in tree.get("columns", ()):
        path: KeyPath = ("columns", name, "type")
        if path_in_file(tree, path) != path:
            yield written.written(path), LeafOrigin(written.origin(path[:2]))


def _at_types(found: Iterable[Diagnostic], written: Layer) -> Iterator[Diagnostic]:
    """Yield findings; one about the type of a column that is only a type is located there.

    What a hint says of layers and directives does not apply: a table has one file, and its file no directives.
    """
    for item in found:
        path = path_in_file(written.tree, item.path or ())
        placed = replace(item, location=location(written.source, path)) if path != (item.path or ()) else item
        yield replace(placed, hint="") if _MERGE in placed.hint else placed


def _name_problems(unit: Unit, place_of: Place) -> Iterator[Diagnostic]:
    if not unit.name.isidentifier() or iskeyword(unit.name):
        message = f"`{unit.name}` cannot be the name of a table"
        hint = "a table's name is a Python identifier: letters, digits and `_`, and no digit first"
        yield bad_table(message, place_of(unit.path), hint=hint)


def _problems(table: DeclaredTable) -> Iterator[Diagnostic]:
    content = table.content
    if not content.external and not content.columns:
        hint = "list the columns with their types; `external: true` is for tables that are only read"
        yield bad_table("the table has no columns", table.place("columns"), hint=hint)
    if not content.external and _EXTERNAL in PurePosixPath(table.unit.file).suffixes:
        message = "a `.src` file declares an external table"
        yield bad_table(message, table.place("external"), hint="rename the file to `.tbl`, or remove `external`")
    bare = {each.name: each.bare_name.lower() for each in table.columns.columns}
    counts = Counter(bare.values())
    for name, column in content.columns.items():
        if not name.strip() or not name.isprintable():
            message = f"`{printable(name)}` cannot be the name of a column"
            hint = "a column's name has letters, digits and `_`, and no control characters"
            yield bad_table(message, table.place("columns", name, key=True), hint=hint)
        elif counts[bare[name]] > 1:
            message = f"two columns have the name `{bare[name]}`: engines ignore upper and lower case"
            yield bad_table(message, table.place("columns", name, key=True))
        elif column.type is None and not content.external:
            message = f"the column `{name}` has no type"
            yield bad_table(
                message, table.place("columns", name, key=True), hint=f"write `{name}: double`, or another type"
            )
    yield from _partition_problems(table)


def _partition_problems(table: DeclaredTable) -> Iterator[Diagnostic]:
    content = table.content
    for index, name in enumerate(content.partitioned_by):
        place = table.place("partitioned_by", index)
        if name in content.partitioned_by[:index]:
            yield bad_table(f"`{name}` is listed twice", place, hint="remove one of the two")
        elif content.columns and name not in content.columns:
            label = did_you_mean(name, content.columns)
            message = f"`{name}` is not a column of the table"
            yield bad_table(
                message, place, label=label, hint="" if label else f"the columns are {listed(content.columns)}"
            )
