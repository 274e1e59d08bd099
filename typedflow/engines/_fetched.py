"""What an engine returned, with the declared types: what they would round or cut is refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from typedflow.engines._engine import EngineError
from typedflow.engines._values import UnfitValueError, fit_value
from typedflow.values import TableColumn

if TYPE_CHECKING:
    import pyarrow


def fitted_rows(columns: Sequence[TableColumn], rows: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """Return rows whose values are of the declared types.

    Raises:
        EngineError: a value is not of the type that its column declares.
    """
    try:
        return [
            tuple(
                fit_value(value, column.type) if column.type else value
                for column, value in zip(columns, row, strict=True)
            )
            for row in rows
        ]
    except UnfitValueError:
        raise _refusal(columns, rows) from None


def _refusal(columns: Sequence[TableColumn], rows: Sequence[Sequence[Any]]) -> EngineError:
    for row in rows:
        for column, value in zip(columns, row, strict=True):
            try:
                fit_value(value, column.type) if column.type else None
            except UnfitValueError as error:
                return EngineError(f"the engine's `{column.name}` is not of its declared type: {error}")
    raise AssertionError("one value did not fit")


def fitted_table(columns: Sequence[TableColumn], table: pyarrow.Table) -> pyarrow.Table:
    """Return a table with the declared types.

    Raises:
        EngineError: a value is not of the type that its column declares.
    """
    from pyarrow import types

    from typedflow.engines._tables import fit_table

    for column, given in zip(columns, table.schema.types, strict=True):
        if column.type is not None and column.type.name == "float" and types.is_float64(given):
            raise EngineError(
                f"`{column.name}` is declared as float, and is double in the engine: values would be rounded"
            )
    nullable = [TableColumn(column.name, column.type) for column in columns]
    return fit_table(table.rename_columns([column.name for column in columns]), nullable, {})
