"""Rows that users write, as the columns of a table: complete, of the declared types, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from typedflow.engines._engine import EngineError
from typedflow.engines._values import UnfitValueError, fit_value
from typedflow.values import TableColumn, did_you_mean, listed

if TYPE_CHECKING:
    import pyarrow


@dataclass(frozen=True, slots=True)
class Records:
    """Rows to be written: all columns of the table in their order, with values that fit them."""

    columns: tuple[TableColumn, ...]
    #: One list of values for each column, or a table of Arrow with the declared types.
    data: tuple[list[Any], ...] | pyarrow.Table
    count: int
    #: The partitions that the caller named: written even if they have no rows.
    partitions: Mapping[str, Any]

    @staticmethod
    def of(data: Any, columns: tuple[TableColumn, ...], partitions: Mapping[str, Any] | None = None) -> Records:
        """Return rows as a table with these columns stores them.

        ``data`` is a data frame of pandas, a table of Arrow, an object with Arrow's PyCapsule interface, or mappings.
        Columns that are left out are NULL. ``partitions`` are values of columns, the same in all rows, which the rows
        may leave out.

        Raises:
            EngineError: a column is unknown, a value does not fit, or a column that may not be NULL has no value.
        """
        shared = _fitted_partitions(partitions or {}, columns)
        if hasattr(data, "__arrow_c_stream__"):
            from typedflow.engines._frames import rows_of_pandas, table_of
            from typedflow.engines._tables import fit_table

            table = table_of(data)
            if table is not None:
                check_names(table.column_names, columns)
                return Records(columns, fit_table(table, columns, shared), table.num_rows, shared)
            data = rows_of_pandas(data)
        rows = _mappings(data)
        check_names(dict.fromkeys(key for row in rows for key in row), columns)
        return Records(columns, tuple(_values(rows, column, shared) for column in columns), len(rows), shared)

    def lists(self) -> tuple[list[Any], ...]:
        """Return the values of each column."""
        if isinstance(self.data, tuple):
            return self.data
        return tuple(column.to_pylist() for column in self.data.columns)

    def written_partitions(self, names: Sequence[str]) -> list[tuple[Any, ...]]:
        """Return the partitions that the rows are in, by the values of the partitioning columns, each once."""
        if self.partitions and set(names) <= self.partitions.keys():
            return [tuple(self.partitions[name] for name in names)]
        places = [column.name for column in self.columns]
        if isinstance(self.data, tuple):
            values = [self.data[places.index(name)] for name in names]
            return list(dict.fromkeys(zip(*values, strict=True)))
        distinct = self.data.select(list(names)).group_by(list(names)).aggregate([])
        return [tuple(row[name] for name in names) for row in distinct.to_pylist()]


def _mappings(data: Any) -> list[Mapping[str, Any]]:
    refused = EngineError(
        f"rows must be mappings, a data frame of pandas or a table of Arrow, not {type(data).__name__}"
    )
    if isinstance(data, (str, bytes, Mapping)) or not isinstance(data, Iterable):
        raise refused
    rows = list(data)
    for row in rows:
        if not isinstance(row, Mapping):
            raise EngineError(f"each row must be a mapping from columns to values, not {type(row).__name__}")
    return rows


def _values(rows: list[Mapping[str, Any]], column: TableColumn, shared: Mapping[str, Any]) -> list[Any]:
    name = column.name
    values = []
    for number, row in enumerate(rows):
        value = _fitted(row.get(name), column, number)
        if name in shared:
            if name in row and value != shared[name]:
                raise EngineError(f"row {number}: `{name}` is {value!r}, and the partition is {shared[name]!r}")
            value = shared[name]
        if value is None and not column.is_nullable:
            raise EngineError(f"row {number} has no value for `{name}`, which may not be NULL")
        values.append(value)
    return values


def _fitted(value: Any, column: TableColumn, number: int) -> Any:
    if column.type is None:
        return value
    try:
        return fit_value(value, column.type)
    except UnfitValueError as error:
        raise EngineError(f"row {number}: `{column.name}`: {error}") from None


def _fitted_partitions(partitions: Mapping[str, Any], columns: tuple[TableColumn, ...]) -> dict[str, Any]:
    check_names(partitions, columns)
    by_name = {column.name: column for column in columns}
    found = {}
    for name, value in partitions.items():
        kind = by_name[name].type
        try:
            found[name] = value if kind is None else fit_value(value, kind)
        except UnfitValueError as error:
            raise EngineError(f"the partition `{name}`: {error}") from None
        if found[name] is None and not by_name[name].is_nullable:
            raise EngineError(f"the partition `{name}` is None, and may not be NULL")
    return found


def check_names(names: Iterable[Any], columns: tuple[TableColumn, ...]) -> None:
    """Raise ``EngineError`` for a name that is not that of a column."""
    known = [column.name for column in columns]
    for name in names:
        if name not in known:
            advice = did_you_mean(name, known) or f"the columns are {listed(known)}"
            raise EngineError(f"`{name}` is not a column; {advice}")
