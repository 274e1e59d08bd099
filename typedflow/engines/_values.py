"""Python values of the types of columns: each value as its type stores it, or a sentence why it cannot."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timezone
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, localcontext
from typing import Any

from typedflow.values import MAX_DIGITS, ColumnType

_INT_BITS = {"int": 31, "bigint": 63}
#: Above it, not every integer is a double.
_EXACT_DOUBLE = 2**53
_LARGEST_FLOAT = 3.4028234663852886e38  # IEEE 754, binary32


class UnfitValueError(ValueError):
    """A value does not fit a type; the message completes "column `x`: "."""


def fit_value(value: Any, kind: ColumnType) -> Any:
    """Return a value as a column of a type stores it; numbers of NumPy and the like become those of Python.

    Raises:
        UnfitValueError: the value would be changed: rounded, cut, or read as another type.
    """
    if value is None:
        return None
    item = getattr(value, "item", None)  # a scalar of NumPy
    if callable(item) and getattr(value, "shape", None) == ():
        value = item()
    return _FITS[kind.name](value, kind)


def _integer(value: Any, kind: ColumnType) -> int:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)) or value != value:  # noqa: PLR0124 - NaN
        raise _unfit(value, kind)
    try:
        number = int(value)
    except OverflowError:  # infinity
        raise _unfit(value, kind) from None
    bits = _INT_BITS[kind.name]
    if number != value or not -(2**bits) <= number < 2**bits:
        raise _unfit(value, kind)
    return number


def _double(value: Any, kind: ColumnType) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise _unfit(value, kind)
    if isinstance(value, int) and abs(value) > _EXACT_DOUBLE:
        raise _unfit(value, kind)
    number = float(value)
    if kind.name == "float" and math.isfinite(number) and abs(number) > _LARGEST_FLOAT:
        raise _unfit(value, kind)
    return number


def _decimal(value: Any, kind: ColumnType) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise _unfit(value, kind)
    number = Decimal(value)
    if not number.is_finite():
        raise _unfit(value, kind)
    with localcontext(Context(prec=2 * MAX_DIGITS + len(number.as_tuple().digits), Emax=MAX_EMAX, Emin=MIN_EMIN)):
        is_small = abs(number) < Decimal(10) ** (kind.digits - kind.scale)
        fitted = number.quantize(Decimal(1).scaleb(-kind.scale)) if is_small else None
    if fitted is None or fitted != number:
        raise _unfit(value, kind)
    return fitted


def _text(value: Any, kind: ColumnType) -> str:
    if not isinstance(value, str):
        raise _unfit(value, kind)
    try:
        value.encode()
    except UnicodeEncodeError:  # a lone surrogate
        raise _unfit(value, kind, "is not valid Unicode") from None
    return str(value)


def _bool(value: Any, kind: ColumnType) -> bool:
    if not isinstance(value, bool):
        raise _unfit(value, kind)
    return value


def _bytes(value: Any, kind: ColumnType) -> bytes:
    if not isinstance(value, (bytes, bytearray, memoryview)):
        raise _unfit(value, kind)
    return bytes(value)


def _date(value: Any, kind: ColumnType) -> date:
    if isinstance(value, datetime) or not isinstance(value, date):
        raise _unfit(value, kind)
    return value


def _timestamp(value: Any, kind: ColumnType) -> datetime:
    nanoseconds = getattr(value, "nanosecond", 0)  # of pandas
    if not isinstance(value, datetime) or nanoseconds or value != value:  # noqa: PLR0124 - NaT
        raise _unfit(value, kind)
    if hasattr(value, "to_pydatetime"):
        value = value.to_pydatetime()
    moment: datetime = value
    is_aware = moment.utcoffset() is not None
    if is_aware != (kind.name == "timestamptz"):
        raise _unfit(value, kind, "has a time zone" if is_aware else "has no time zone")
    return moment.astimezone(timezone.utc) if is_aware else moment


def _list(value: Any, kind: ColumnType) -> list[Any]:
    if hasattr(value, "tolist"):  # an array of NumPy
        value = value.tolist()
    if isinstance(value, (str, bytes)) or not isinstance(value, Sequence):
        raise _unfit(value, kind)
    ((_, item),) = kind.fields
    return [fit_value(each, item) for each in value]


def _struct(value: Any, kind: ColumnType) -> dict[str, Any]:
    if not isinstance(value, Mapping) or not value.keys() <= {name for name, _ in kind.fields}:
        raise _unfit(value, kind)
    return {name: fit_value(value.get(name), item) for name, item in kind.fields}


def _unfit(value: Any, kind: ColumnType, why: str = "") -> UnfitValueError:
    shown = repr(value)
    if len(shown) > _LONGEST:
        shown = f"{shown[:_LONGEST]}..."
    return UnfitValueError(f"{shown} {why}, and the type is {kind}" if why else f"{shown} is not {_article(str(kind))}")


_LONGEST = 60


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


_FITS: dict[str, Callable[[Any, ColumnType], Any]] = {
    "int": _integer,
    "bigint": _integer,
    "float": _double,
    "double": _double,
    "decimal": _decimal,
    "text": _text,
    "bool": _bool,
    "bytes": _bytes,
    "date": _date,
    "timestamp": _timestamp,
    "timestamptz": _timestamp,
    "list": _list,
    "struct": _struct,
}
