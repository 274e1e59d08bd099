"""A table in the steps of a flow: reading it, and writing it if it is not external."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Literal, Protocol, TypeAlias, TypeVar

from typedflow.models import RunEngine, RunTable
from typedflow.values import TableColumn, TypedflowError, listed

if TYPE_CHECKING:
    import pandas
    import pyarrow

    from typedflow.engines import Engine, Selection

ColumnT = TypeVar("ColumnT", bound=str)
RowT = TypeVar("RowT")
WriteMode: TypeAlias = Literal["append", "overwrite", "replace-partitions"]
_MODES = ("append", "overwrite", "replace-partitions")


class TableError(Exception):
    """A step reads or writes a table in a way that is refused, or the engine refuses it; nothing was written."""


class ArrowFrame(Protocol):
    """A data frame that Arrow can read: of pandas or Polars, or a table of Arrow."""

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        """Return the stream of Arrow's PyCapsule interface."""


class TableReading(Generic[ColumnT]):
    """Rows of a table, which are read when one of its methods is called."""

    def __init__(self, table: _Table[ColumnT], columns: Sequence[str] | None, where: Mapping[Any, Any]) -> None:
        """``columns`` are all of the table if they are None."""
        self._table, self._columns, self._where = table, columns, where

    def rows(self) -> list[dict[ColumnT, Any]]:
        """Return the rows, in no particular order.

        Raises:
            TableError: the table cannot be read.
        """
        with self._table.opened() as engine:
            selection = self._selection(engine)
            names: list[Any] = [column.name for column in selection.columns]
            return [dict(zip(names, row, strict=True)) for row in engine.fetch_rows(selection)]

    def arrow(self) -> pyarrow.Table:
        """Return the rows as a table of Arrow.

        Raises:
            TableError: the table cannot be read; pyarrow is not installed.
        """
        with self._table.opened() as engine:
            return engine.fetch_arrow(self._selection(engine))

    def pandas(self) -> pandas.DataFrame:
        """Return the rows as a data frame.

        Raises:
            TableError: the table cannot be read; pandas or pyarrow is not installed.
        """
        from typedflow.engines import pandas_frame

        with self._table.opened() as engine:
            return pandas_frame(engine.fetch_arrow(self._selection(engine)))

    def _selection(self, engine: Engine) -> Selection:
        from typedflow.engines import select

        declared = self._table.declared
        known = declared.whole_columns or tuple(
            TableColumn(each.name, None, each.is_nullable) for each in engine.columns(self._table.path)
        )
        return select(self._table.path, known, self._columns, self._where)


class _Table(Generic[ColumnT]):
    """What all tables have: a name in the project, what the run has stored of the table, and the engine."""

    def __init__(self, name: str, declared: RunTable, engine: RunEngine) -> None:
        self.declared = declared
        self._name, self._engine = name, engine

    def __repr__(self) -> str:
        """Return the name in the project and that in the engine."""
        return f"<{type(self).__name__} {self._name}: {self.declared.table}>"

    @property
    def path(self) -> tuple[str, ...]:
        """The parts of the name in the engine."""
        return tuple(self.declared.table.split("."))

    def read(
        self, *, columns: Sequence[ColumnT] | None = None, where: Mapping[ColumnT, Any] | None = None
    ) -> TableReading[ColumnT]:
        """Return rows of some columns, or of all: those in which each column of ``where`` has the given value.

        A list of values stands for any of them, and None for NULL. Nothing is read yet.

        Raises:
            TableError: a column is unknown, or a value does not fit it.
        """
        from typedflow.engines import EngineError, select

        if isinstance(columns, str):
            raise self._error("`columns` is a list of names, not text")
        names = None if columns is None else list(columns)
        if self.declared.columns:
            try:
                select(self.path, self.declared.whole_columns, names, where or {})
            except EngineError as error:
                raise self._error(str(error)) from None
        return TableReading(self, names, dict(where or {}))

    @contextmanager
    def opened(self) -> Iterator[Engine]:
        """Open the engine; what it refuses is a ``TableError``."""
        from typedflow.engines import EngineError
        from typedflow.units._open_engine import open_engine
        from typedflow.workspace import environment_variables

        engine: Engine | None = None
        try:
            engine = open_engine(self._engine, Path(), environment_variables())
            yield engine
        except TypedflowError as error:
            raise self._error(error.diagnostics[0].message) from None
        except EngineError as error:
            raise self._error(self._explained(str(error), engine)) from None

    def _explained(self, message: str, engine: Engine | None) -> str:
        """Return an engine's message; another if the table does not exist."""
        from typedflow.engines import EngineError

        try:
            if engine is None or engine.columns(self.path):
                return message
        except EngineError:
            return message
        missing = f"the engine has no table `{self.declared.table}`"
        return missing if self.declared.external else f"{missing}: create it with `typedflow table apply`"

    def _error(self, message: str) -> TableError:
        return TableError(f"table `{self._name}`: {message}")


class ExternalTable(_Table[ColumnT], Generic[ColumnT, RowT]):
    """A table that is only read: somebody else creates it, and writes it."""

    if not TYPE_CHECKING:

        def write(self, *_: object, **__: object) -> None:
            """Refuse to write, in one sentence."""
            raise self._error("it is external, so that it is only read")


class WritableTable(_Table[ColumnT], Generic[ColumnT, RowT]):
    """A table of the project, which flows read and write."""

    def write(
        self,
        data: Iterable[RowT] | ArrowFrame,
        *,
        partitions: Mapping[ColumnT, Any] | None = None,
        mode: WriteMode | None = None,
    ) -> int:
        """Write rows in one transaction, and return their number.

        ``data`` is a list of mappings, or a data frame. ``partitions`` are values of the columns that the table is
        partitioned by, which the rows may leave out. ``replace-partitions`` replaces the partitions that are named, or
        that the rows are in; ``append`` adds rows, ``overwrite`` replaces all rows. Without a mode, a partitioned table
        has its partitions replaced, so that a repeated run replaces its own rows; to another, rows are added.

        Raises:
            TableError: the rows do not fit the table, or the engine refuses them; nothing was written.
        """
        from typedflow.engines import Records

        by = self.declared.partitioned_by
        chosen = mode or ("replace-partitions" if by else "append")
        self._check(partitions or {}, chosen)
        with self.opened() as engine:
            shared: dict[Any, Any] = dict(partitions or {})
            records = Records.of(data, self.declared.whole_columns, shared)
            return engine.write(self.path, records, chosen, by)

    def _check(self, partitions: Mapping[Any, Any], mode: str) -> None:
        by = self.declared.partitioned_by
        if mode not in _MODES:
            raise self._error(f"there is no mode `{mode}`; the modes are {listed(_MODES)}")
        if not by and (partitions or mode == "replace-partitions"):
            raise self._error("it has no partitions: its file has no `partitioned_by`")
        for name in partitions:
            if name not in by:
                raise self._error(f"it is not partitioned by `{name}`, but by {listed(by)}")
