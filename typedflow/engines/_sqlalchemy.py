"""Databases that SQLAlchemy reaches. PostgreSQL is the tested one; what another may do otherwise is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from typedflow.engines._convert import Records
from typedflow.engines._engine import EngineColumn, EngineError, Selection, TablePath, WriteMode
from typedflow.engines._fetched import fitted_rows
from typedflow.engines._sqlalchemy_names import columns_of, possible_paths, schema_of, table_names
from typedflow.engines._tables import arrow_table

if TYPE_CHECKING:
    import pyarrow
    import sqlalchemy

#: Dialects in which partitions are replaced under a lock of the table, which tests prove.
_TESTED = ("postgres",)
_NAMES = {"postgresql": "postgres"}
_ROWS_AT_ONCE = 10_000
#: The number of the lock under which all processes change tables: any, but always the same.
_LOCK = 0x7479706564666C6F


@dataclass(frozen=True)
class Warehouse:
    """A database, by its URL, which no message contains; the URL must be one of the dialect."""

    url: str = field(repr=False)
    dialect: str

    def columns(self, table: TablePath) -> tuple[EngineColumn, ...]:
        """Return the columns of a table in their order, none if there is no such table."""
        with self._begun() as connection:
            return columns_of(connection, self.dialect, table)

    def tables(self) -> tuple[str, ...]:
        """Return the names of the tables and views, with the schema where it is not the default one."""
        with self._begun() as connection:
            return table_names(connection)

    def schemas(self) -> tuple[str, ...]:
        """Return the names of the schemas."""
        with self._begun() as connection:
            import sqlalchemy

            return tuple(sqlalchemy.inspect(connection).get_schema_names())

    def change(self, table: TablePath, statements: Callable[[tuple[EngineColumn, ...]], Iterable[str]]) -> None:
        """Execute the statements that a function returns for the columns of a table, in one transaction."""
        if self.dialect not in _TESTED:
            raise EngineError(f"changing tables is not tested on {self.dialect}, so typedflow refuses it")
        with self._begun() as connection:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            for statement in statements(columns_of(connection, self.dialect, table)):
                _execute(connection, statement)

    def execute(self, statements: Iterable[str]) -> None:
        """Execute statements in one transaction."""
        with self._begun() as connection:
            for statement in statements:
                _execute(connection, statement)

    def fetch_rows(self, selection: Selection) -> list[tuple[Any, ...]]:
        """Return rows as tuples of Python values."""
        with self._begun() as connection:
            import sqlalchemy

            table = _reflected(connection, selection.table, [column.name for column in selection.columns])
            query = sqlalchemy.select(*[_column(table, column.name) for column in selection.columns])
            for name, value in selection.where.items():
                values = list(value) if isinstance(value, (list, tuple, set, frozenset)) else [value]
                equal = [_column(table, name).is_not_distinct_from(each) for each in values]
                query = query.where(sqlalchemy.or_(sqlalchemy.false(), *equal))
            rows = connection.execute(query).all()
        return fitted_rows(selection.columns, rows)

    def fetch_arrow(self, selection: Selection) -> pyarrow.Table:
        """Return rows as a table of Arrow."""
        return arrow_table(selection.columns, self.fetch_rows(selection))

    def write(self, table: TablePath, records: Records, mode: WriteMode, partitioned_by: Sequence[str] = ()) -> int:
        """Write rows in one transaction, and return their number."""
        if mode != "append" and self.dialect not in _TESTED:
            raise EngineError(f"`{mode}` is not tested on {self.dialect}, so typedflow refuses it; `append` works")
        with self._begun() as connection:
            import sqlalchemy

            target = _reflected(connection, table, [column.name for column in records.columns])
            names = [_column(target, column.name).key for column in records.columns]
            if mode != "append":
                quoted = connection.dialect.identifier_preparer.format_table(target)
                # Of two processes that replace one partition, the second sees what the first has written.
                connection.exec_driver_sql(f"LOCK TABLE {quoted} IN SHARE ROW EXCLUSIVE MODE")
            if mode == "overwrite":
                connection.execute(target.delete())
            elif mode == "replace-partitions":
                for partition in records.written_partitions(partitioned_by):
                    pairs = zip(partitioned_by, partition, strict=True)
                    equal = [_column(target, name).is_not_distinct_from(value) for name, value in pairs]
                    connection.execute(target.delete().where(sqlalchemy.and_(sqlalchemy.true(), *equal)))
            lists = records.lists()
            for start in range(0, records.count, _ROWS_AT_ONCE):
                part = zip(*(each[start : start + _ROWS_AT_ONCE] for each in lists), strict=True)
                connection.execute(target.insert(), [dict(zip(names, row, strict=True)) for row in part])
        return records.count

    @contextmanager
    def _begun(self) -> Iterator[sqlalchemy.Connection]:
        """Open a connection and a transaction; errors are sentences without the URL."""
        engine = self._engine
        import sqlalchemy

        try:
            with engine.begin() as connection:
                yield connection
        except sqlalchemy.exc.SQLAlchemyError as error:
            raise EngineError(self._sentence(error)) from None

    @cached_property
    def _engine(self) -> sqlalchemy.Engine:
        try:
            import sqlalchemy
        except ImportError:
            raise EngineError("SQLAlchemy is not installed: `pip install 'typedflow[warehouse]'`") from None
        try:
            url = sqlalchemy.make_url(self.url)
            backend = url.get_backend_name()
            if _NAMES.get(backend, backend) != self.dialect:
                raise EngineError(f"the engine's URL is one of {backend}, and its dialect is {self.dialect}")
            return sqlalchemy.create_engine(url, poolclass=sqlalchemy.NullPool)
        except ImportError as error:
            raise EngineError(f"the engine's driver is not installed: no module named {error.name!r}") from None
        except (sqlalchemy.exc.ArgumentError, ValueError):  # a port that is no number
            raise EngineError("the engine's URL is not one that SQLAlchemy accepts") from None

    def _sentence(self, error: Exception) -> str:
        cause = getattr(error, "orig", None) or error
        lines = str(cause).strip().splitlines()
        text = lines[0] if lines else type(cause).__name__
        return f"{self.dialect}: {_without(text, self.url)}"


def _without(text: str, url: str) -> str:
    """Return a text without a URL, and without the password in it."""
    from sqlalchemy import make_url

    password = make_url(url).password
    for secret in (url, str(password) if password else ""):
        text = text.replace(secret, "***") if secret else text
    return text


def _execute(connection: sqlalchemy.Connection, statement: str) -> None:
    """Execute a statement as it is: a driver that gets parameters, if only none, reads `%` as one of them."""
    connection.execution_options(no_parameters=True).exec_driver_sql(statement)


def _reflected(connection: sqlalchemy.Connection, path: TablePath, names: Iterable[str]) -> sqlalchemy.Table:
    import sqlalchemy

    for name, *above in (each[::-1] for each in possible_paths(path, connection.dialect.name)):
        with suppress(sqlalchemy.exc.NoSuchTableError):
            schema = schema_of(tuple(above[::-1]))
            table = sqlalchemy.Table(name, sqlalchemy.MetaData(), schema=schema, autoload_with=connection)
            break
    else:
        raise EngineError(f"there is no table `{'.'.join(path)}`")
    for column in names:
        _column(table, column)
    return table


def _column(table: sqlalchemy.Table, name: str) -> sqlalchemy.Column[Any]:
    """Return a column; one whose name differs only in case is meant where there is no other."""
    if name in table.c:
        return table.c[name]
    found = [column for column in table.c if column.name.lower() == name.lower()]
    if len(found) != 1:
        raise EngineError(f"the engine's table `{table.fullname}` has no column `{name}`")
    return found[0]
