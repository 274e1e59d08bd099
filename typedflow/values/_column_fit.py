"""Which types of columns hold all values of another."""

from __future__ import annotations

from typedflow.values._column_types import ColumnType

_WIDER = {"int": {"bigint", "double"}, "float": {"double"}}


def fits_column_type(narrow: ColumnType, wide: ColumnType) -> bool:
    """Return whether a column of one type holds every value of another, unchanged."""
    if narrow == wide:
        return True
    if narrow.name == wide.name == "decimal":
        return wide.scale >= narrow.scale and wide.digits - wide.scale >= narrow.digits - narrow.scale
    if narrow.name == wide.name == "list":
        return fits_column_type(narrow.fields[0][1], wide.fields[0][1])
    if narrow.name == wide.name == "struct":
        return [name for name, _ in narrow.fields] == [name for name, _ in wide.fields] and all(
            fits_column_type(one, other) for (_, one), (_, other) in zip(narrow.fields, wide.fields, strict=True)
        )
    return wide.name in _WIDER.get(narrow.name, ())
