"""Databases that SQLAlchemy reaches. PostgreSQL is the tested one; what another may do otherwise is refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from typedflow.engines._convert import Records
from typedflow.engines._engine import EngineColumn, EngineError, Selection, TablePath, WriteMode
from typedflow.engines._fetched import fitted_rows
from typedflow.engines._tables import arrow_table

if TYPE_CHECKING:
    import pyarrow
    import sqlalchemy

#: Dialects in which partitions are replaced under a lock of the table, which tests prove.
_TESTED = ("postgres",)
_NAMES = {"postgresql": "postgres"}
_ROWS_AT_ONCE = 10_000


@dataclass(frozen=True)
class Warehouse:
    """A database, by its URL, which no message contains; the URL must be one of the dialect."""

    url: str = field(repr=False)
    dialect: str

    def columns(self, table: TablePath) -> tuple[EngineColumn, ...]:
        """Return the columns of a table in their order, none if there is no such table."""
        with self._begun() as connection:
            import sqlalchemy

            inspector = sqlalchemy.inspect(connection)
            try:
                found = inspector.get_columns(table[-1], _schema(table))
            except sqlalchemy.exc.NoSuchTableError:
                return ()
            dialect = connection.dialect
            return tuple(
                EngineColumn(column["name"], column["type"].compile(dialect=dialect), column["nullable"])
                for column in found
            )

    def execute(self, statements: Iterable[str]) -> None:
        """Execute statements in one transaction."""
        with self._begun() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

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

            names = [column.name for column in records.columns]
            target = _reflected(connection, table, names)
            keys = [_column(target, name).key for name in names]
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
                connection.execute(target.insert(), [dict(zip(keys, row, strict=True)) for row in part])
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


def _schema(table: TablePath) -> str | None:
    return ".".join(table[:-1]) or None


def _reflected(connection: sqlalchemy.Connection, path: TablePath, names: Iterable[str]) -> sqlalchemy.Table:
    import sqlalchemy

    try:
        table = sqlalchemy.Table(path[-1], sqlalchemy.MetaData(), schema=_schema(path), autoload_with=connection)
    except sqlalchemy.exc.NoSuchTableError:
        raise EngineError(f"there is no table `{'.'.join(path)}`") from None
    for name in names:
        _column(table, name)
    return table


def _column(table: sqlalchemy.Table, name: str) -> sqlalchemy.Column[Any]:
    """Return a column; upper and lower case are ignored where only one column has the name then."""
    if name in table.c:
        return table.c[name]
    alike = [column for column in table.c if column.name.lower() == name.lower()]
    if len(alike) != 1:
        raise EngineError(f"the engine's table `{table.fullname}` has no column `{name}`")
    return alike[0]
