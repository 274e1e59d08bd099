"""Types of the portable language as engines write them, and back."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.errors import SqlglotError

from typedflow.sql._dialects import Dialect
from typedflow.sql._errors import SqlError
from typedflow.sql._types import column_type, data_type
from typedflow.values import ColumnType

#: Types that a dialect does not have, or not so that all of them is kept.
_UNSUPPORTED: dict[str, set[str]] = {"postgres": {"struct"}, "snowflake": {"list", "struct"}}
_TIMES = {exp.DType.TIMESTAMPNTZ, exp.DType.TIMESTAMPTZ}
#: As many digits after the point, and before it, has BigQuery's NUMERIC; BIGNUMERIC has more.
_SCALE, _WHOLE = 9, 29


def engine_type(kind: ColumnType, dialect: Dialect) -> str:
    """Return a type as a dialect writes it.

    Raises:
        SqlError: the dialect has no such type.
    """
    _refuse_unsupported(kind, dialect)
    found = data_type(kind)
    for each in list(found.find_all(exp.DataType)):
        if dialect == "trino" and each.this in _TIMES:  # without digits, it would have milliseconds
            each.set("expressions", [exp.DataTypeParam(this=exp.Literal.number(6))])
        if dialect == "bigquery" and each.this is exp.DType.DECIMAL and _is_big(each):
            each.set("this", exp.DType.BIGDECIMAL)
    return found.sql(dialect)


def read_engine_type(text: str, dialect: Dialect) -> ColumnType | None:
    """Return the portable type that holds the values of an engine's type, or None if there is none."""
    try:
        kind = column_type(exp.DataType.build(text, dialect=dialect))
    except (SqlglotError, ValueError):
        return None
    return kind if kind != ColumnType("decimal") else None


def stored_type(kind: ColumnType, dialect: Dialect) -> ColumnType | None:
    """Return the type that is read back from a column that was made with one: BigQuery's integers have 64 bits.

    Raises:
        SqlError: the dialect has no such type.
    """
    return read_engine_type(engine_type(kind, dialect), dialect)


def _refuse_unsupported(kind: ColumnType, dialect: Dialect) -> None:
    if kind.name in _UNSUPPORTED.get(dialect, ()):
        raise SqlError(f"{dialect} has no columns of type `{kind.name}<...>` that typedflow writes")
    for _, each in kind.fields:
        if dialect == "bigquery" and kind.name == each.name == "list":
            raise SqlError("bigquery has no lists of lists: put a struct between them")
        _refuse_unsupported(each, dialect)


def _is_big(decimal: exp.DataType) -> bool:
    digits, scale = (int(each.name) for each in decimal.expressions)
    return scale > _SCALE or digits - scale > _WHOLE
