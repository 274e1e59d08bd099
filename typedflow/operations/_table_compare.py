"""Compare a declared table with what the engine has: what is missing, and what typedflow refuses to change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from typedflow.operations._table_difference import ComparedTable, TableDifference
from typedflow.operations._table_targets import TableTarget
from typedflow.sql import Dialect, SqlError, add_column, create_schema, create_table, read_engine_type, stored_type
from typedflow.values import TableColumn, listed

if TYPE_CHECKING:
    from typedflow.engines import EngineColumn


def compare_table(
    target: TableTarget, columns: Sequence[EngineColumn], dialect: Dialect, *, has_schema: bool
) -> ComparedTable:
    """Return how a table differs from the engine's, whose columns are given; none if it is not there.

    ``has_schema``: its schema is there, and need not be created, for which not everybody has the right.
    """
    if not columns:
        return _missing(target, dialect, has_schema=has_schema)
    declared = target.declared.columns.columns
    found = _matching(declared, columns)
    differences: list[TableDifference] = []
    statements: list[str] = []
    for column in declared:
        if (other := found.get(column.name)) is None:
            differences.append(_missing_column(target, column, dialect, statements))
        else:
            differences += _of_column(column, other, dialect, is_external=target.declared.content.external)
    if not target.declared.content.external:
        known = {each.name for each in found.values()}
        differences += (
            TableDifference("not-declared", each.name, found=each.type) for each in columns if each.name not in known
        )
    return ComparedTable(target, tuple(differences), tuple(statements))


def _missing(target: TableTarget, dialect: Dialect, *, has_schema: bool) -> ComparedTable:
    if target.declared.content.external:
        reason = "the engine has no such table, and typedflow does not create external ones"
        return ComparedTable(target, (TableDifference("missing-table", reason=reason),))
    partitioned_by = target.declared.content.partitioned_by
    try:
        table = create_table(target.name, target.declared.columns, dialect, partitioned_by)
        schema = None if has_schema else create_schema(target.name, dialect)
    except SqlError as error:
        return ComparedTable(target, (TableDifference("missing-table", reason=str(error)),))
    names = listed(target.declared.content.columns)
    statements = (schema, table) if schema else (table,)
    return ComparedTable(target, (TableDifference("missing-table", declared=names),), statements)


def _missing_column(
    target: TableTarget, column: TableColumn, dialect: Dialect, statements: list[str]
) -> TableDifference:
    declared = str(column.type) if column.type else None
    if target.declared.content.external:
        return TableDifference("missing-column", column.name, declared, reason="the engine's table has no such column")
    try:
        statements.append(add_column(target.name, column, dialect))
    except SqlError as error:
        return TableDifference("missing-column", column.name, declared, reason=str(error))
    return TableDifference("missing-column", column.name, declared)


def _of_column(
    column: TableColumn, other: EngineColumn, dialect: Dialect, *, is_external: bool
) -> Iterator[TableDifference]:
    """Yield how a column differs; an external one may have fewer NULLs than is declared."""
    if column.type is not None and not _is_stored_as(column, other, dialect):
        reason = f"it is declared as {column.type}, and is {other.type} in the engine"
        yield TableDifference("type", column.name, str(column.type), other.type, reason)
    if column.is_nullable == other.is_nullable or (is_external and column.is_nullable):
        return
    words = {True: "NULL", False: "NOT NULL"}
    declared, found = words[column.is_nullable], words[other.is_nullable]
    reason = f"it is declared as {declared}, and is {found} in the engine"
    yield TableDifference("nullable", column.name, declared, found, reason)


def _is_stored_as(column: TableColumn, other: EngineColumn, dialect: Dialect) -> bool:
    assert column.type is not None  # noqa: S101 # the caller asks about types
    try:
        wanted = stored_type(column.type, dialect)
    except SqlError:  # no such column could be made
        return False
    return wanted is not None and read_engine_type(other.type, dialect) == wanted


def _matching(declared: Sequence[TableColumn], columns: Sequence[EngineColumn]) -> dict[str, EngineColumn]:
    """Return the engine's column for each declared one; case counts only where two would match."""
    exact = {each.name: each for each in columns}
    folded: dict[str, EngineColumn] = {}
    for each in columns:
        folded.setdefault(each.name.lower(), each)
    found = {}
    for column in declared:
        name = column.bare_name
        if (other := exact.get(name) or folded.get(name.lower())) is not None:
            found[column.name] = other
    return found
