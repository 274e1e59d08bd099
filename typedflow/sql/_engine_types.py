"""Types of the portable language as engines write them, and back."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect as Grammar
from sqlglot.errors import SqlglotError

from typedflow.sql._dialects import Dialect
from typedflow.sql._errors import SqlError
from typedflow.sql._types import column_type, data_type
from typedflow.values import MAX_DIGITS, ColumnType

#: Types that a dialect does not have, or not so that all of them is kept.
_UNSUPPORTED: dict[str, set[str]] = {"postgres": {"struct"}, "snowflake": {"list", "struct"}}
#: BigQuery refuses lists of lists, and PostgreSQL forgets how deep they are.
_FLAT_LISTS = {"bigquery", "postgres"}
_TIMES = {exp.DType.TIMESTAMPNTZ, exp.DType.TIMESTAMPTZ}
#: As many digits after the point, and before it, has BigQuery's NUMERIC; BIGNUMERIC has more.
_SCALE, _WHOLE = 9, 29
_NUMERIC = ColumnType("decimal", _SCALE + _WHOLE, _SCALE)
#: Snowflake stores whole numbers as NUMBER(38, 0), whatever they are declared as.
_SNOWFLAKE_WHOLE = (ColumnType("int"), ColumnType("bigint"), ColumnType("decimal", MAX_DIGITS, 0))


def engine_type(kind: ColumnType, dialect: Dialect) -> str:
    """Return a type as a dialect writes it.

    Raises:
        SqlError: the dialect has no such type.
    """
    return sqlglot_type(kind, dialect).sql(dialect)


def sqlglot_type(kind: ColumnType, dialect: Dialect) -> exp.DataType:
    """Return sqlglot's type for one, as a dialect has it.

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
    return found


def read_engine_type(text: str, dialect: Dialect) -> ColumnType | None:
    """Return the portable type that holds the values of an engine's type, or None if there is none."""
    try:
        (found,) = Grammar.get_or_raise(dialect).parse_into(exp.DataType, text)
    except (SqlglotError, ValueError):
        return None
    if not isinstance(found, exp.DataType):
        return None
    kind = column_type(found)
    if dialect == "snowflake" and kind in _SNOWFLAKE_WHOLE:
        return ColumnType("bigint")
    if kind == ColumnType("decimal"):
        return _NUMERIC if dialect == "bigquery" and found.this is exp.DType.DECIMAL else None
    return kind


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
        if dialect in _FLAT_LISTS and kind.name == each.name == "list":
            raise SqlError(f"{dialect} has no lists of lists")
        _refuse_unsupported(each, dialect)


def _is_big(decimal: exp.DataType) -> bool:
    digits, scale = (int(each.name) for each in decimal.expressions)
    return scale > _SCALE or digits - scale > _WHOLE
