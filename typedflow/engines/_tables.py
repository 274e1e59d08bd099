"""Tables of Arrow, with the types that columns declare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from typedflow.engines._engine import EngineError
from typedflow.values import ColumnType, TableColumn

if TYPE_CHECKING:
    import pyarrow

#: Kinds of Arrow's types whose values may be those of a type of columns; each value is checked, too.
_ARROW_KINDS = {
    "int": ("integer", "floating", "decimal"),
    "bigint": ("integer", "floating", "decimal"),
    "float": ("floating", "integer"),
    "double": ("floating", "integer"),
    "decimal": ("decimal", "integer"),
    "text": ("string", "large_string", "string_view"),
    "bytes": ("binary", "large_binary", "binary_view"),
    "bool": ("boolean",),
    "date": ("date",),
}
_NAMES = {
    "int": "int32",
    "bigint": "int64",
    "float": "float32",
    "double": "float64",
    "text": "string",
    "bool": "bool_",
    "bytes": "binary",
    "date": "date32",
}


def arrow_type(kind: ColumnType) -> pyarrow.DataType:
    """Return the type of Arrow that holds each value of a type of columns."""
    import pyarrow

    if kind.name == "decimal":
        return pyarrow.decimal128(kind.digits, kind.scale)
    if kind.name in {"timestamp", "timestamptz"}:
        return pyarrow.timestamp("us", "UTC" if kind.name == "timestamptz" else None)
    if kind.name == "list":
        return pyarrow.list_(arrow_type(kind.fields[0][1]))
    if kind.name == "struct":
        return pyarrow.struct([(name, arrow_type(item)) for name, item in kind.fields])
    found: pyarrow.DataType = getattr(pyarrow, _NAMES[kind.name])()
    return found


def arrow_table(columns: Sequence[TableColumn], rows: Sequence[tuple[Any, ...]]) -> pyarrow.Table:
    """Return rows whose values fit their columns as a table of Arrow.

    Raises:
        EngineError: pyarrow is not installed.
    """
    pyarrow = _pyarrow()
    values = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    arrays = [
        pyarrow.array(list(each), type=arrow_type(column.type) if column.type else None)
        for column, each in zip(columns, values, strict=True)
    ]
    return pyarrow.Table.from_arrays(arrays, names=[column.name for column in columns])


def fit_table(table: pyarrow.Table, columns: Sequence[TableColumn], shared: Mapping[str, Any]) -> pyarrow.Table:
    """Return a table with all columns in their order and the declared types; ``shared`` are values of all rows.

    Raises:
        EngineError: a value would be changed, or is missing.
    """
    import pyarrow

    arrays = []
    for column in columns:
        if column.name in table.column_names:
            array = _fit(table.column(column.name), column)
        elif column.name in shared:
            array = None
        else:
            array = pyarrow.nulls(table.num_rows, arrow_type(column.type) if column.type else None)
        if column.name in shared:
            array = _all_equal(array, column, shared[column.name], table.num_rows)
        if array.null_count and not column.is_nullable:
            row = next(number for number, value in enumerate(array) if not value.is_valid)
            raise EngineError(f"row {row} has no value for `{column.name}`, which may not be NULL")
        arrays.append(array)
    return pyarrow.Table.from_arrays(arrays, names=[column.name for column in columns])


def _all_equal(array: Any, column: TableColumn, value: Any, count: int) -> Any:
    """Return an array of one value, which all values of the given array must be."""
    import pyarrow

    kind = arrow_type(column.type) if column.type else None
    if array is not None and (others := [each for each in array.unique().to_pylist() if each != value]):
        raise EngineError(f"`{column.name}` has the value {others[0]!r}, and the partition is {value!r}")
    return pyarrow.array([value] * count, type=kind)


def _fit(array: Any, column: TableColumn) -> Any:
    """Return an array with the declared type, if no value changes by that."""
    import pyarrow
    from pyarrow import compute

    if column.type is None:
        return array
    wanted = arrow_type(column.type)
    if pyarrow.types.is_dictionary(array.type):
        array = array.cast(array.type.value_type)
    if not _is_of_kind(array.type, column.type):
        raise EngineError(f"`{column.name}` has the type {array.type} of Arrow, which is not {column.type}")
    try:
        fitted = array.cast(wanted, safe=True)
    except pyarrow.ArrowInvalid as error:
        raise EngineError(f"`{column.name}` does not fit {column.type}: {' '.join(map(str, error.args))}") from None
    if column.type.name == "float" and pyarrow.types.is_floating(array.type):
        became_infinite = compute.and_(compute.is_inf(fitted), compute.invert(compute.is_inf(array)))
        if compute.any(became_infinite).as_py():
            raise EngineError(f"`{column.name}` does not fit float: a value is too large")
    return fitted


def _is_of_kind(given: Any, kind: ColumnType) -> bool:
    """Return whether values of a type of Arrow are values of a type of columns, but for their size."""
    from pyarrow import types

    if types.is_null(given):
        return True
    if kind.name == "list":
        is_list = types.is_list(given) or types.is_large_list(given) or types.is_fixed_size_list(given)
        return is_list and _is_of_kind(given.value_type, kind.fields[0][1])
    if kind.name == "struct":
        return types.is_struct(given) and all(
            given.get_field_index(name) >= 0 and _is_of_kind(given.field(name).type, item) for name, item in kind.fields
        )
    if kind.name in {"timestamp", "timestamptz"}:
        return types.is_timestamp(given) and (given.tz is None) == (kind.name == "timestamp")
    return any(getattr(types, f"is_{each}")(given) for each in _ARROW_KINDS[kind.name])


def _pyarrow() -> Any:
    try:
        import pyarrow
    except ImportError:
        raise EngineError("`.arrow()` and `.pandas()` require pyarrow: `pip install pyarrow`") from None
    return pyarrow
