"""What is read of a table: its columns, and the values that others have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from typedflow.engines._convert import check_names
from typedflow.engines._engine import EngineError, Selection, TablePath
from typedflow.engines._values import UnfitValueError, fit_value
from typedflow.values import TableColumn, listed

_LISTS = (list, tuple, set, frozenset)


def select(
    table: TablePath, known: Sequence[TableColumn], names: Sequence[str] | None, where: Mapping[Any, Any]
) -> Selection:
    """Return a selection of some columns of a table, or of all; a list of values stands for any of them.

    Raises:
        EngineError: a column is unknown, or named twice; a value does not fit its column.
    """
    by_name = {column.name: column for column in known}
    check_names([*(names or ()), *where], tuple(known))
    chosen = list(by_name) if names is None else list(names)
    if not chosen:
        raise EngineError(f"no column is named; the columns are {listed(by_name)}")
    if twice := next((name for name in chosen if chosen.count(name) > 1), None):
        raise EngineError(f"the column `{twice}` is named twice")
    columns = tuple(by_name[name] for name in chosen)
    return Selection(table, columns, {name: _fitted(value, by_name[name]) for name, value in where.items()})


def _fitted(value: Any, column: TableColumn) -> Any:
    kind = column.type
    if kind is None:
        return value
    is_list = isinstance(value, _LISTS) and kind.name not in {"list", "struct"}
    try:
        return [fit_value(each, kind) for each in value] if is_list else fit_value(value, kind)
    except UnfitValueError as error:
        raise EngineError(f"`{column.name}`: {error}") from None
