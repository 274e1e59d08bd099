"""Python's values as literals of SQL, each with its type: what an engine reads is what the value was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timezone
from decimal import Decimal
from math import isfinite

from sqlglot import exp

from typedflow.sql._dialects import Dialect
from typedflow.sql._engine_types import engine_type
from typedflow.sql._errors import SqlError
from typedflow.values import MAX_DIGITS, ColumnType

_LARGEST = 2**63
_FLOATS = {"inf": "Infinity", "-inf": "-Infinity", "nan": "NaN"}


def literal(value: object, dialect: Dialect) -> str:
    """Return a value as a literal.

    Raises:
        SqlError: values of its type have no literal, or the value is too large.
    """
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return _whole(value, dialect)
    if isinstance(value, str):
        return _text(value, dialect)
    if isinstance(value, list | tuple):
        return _list(value, dialect)
    return _typed(value, dialect)


def literals(values: Sequence[object], dialect: Dialect) -> str:
    """Return the values of ``IN (...)``, separated by commas.

    Raises:
        SqlError: there are none, or one has no literal.
    """
    if not values:
        raise SqlError("a list after IN must not be empty")
    return ", ".join(literal(value, dialect) for value in values)


def _whole(value: int, dialect: Dialect) -> str:
    if abs(value) < _LARGEST:
        return str(value) if value >= 0 else f"({value})"  # `a -:n` would begin a comment
    if abs(value) >= 10**MAX_DIGITS:
        raise SqlError(f"an integer of more than {MAX_DIGITS} digits is too large for SQL")
    return _cast(str(value), ColumnType("decimal", MAX_DIGITS, 0), dialect)


def _text(value: str, dialect: Dialect) -> str:
    if "\0" in value or any("\ud800" <= character <= "\udfff" for character in value):
        raise SqlError("a string with a NUL character or half of a surrogate pair cannot be written in SQL")
    return exp.Literal.string(value).sql(dialect)


def _typed(value: object, dialect: Dialect) -> str:
    if isinstance(value, float):
        text = repr(value)
        return _cast(text if isfinite(value) else _FLOATS[text], ColumnType("double"), dialect)
    if isinstance(value, Decimal):
        return _decimal(value, dialect)
    if isinstance(value, datetime):
        moment = value if value.tzinfo is None else value.astimezone(timezone.utc)
        kind = "timestamp" if value.tzinfo is None else "timestamptz"
        return _cast(moment.isoformat(" ", "microseconds"), ColumnType(kind), dialect)
    if isinstance(value, date):
        return _cast(value.isoformat(), ColumnType("date"), dialect)
    raise SqlError(f"a value of type `{type(value).__name__}` cannot be written in SQL")


def _decimal(value: Decimal, dialect: Dialect) -> str:
    if not value.is_finite():
        raise SqlError(f"the decimal `{value}` cannot be written in SQL")
    text = f"{value:f}"
    whole, _, fraction = text.lstrip("-").partition(".")
    digits = max(len(whole.lstrip("0")) + len(fraction), 1)
    if digits > MAX_DIGITS:
        raise SqlError(f"a decimal of more than {MAX_DIGITS} digits is too large for SQL")
    return _cast(text, ColumnType("decimal", digits, len(fraction)), dialect)


def _list(values: Sequence[object], dialect: Dialect) -> str:
    types = {type(value) for value in values if value is not None}
    if len(types) > 1 and not types <= {int, float}:
        raise SqlError(f"a list of different types, {_names(types)}, cannot be written in SQL")
    if not values and dialect == "postgres":
        raise SqlError("an empty list cannot be written in the SQL of postgres")
    elements = ", ".join(literal(value, dialect) for value in values)
    if dialect == "spark":
        return f"ARRAY({elements})"
    return f"ARRAY[{elements}]" if dialect in {"postgres", "trino"} else f"[{elements}]"


def _names(types: set[type]) -> str:
    return " and ".join(sorted(f"`{each.__name__}`" for each in types))


def _cast(text: str, kind: ColumnType, dialect: Dialect) -> str:
    name = engine_type(kind, dialect)
    if dialect == "bigquery":  # its CAST accepts no digits
        name = name.partition("(")[0]
    return f"CAST({exp.Literal.string(text).sql(dialect)} AS {name})"
