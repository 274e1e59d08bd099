"""What every engine can do: a protocol of few functions, and the values that they exchange."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

from typedflow.values import TableColumn

if TYPE_CHECKING:
    import pyarrow

    from typedflow.engines._convert import Records

#: The parts of a table's name, as they are written: of ``demo.features``, ``("demo", "features")``.
TablePath = tuple[str, ...]

#: ``append`` adds rows, ``overwrite`` replaces all rows, ``replace-partitions`` those of the partitions written.
WriteMode = Literal["append", "overwrite", "replace-partitions"]


class EngineError(Exception):
    """What an engine refused, in a sentence that names no password."""


@dataclass(frozen=True, slots=True)
class EngineColumn:
    """A column as an engine has it; ``type`` is in the engine's words."""

    name: str
    type: str
    is_nullable: bool = True


@dataclass(frozen=True, slots=True)
class Selection:
    """Some columns of a table, and the rows in which columns equal values; a list of values stands for any of them."""

    table: TablePath
    columns: tuple[TableColumn, ...]
    where: Mapping[str, Any] = field(default_factory=dict)


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
