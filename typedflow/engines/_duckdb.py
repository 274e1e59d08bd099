"""DuckDB, embedded: one file, opened for each operation under a lock of our own.

DuckDB lets one process open a file for writing, and none beside it. It fails at once, so processes wait here.
Source: https://duckdb.org/docs/stable/connect/concurrency
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from typedflow.engines._convert import Records
from typedflow.engines._engine import EngineColumn, EngineError, Selection, TablePath, WriteMode
from typedflow.engines._fetched import fitted_rows, fitted_table
from typedflow.values import TableColumn
from typedflow.workspace import exclusive_lock, is_file, is_there

if TYPE_CHECKING:
    import duckdb
    import pyarrow

_COLUMNS = """
    SELECT column_name, data_type, is_nullable FROM duckdb_columns()
    WHERE database_name = current_database() AND lower(schema_name) = lower(?) AND lower(table_name) = lower(?)
    ORDER BY column_index
"""
_TABLES = """
    SELECT DISTINCT CASE schema_name WHEN 'main' THEN table_name ELSE schema_name || '.' || table_name END AS name
    FROM duckdb_columns() WHERE database_name = current_database() AND NOT internal ORDER BY name
"""
_SCHEMAS = "SELECT schema_name FROM duckdb_schemas() WHERE database_name = current_database()"
#: What the database is called inside DuckDB. By default that is the file's name, and then `demo.features` is ambiguous
#: in `demo.duckdb`, where `demo` is a schema, too.
_CATALOG = "typedflow_database"
_MOST_PARTS = 2


@dataclass(frozen=True)
class DuckDB:
    """A database in one file; ``dialect`` is its dialect of SQL."""

    file: Path
    dialect: str = "duckdb"

    def columns(self, table: TablePath) -> tuple[EngineColumn, ...]:
        """Return the columns of a table in their order, none if there is no such table."""
        if not is_there(self.file):
            return ()
        with self._opened() as connection:
            return _columns(connection, table)

    def tables(self) -> tuple[str, ...]:
        """Return the names of the tables and views, with the schema where it is not the default one."""
        if not is_there(self.file):
            return ()
        with self._opened() as connection:
            return tuple(name for (name,) in connection.execute(_TABLES).fetchall())

    def schemas(self) -> tuple[str, ...]:
        """Return the names of the schemas."""
        if not is_there(self.file):
            return ()
        with self._opened() as connection:
            return tuple(name for (name,) in connection.execute(_SCHEMAS).fetchall())

    def change(self, table: TablePath, statements: Callable[[tuple[EngineColumn, ...]], Iterable[str]]) -> None:
        """Execute the statements that a function returns for the columns of a table, in one transaction."""
        with self._transaction() as connection:
            for statement in statements(_columns(connection, table)):
                connection.execute(statement)

    def execute(self, statements: Iterable[str]) -> None:
        """Execute statements in one transaction."""
        with self._transaction() as connection:
            for statement in statements:
                connection.execute(statement)

    def fetch_rows(self, selection: Selection) -> list[tuple[Any, ...]]:
        """Return rows as tuples of Python values."""
        with self._reading() as connection:
            _check_columns(connection, selection.table, selection.columns)
            rows = connection.execute(*_query(selection)).fetchall()
        return fitted_rows(selection.columns, rows)

    def fetch_arrow(self, selection: Selection) -> pyarrow.Table:
        """Return rows as a table of Arrow."""
        try:
            import pyarrow  # noqa: F401
        except ImportError:
            raise EngineError("`.arrow()` and `.pandas()` require pyarrow: `pip install pyarrow`") from None
        with self._reading() as connection:
            _check_columns(connection, selection.table, selection.columns)
            query, parameters = _query(selection)
            table = connection.sql(query, params=parameters).to_arrow_table()
        return fitted_table(selection.columns, table)

    def write(self, table: TablePath, records: Records, mode: WriteMode, partitioned_by: Sequence[str] = ()) -> int:
        """Write rows in one transaction, and return their number."""
        target = _quoted(table)
        self._require_file()
        with self._transaction() as connection:
            types = _check_columns(connection, table, records.columns)
            if mode == "overwrite":
                connection.execute(f"DELETE FROM {target}")
            elif mode == "replace-partitions":
                for partition in records.written_partitions(partitioned_by):
                    where, parameters = _where(dict(zip(partitioned_by, partition, strict=True)))
                    connection.execute(f"DELETE FROM {target}{where}", parameters)
            _insert(connection, target, records, types)
        return records.count

    @contextmanager
    def _reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        self._require_file()
        with self._opened() as connection:
            yield connection

    def _require_file(self) -> None:
        if not is_there(self.file):
            raise EngineError(f"the database `{self.file.name}` does not exist")

    @contextmanager
    def _transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        with self._opened() as connection:
            connection.begin()
            yield connection
            connection.commit()

    @contextmanager
    def _opened(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Open the file while no other process of ours has it open; what is not committed is rolled back."""
        try:
            import duckdb
        except ImportError:
            raise EngineError("DuckDB is not installed: `pip install 'typedflow[duckdb]'`") from None
        if is_there(self.file) and not is_file(self.file):
            raise EngineError(f"`{self.file.name}` is not a file, but a directory or a broken link")
        with exclusive_lock(self.file.with_name(f"{self.file.name}.lock")):
            try:
                with duckdb.connect() as connection:
                    file = str(self.file).replace("'", "''")
                    connection.execute(f"ATTACH '{file}' AS {_CATALOG}")
                    connection.execute(f"USE {_CATALOG}")
                    connection.execute("SET TimeZone = 'UTC'")
                    yield connection
            except duckdb.Error as error:
                raise EngineError(_sentence(error, self.file)) from None


def _columns(connection: duckdb.DuckDBPyConnection, table: TablePath) -> tuple[EngineColumn, ...]:
    rows = connection.execute(_COLUMNS, _schema_and_name(table)).fetchall()
    return tuple(EngineColumn(column, kind, is_nullable) for column, kind, is_nullable in rows)


def _check_columns(
    connection: duckdb.DuckDBPyConnection, table: TablePath, columns: Iterable[TableColumn]
) -> dict[str, str]:
    """Return the types of a table's columns by their names in lower case; all given columns must be among them."""
    types = {column.name.lower(): column.type for column in _columns(connection, table)}
    if not types:
        raise EngineError(f"there is no table `{'.'.join(table)}`")
    for column in columns:
        if column.name.lower() not in types:
            raise EngineError(f"the engine's table `{'.'.join(table)}` has no column `{column.name}`")
    return types


def _insert(connection: duckdb.DuckDBPyConnection, target: str, records: Records, types: dict[str, str]) -> None:
    if not records.count:
        return
    names = ", ".join(_quote(column.name) for column in records.columns)
    if not isinstance(records.data, tuple):
        connection.register("typedflow_records", records.data)
        connection.execute(f"INSERT INTO {target} ({names}) SELECT {names} FROM typedflow_records")
        return
    lists = ", ".join(f"unnest(CAST(? AS {types[column.name.lower()]}[]))" for column in records.columns)
    connection.execute(f"INSERT INTO {target} ({names}) SELECT {lists}", [_without_nan(each) for each in records.data])


def _without_nan(values: list[Any]) -> list[Any]:
    """Return the values of a column; if one is NaN, which DuckDB before 2.0 reads as NULL, numbers are text."""
    return [_as_text(value) for value in values] if any(map(_has_nan, values)) else values


def _has_nan(value: Any) -> bool:
    if isinstance(value, (list, dict)):
        return any(map(_has_nan, value.values() if isinstance(value, dict) else value))
    return isinstance(value, float) and math.isnan(value)


def _as_text(value: Any) -> Any:
    if isinstance(value, list):
        return [_as_text(each) for each in value]
    if isinstance(value, dict):
        return {name: _as_text(each) for name, each in value.items()}
    return repr(value) if isinstance(value, float) else value


def _query(selection: Selection) -> tuple[str, list[Any]]:
    """Return the query of a selection, and its parameters."""
    names = ", ".join(_quote(column.name) for column in selection.columns)
    where, parameters = _where(selection.where)
    return f"SELECT {names} FROM {_quoted(selection.table)}{where}", parameters


def _where(values: Mapping[str, Any]) -> tuple[str, list[Any]]:
    """Return the condition that columns equal values, or one of a list, and its parameters; None is NULL."""
    conditions, parameters = [], []
    for name, value in values.items():
        options = list(value) if isinstance(value, (list, tuple, set, frozenset)) else [value]
        present = [each for each in options if each is not None]
        either = [f"{_quote(name)} IN ({', '.join('?' * len(present))})"] if present else []
        either += [f"{_quote(name)} IS NULL"] if len(present) < len(options) else []
        conditions.append(" OR ".join(either) or "false")
        parameters += present
    return f" WHERE ({') AND ('.join(conditions)})" if conditions else "", parameters


def _schema_and_name(table: TablePath) -> tuple[str, str]:
    if len(table) > _MOST_PARTS:
        raise EngineError(f"`{'.'.join(table)}` has too many parts: in DuckDB, a table has a schema and a name")
    return (table[0] if len(table) == _MOST_PARTS else "main"), table[-1]


def _quoted(table: TablePath) -> str:
    return ".".join(_quote(part) for part in (_CATALOG, *_schema_and_name(table)))


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _sentence(error: Exception, file: Path) -> str:
    text = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    if "Could not set lock on file" in str(error):
        return f"another program has `{file.name}` open: close it, and try again"
    return f"DuckDB: {text}"
