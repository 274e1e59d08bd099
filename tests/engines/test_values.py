"""Which values fit a type, and as what they are stored."""

import datetime
import math
from decimal import Decimal
from typing import Any

import numpy
import pandas
import pyarrow
import pytest

from typedflow.engines import EngineError, Records
from typedflow.values import TableColumn, parse_column_type

NOON = datetime.datetime(2024, 10, 6, 12)  # noqa: DTZ001
NOON_UTC = NOON.replace(tzinfo=datetime.timezone.utc)

FITS: list[tuple[str, Any, Any]] = [
    ("int", 3, 3),
    ("int", 3.0, 3),
    ("int", Decimal("3.00"), 3),
    ("int", numpy.int64(3), 3),
    ("int", 2**31 - 1, 2**31 - 1),
    ("bigint", -(2**63), -(2**63)),
    ("double", 3, 3.0),
    ("double", numpy.float32(0.5), 0.5),
    ("double", math.inf, math.inf),
    ("decimal(4,2)", 12, Decimal("12.00")),
    ("decimal(4,2)", Decimal("12.3400"), Decimal("12.34")),
    ("decimal(4,2)", Decimal("-0"), Decimal("0.00")),
    ("text", "", ""),
    ("bytes", bytearray(b"a"), b"a"),
    ("timestamp", NOON, NOON),
    ("timestamp", pandas.Timestamp(NOON), NOON),
    ("timestamptz", NOON_UTC.astimezone(datetime.timezone(datetime.timedelta(hours=2))), NOON_UTC),
    ("list<int>", (1, 2), [1, 2]),
    ("list<double>", numpy.array([1.5]), [1.5]),
    ("struct<a: int, b: text>", {"a": 1}, {"a": 1, "b": None}),
    ("text", None, None),
]
REFUSED: list[tuple[str, Any, str]] = [
    ("int", 1.5, "1.5 is not an int"),
    ("int", True, "True is not an int"),
    ("int", "1", "'1' is not an int"),
    ("int", 2**31, "2147483648 is not an int"),
    ("int", math.nan, "nan is not an int"),
    ("int", math.inf, "inf is not an int"),
    ("bigint", 2**63, "9223372036854775808 is not a bigint"),
    ("double", 2**53 + 1, "9007199254740993 is not a double"),
    ("double", "0.1", "'0.1' is not a double"),
    ("float", 1e300, "1e+300 is not a float"),
    ("decimal(4,2)", 0.1, "0.1 is not a decimal(4,2)"),
    ("decimal(4,2)", Decimal("0.001"), "Decimal('0.001') is not a decimal(4,2)"),
    ("decimal(4,2)", 100, "100 is not a decimal(4,2)"),
    ("decimal(4,2)", Decimal("NaN"), "Decimal('NaN') is not a decimal(4,2)"),
    ("decimal(4,2)", Decimal("1e1000000"), "is not a decimal(4,2)"),
    ("text", 1, "1 is not a text"),
    ("text", "\ud800", "is not valid Unicode"),
    ("bool", 1, "1 is not a bool"),
    ("bytes", "a", "'a' is not a bytes"),
    ("date", NOON, "is not a date"),
    ("timestamp", NOON.date(), "is not a timestamp"),
    ("timestamp", NOON_UTC, "has a time zone"),
    ("timestamptz", NOON, "has no time zone"),
    ("timestamp", pandas.Timestamp("2024-01-01T00:00:00.000000001"), "is not a timestamp"),
    ("timestamp", pandas.NaT, "is not a timestamp"),
    ("list<int>", "12", "is not a list<int>"),
    ("list<int>", [1, "2"], "'2' is not an int"),
    ("struct<a: int>", {"b": 1}, "is not a struct<a: int>"),
]


def records(kind: str, data: Any, **options: Any) -> Records:
    """Return records of one column."""
    return Records.of(data, (TableColumn("x", parse_column_type(kind), **options),))


@pytest.mark.parametrize(("kind", "value", "stored"), FITS, ids=str)
def test_fits(kind: str, value: Any, stored: Any) -> None:
    """A value is stored as one of its column's type."""
    (values,) = records(kind, [{"x": value}]).lists()
    assert values == [stored]
    assert type(values[0]) is type(stored)


@pytest.mark.parametrize(("kind", "value", "message"), REFUSED, ids=str)
def test_refused(kind: str, value: Any, message: str) -> None:
    """A value that would be changed is refused, with its row and column."""
    with pytest.raises(EngineError) as raised:
        records(kind, [{"x": None}, {"x": value}])
    assert str(raised.value).startswith("row 1: `x`: ")
    assert message in str(raised.value)


@pytest.mark.parametrize(
    ("kind", "array"),
    [
        ("int", pyarrow.array([1.5])),
        ("int", pyarrow.array([2**31])),
        ("int", pyarrow.array(["1"])),
        ("int", pyarrow.array([True])),
        ("text", pyarrow.array([1])),
        ("double", pyarrow.array([2**53 + 1])),
        ("float", pyarrow.array([1e300])),
        ("decimal(4,2)", pyarrow.array([Decimal("0.001")])),
        ("decimal(4,2)", pyarrow.array([0.1])),
        ("date", pyarrow.array([NOON])),
        ("timestamp", pyarrow.array([NOON_UTC])),
        ("timestamp", pyarrow.array([1], type=pyarrow.timestamp("ns"))),
        ("timestamptz", pyarrow.array([NOON])),
        ("list<int>", pyarrow.array([["1"]])),
    ],
    ids=str,
)
def test_refused_arrow(kind: str, array: Any) -> None:
    """Arrow's values are refused like those of Python, also where Arrow itself would convert them."""
    with pytest.raises(EngineError, match="`x`"):
        records(kind, pyarrow.table({"x": array}))


def test_arrow_fits() -> None:
    """Other sizes and encodings of Arrow are the declared type's, if no value changes."""
    dictionary = pyarrow.array(["a", "b", "a"]).dictionary_encode()
    assert records("text", pyarrow.table({"x": dictionary})).lists() == (["a", "b", "a"],)
    assert records("int", pyarrow.table({"x": pyarrow.array([1.0, None])})).lists() == ([1, None],)
    assert records("int", pyarrow.table({"x": pyarrow.nulls(1)})).lists() == ([None],)


def test_pandas_missing() -> None:
    """What pandas counts as missing is NULL."""
    frame = pandas.DataFrame({"x": [1.0, math.nan]})
    assert records("int", frame).lists() == ([1, None],)
    frame = pandas.DataFrame({"x": ["a", math.nan]}, dtype=object)
    assert records("text", frame).lists() == (["a", None],)


@pytest.mark.parametrize("data", [[{"x": 1}, {}], pandas.DataFrame({"x": [1.0, None]})], ids=["rows", "pandas"])
def test_not_null(data: Any) -> None:
    """A missing value is refused where it may not be NULL."""
    with pytest.raises(EngineError, match="row 1 has no value for `x`, which may not be NULL"):
        records("int", data, is_nullable=False)


@pytest.mark.parametrize("data", [[{"x": 1}, {"y": 1}], pyarrow.table({"y": [1]})], ids=["rows", "arrow"])
def test_unknown_column(data: Any) -> None:
    """A column that the table does not have is refused."""
    with pytest.raises(EngineError, match="`y` is not a column; the columns are `x`"):
        records("int", data)


@pytest.mark.parametrize("data", ["text", 1, {"x": 1}, [1], [("x", 1)]], ids=str)
def test_no_rows(data: Any) -> None:
    """Something else than rows is refused."""
    with pytest.raises(EngineError, match="must be"):
        records("int", data)


@pytest.mark.parametrize("data", [[{"x": 2}], pyarrow.table({"x": [2]})], ids=["rows", "arrow"])
def test_partition_contradicts(data: Any) -> None:
    """A row of another partition than the named one is refused."""
    columns = (TableColumn("x", parse_column_type("int")),)
    with pytest.raises(EngineError, match="2, and the partition is 1"):
        Records.of(data, columns, {"x": 1})
    with pytest.raises(EngineError, match="the partition `x`: '1' is not an int"):
        Records.of([], columns, {"x": "1"})
    with pytest.raises(EngineError, match="`y` is not a column"):
        Records.of([], columns, {"y": 1})
