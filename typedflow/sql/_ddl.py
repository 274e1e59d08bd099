"""Statements that make tables and columns."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect as Grammar

from typedflow.sql._dialects import Dialect
from typedflow.sql._engine_types import sqlglot_type
from typedflow.sql._errors import SqlError
from typedflow.sql._names import Names, split_name
from typedflow.values import TableColumn, TableColumns

#: Where a partition is the rows with its values, and a table needs no clause for it. Others are not tested.
_UNDIVIDED = {"duckdb", "postgres"}
_PARTS = ("this", "db", "catalog")


def create_table(name: str, table: TableColumns, dialect: Dialect, partitioned_by: Sequence[str] = ()) -> str:
    """Return the statement that makes a table, whose name is a physical one, such as ``db.features``.

    Raises:
        SqlError: the dialect has no such types, or its partitioned tables are not known.
    """
    names = Names(Grammar.get_or_raise(dialect))
    _require_columns(names, name, table, partitioned_by)
    if partitioned_by and dialect not in _UNDIVIDED:
        raise SqlError(f"typedflow does not make partitioned tables of {dialect}: make `{name}` yourself, and compare")
    columns = [_column(names, column, dialect) for column in table.columns]
    schema = exp.Schema(this=_table(names, name), expressions=columns)
    return exp.Create(this=schema, kind="TABLE").sql(dialect)


def create_schema(name: str, dialect: Dialect) -> str | None:
    """Return the statement that makes the schema of a table, if it is not there; None where the name has none."""
    names = Names(Grammar.get_or_raise(dialect))
    table = _table(names, name)
    if not table.args.get("db"):
        return None
    schema = exp.Table(db=table.args["db"], catalog=table.args.get("catalog"))
    return exp.Create(this=schema, kind="SCHEMA", exists=True).sql(dialect)


def add_column(name: str, column: TableColumn, dialect: Dialect) -> str:
    """Return the statement that adds a column to a table.

    Raises:
        SqlError: the dialect has no such type, or the column must not be null: there may be rows.
    """
    if not column.is_nullable:
        raise SqlError(f"`{column.name}` must not be null, so it cannot be added to `{name}`, which may have rows")
    names = Names(Grammar.get_or_raise(dialect))
    action = _column(names, column, dialect)
    return exp.Alter(this=_table(names, name), kind="TABLE", actions=[action]).sql(dialect)


def quoted_name(name: str, dialect: Dialect) -> str:
    """Return a physical name, such as ``db.features``, as SQL writes it."""
    return Names(Grammar.get_or_raise(dialect)).quoted(split_name(name))


def _table(names: Names, name: str) -> exp.Table:
    parts = split_name(name)
    if len(parts) > len(_PARTS) or not all(parts):
        raise SqlError(f"`{name}` is not the name of a table: it has up to three parts, as `database.schema.table`")
    identifiers = [exp.to_identifier(names.physical(part), quoted=True) for part in reversed(parts)]
    return exp.Table(**dict(zip(_PARTS, identifiers, strict=False)))


def _column(names: Names, column: TableColumn, dialect: Dialect) -> exp.ColumnDef:
    if column.type is None:
        raise SqlError(f"`{column.name}` has no type that typedflow writes")
    constraint = exp.ColumnConstraint(kind=exp.NotNullColumnConstraint())
    return exp.ColumnDef(
        this=exp.to_identifier(names.physical(column.name), quoted=True),
        kind=sqlglot_type(column.type, dialect),
        constraints=[] if column.is_nullable else [constraint],
    )


def _require_columns(names: Names, name: str, table: TableColumns, partitioned_by: Sequence[str]) -> None:
    keys = [names.declared(column.name) for column in table.columns]
    if not keys:
        raise SqlError(f"`{name}` has no columns")
    twice = next((column.name for column in table.columns if keys.count(names.declared(column.name)) > 1), None)
    if twice is not None:
        raise SqlError(f"`{name}` has two columns `{twice}`")
    missing = next((each for each in partitioned_by if names.declared(each) not in keys), None)
    if missing is not None:
        raise SqlError(f"`{missing}`, by which `{name}` is partitioned, is not one of its columns")
