"""What every engine can do: a protocol of few functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from typedflow.engines._convert import Records
from typedflow.engines._engine import EngineColumn, Selection, TablePath, WriteMode

if TYPE_CHECKING:
    import pyarrow


class Engine(Protocol):
    """A database. Each call opens a connection, and is one transaction."""

    @property
    def dialect(self) -> str:
        """The dialect of SQL that the engine speaks: ``duckdb``, ``postgres``."""

    def columns(self, table: TablePath) -> tuple[EngineColumn, ...]:
        """Return the columns of a table in their order, none if there is no such table.

        Raises:
            EngineError: the engine cannot be reached.
        """

    def tables(self) -> tuple[str, ...]:
        """Return the names of the tables and views, with the schema where it is not the default one.

        Raises:
            EngineError: the engine cannot be reached.
        """

    def schemas(self) -> tuple[str, ...]:
        """Return the names of the schemas.

        Raises:
            EngineError: the engine cannot be reached.
        """

    def change(self, table: TablePath, statements: Callable[[tuple[EngineColumn, ...]], Iterable[str]]) -> None:
        """Execute the statements that a function returns for the columns of a table, in one transaction.

        Meanwhile no other process of ours changes tables, so the columns are those that the statements meet.

        Raises:
            EngineError: a statement failed, and none has changed anything; typedflow's changes are not tested there.
        """

    def execute(self, statements: Iterable[str]) -> None:
        """Execute statements in one transaction.

        Raises:
            EngineError: a statement failed, and none has changed anything.
        """

    def fetch_rows(self, selection: Selection) -> list[tuple[Any, ...]]:
        """Return rows as tuples of Python values, in no particular order.

        Raises:
            EngineError: there is no such table or column, or a value does not fit its declared type.
        """

    def fetch_arrow(self, selection: Selection) -> pyarrow.Table:
        """Return rows as a table of Arrow, with the declared types.

        Raises:
            EngineError: as ``fetch_rows``; pyarrow is not installed.
        """

    def write(self, table: TablePath, records: Records, mode: WriteMode, partitioned_by: Sequence[str] = ()) -> int:
        """Write rows in one transaction, and return their number.

        Raises:
            EngineError: the engine refused them, and nothing has changed.
        """
