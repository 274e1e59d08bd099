"""The tables and columns that a database has, by SQLAlchemy or by PostgreSQL's own catalog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typedflow.engines._engine import EngineColumn, EngineError, TablePath

if TYPE_CHECKING:
    import sqlalchemy

#: Types as PostgreSQL writes them, also those that SQLAlchemy does not know.
_POSTGRES = """
    SELECT attname, format_type(atttypid, atttypmod), NOT attnotnull FROM pg_attribute
    WHERE attrelid = to_regclass(:name) AND attnum > 0 AND NOT attisdropped ORDER BY attnum
"""
_MOST_PARTS = 2
_UNKNOWN = "a type that SQLAlchemy does not know"


def columns_of(connection: sqlalchemy.Connection, dialect: str, table: TablePath) -> tuple[EngineColumn, ...]:
    """Return the columns of a table in their order, none if there is no such table.

    Raises:
        EngineError: the dialect has no tables with such names.
    """
    read = _postgres_columns if dialect == "postgres" else _inspected_columns
    for path in possible_paths(table, connection.dialect.name):
        if found := read(connection, path):
            return found
    return ()


def possible_paths(table: TablePath, backend: str) -> list[TablePath]:
    """Return what a table may be called: PostgreSQL stores names in lower case unless they were quoted.

    Raises:
        EngineError: the dialect has no tables with such names.
    """
    if backend != "postgresql":
        return [table]
    if len(table) > _MOST_PARTS:
        raise EngineError(f"`{'.'.join(table)}` has too many parts: in PostgreSQL, a table has a schema and a name")
    return list(dict.fromkeys([table, tuple(part.lower() for part in table)]))


def schema_of(above: TablePath) -> str | None:
    """Return what stands before a table's name as SQLAlchemy wants it."""
    return ".".join(above) or None


def table_names(connection: sqlalchemy.Connection) -> tuple[str, ...]:
    """Return the names of the tables and views, with the schema where it is not the default one."""
    import sqlalchemy

    inspector = sqlalchemy.inspect(connection)
    default = inspector.default_schema_name
    found = []
    for schema in inspector.get_schema_names():
        if schema != "information_schema":
            names = [*inspector.get_table_names(schema), *inspector.get_view_names(schema)]
            found += names if schema == default else [f"{schema}.{name}" for name in names]
    return tuple(sorted(found))


def _postgres_columns(connection: sqlalchemy.Connection, table: TablePath) -> tuple[EngineColumn, ...]:
    import sqlalchemy

    quote = connection.dialect.identifier_preparer.quote_identifier
    rows = connection.execute(sqlalchemy.text(_POSTGRES), {"name": ".".join(map(quote, table))})
    return tuple(EngineColumn(name, kind, is_nullable) for name, kind, is_nullable in rows)


def _inspected_columns(connection: sqlalchemy.Connection, table: TablePath) -> tuple[EngineColumn, ...]:
    import sqlalchemy

    try:
        found = sqlalchemy.inspect(connection).get_columns(table[-1], schema_of(table[:-1]))
    except sqlalchemy.exc.NoSuchTableError:
        return ()
    dialect = connection.dialect
    return tuple(EngineColumn(each["name"], _word(each["type"], dialect), each["nullable"]) for each in found)


def _word(kind: sqlalchemy.types.TypeEngine[object], dialect: sqlalchemy.Dialect) -> str:
    import sqlalchemy

    try:
        return kind.compile(dialect=dialect)
    except sqlalchemy.exc.CompileError:
        return _UNKNOWN
