"""Binding: an engine reads each value as what it was, and the rest of the text stays as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from math import inf, isnan, nan

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlglot import tokenize

from typedflow.sql import DIALECTS, Dialect, SqlError, bind_sql
from typedflow.values import Source


def bind(
    text: str,
    values: Mapping[str, object] | None = None,
    names: Mapping[str, str] | None = None,
    dialect: Dialect = "duckdb",
) -> str:
    """Return the only statement of a text, bound."""
    (statement,) = bind_sql(Source("x.sql", text), dialect, names or {}, values or {})
    return statement


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """DuckDB, whose times are in UTC."""
    with duckdb.connect() as found:
        found.execute("SET TimeZone = 'UTC'")
        yield found


TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
WHOLE = st.integers(-(2**62), 2**62)
ELEMENTS = [
    st.booleans(),
    WHOLE,
    st.floats(allow_nan=False),
    st.decimals(allow_nan=False, allow_infinity=False, places=9, min_value=-(10**20), max_value=10**20),
    TEXTS,
    st.dates(),
    st.datetimes(),
]
VALUES = st.one_of(
    st.none(),
    *ELEMENTS,
    st.integers(-(10**38) + 1, 10**38 - 1),
    *(st.lists(each, max_size=4) for each in ELEMENTS if each is not ELEMENTS[3]),
    st.lists(st.lists(WHOLE, min_size=1), min_size=1),
)


def is_same(found: object, value: object) -> bool:
    """Return whether two values are equal, and of one type."""
    if isinstance(value, list):
        return isinstance(found, list) and len(found) == len(value) and all(map(is_same, found, value))
    if type(value) is int and isinstance(found, Decimal):
        return found == value  # it has more than 64 bits
    return type(found) is type(value) and found == value


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(VALUES)
def test_a_value_is_what_it_was(connection: duckdb.DuckDBPyConnection, value: object) -> None:
    """Texts with quotes, dates, times, decimals, numbers, lists."""
    text = bind("SELECT :value AS found, ':value' AS rest -- :value\n", {"value": value})
    ((found, rest),) = connection.execute(text).fetchall()
    assert is_same(found, value)
    assert rest == ":value"


ZONES = st.integers(-720, 720).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.datetimes(datetime(1900, 1, 2), datetime(2200, 1, 1), timezones=ZONES))  # noqa: DTZ001 # bounds have no zone
def test_a_moment_is_what_it_was(connection: duckdb.DuckDBPyConnection, value: datetime) -> None:
    """In whatever zone it is written."""
    text = bind("SELECT epoch_us(:value), typeof(:value)", {"value": value})
    since = value - datetime(1970, 1, 1, tzinfo=timezone.utc)
    assert connection.execute(text).fetchall() == [(since // timedelta(microseconds=1), "TIMESTAMP WITH TIME ZONE")]


def test_numbers_that_are_not_finite(connection: duckdb.DuckDBPyConnection) -> None:
    """And the sign of zero."""
    text = bind("SELECT :a, :b, :c, :d", {"a": nan, "b": inf, "c": -inf, "d": -0.0})
    ((a, *others),) = connection.execute(text).fetchall()
    assert isnan(a)
    assert repr(others) == "[inf, -inf, -0.0]"


@given(TEXTS)
def test_a_text_is_one_token(value: str) -> None:
    """In every dialect, whatever its rules for quotes and backslashes."""
    for dialect in DIALECTS:
        tokens = tokenize(bind("SELECT :value", {"value": value}, dialect=dialect), dialect=dialect)
        assert [token.text for token in tokens][1:] == [value]


KINDS = {
    "day": date(2024, 1, 31),
    "naive": datetime(2024, 1, 31, 10, 20, 30, 400),  # noqa: DTZ001 # it has none
    "aware": datetime(2024, 1, 31, 10, tzinfo=timezone(timedelta(hours=2))),
    "price": Decimal("-1.50"),
    "rate": 0.1,
    "large": 10**20,
    "tags": ["a", "b"],
    "ok": True,
    "no": None,
}
WRITTEN: dict[Dialect, list[str | None]] = {
    "duckdb": [
        "CAST('2024-01-31' AS DATE)",
        "CAST('2024-01-31 10:20:30.000400' AS TIMESTAMP)",
        "CAST('2024-01-31 08:00:00.000000+00:00' AS TIMESTAMPTZ)",
        "CAST('-1.50' AS DECIMAL(3, 2))",
        "CAST('0.1' AS DOUBLE)",
        "CAST('100000000000000000000' AS DECIMAL(38, 0))",
        "['a', 'b']",
        "TRUE",
        "NULL",
    ],
    "postgres": [None, None, None, None, "CAST('0.1' AS DOUBLE PRECISION)", None, "ARRAY['a', 'b']", None, None],
    "spark": [
        *(None, "CAST('2024-01-31 10:20:30.000400' AS TIMESTAMP_NTZ)"),
        *("CAST('2024-01-31 08:00:00.000000+00:00' AS TIMESTAMP)", None, None, None, "ARRAY('a', 'b')", None, None),
    ],
    "trino": [
        *(None, "CAST('2024-01-31 10:20:30.000400' AS TIMESTAMP(6))"),
        *("CAST('2024-01-31 08:00:00.000000+00:00' AS TIMESTAMP(6) WITH TIME ZONE)", None, None, None),
        *("ARRAY['a', 'b']", None, None),
    ],
    "snowflake": [None, "CAST('2024-01-31 10:20:30.000400' AS TIMESTAMPNTZ)", *[None] * 7],
    "bigquery": [
        *(None, "CAST('2024-01-31 10:20:30.000400' AS DATETIME)"),
        *("CAST('2024-01-31 08:00:00.000000+00:00' AS TIMESTAMP)", "CAST('-1.50' AS NUMERIC)"),
        *("CAST('0.1' AS FLOAT64)", "CAST('100000000000000000000' AS BIGNUMERIC)", None, None, None),
    ],
}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_each_dialect_has_its_words(dialect: Dialect) -> None:
    """Where a dialect's are not listed, they are DuckDB's."""
    text = bind("SELECT " + ",\n".join(f":{name}" for name in KINDS), KINDS, dialect=dialect)
    expected = [own or usual for own, usual in zip(WRITTEN[dialect], WRITTEN["duckdb"], strict=True)]
    assert text == "SELECT " + ",\n".join(str(each) for each in expected)


REST = """SELECT /*+ BROADCAST(t) */ "a",  :n -- :n
  , tags[:n], v::int /* ' :n */
FROM   t
WHERE a=:n AND b -:n > 1 AND c = ':n'"""


def test_the_rest_of_a_text_stays_as_it_is() -> None:
    """Comments, hints, spaces; a negative number begins no comment."""
    bound = bind(REST, {"n": -5}, {"t": "db.t"})
    assert bound == (
        REST.replace('"a",  :n', '"a",  (-5)')
        .replace("a=:n", "a=(-5)")
        .replace("-:n", "-(-5)")
        .replace("   t", '   "db"."t"')
    )


LISTS = [
    ("SELECT 1 WHERE 2 IN :n", [1, 2], [(1,)]),
    ("SELECT 1 WHERE 2 IN (:n)", [1, 2], [(1,)]),
    ("SELECT 1 WHERE 2 IN (3, :n)", [1, 2], [(1,)]),
    ("SELECT 1 WHERE 3 NOT IN :n", [1, 2], [(1,)]),
    ("SELECT 1 WHERE 2 IN :n", 2, [(1,)]),
    ("SELECT 1 WHERE 'it''s' IN (:n)", ["it's"], [(1,)]),
    ("SELECT unnest(:n)", [1, 2], [(1,), (2,)]),
    ("SELECT list_contains(:n, 2)", [1, 2], [(True,)]),
    ("SELECT :n[1]", [1, 2], [(1,)]),
    ("SELECT 1 WHERE 2 = ANY(:n)", [1, 2], [(1,)]),
]


@pytest.mark.parametrize(("text", "value", "rows"), LISTS)
def test_a_list_is_its_values_after_in(
    connection: duckdb.DuckDBPyConnection, text: str, value: object, rows: list[tuple[object, ...]]
) -> None:
    """And a list elsewhere."""
    assert connection.execute(bind(text, {"n": value})).fetchall() == rows


REFUSED: list[tuple[str, object, str]] = [
    ("SELECT :n", object(), "`:n`: a value of type `object` cannot be written in SQL"),
    ("SELECT :n", {"a": 1}, "`:n`: a value of type `dict` cannot be written in SQL"),
    ("SELECT :n", b"x", "`:n`: a value of type `bytes` cannot be written in SQL"),
    ("SELECT :n", "a\0b", "`:n`: a string with a NUL character or half of a surrogate pair cannot be written in SQL"),
    ("SELECT :n", "\ud800", "`:n`: a string with a NUL character or half of a surrogate pair cannot be written in SQL"),
    ("SELECT :n", 10**38, "`:n`: an integer of more than 38 digits is too large for SQL"),
    ("SELECT :n", Decimal("NaN"), "`:n`: the decimal `NaN` cannot be written in SQL"),
    ("SELECT :n", Decimal(10) ** 38, "`:n`: a decimal of more than 38 digits is too large for SQL"),
    ("SELECT :n", [1, "a"], "`:n`: a list of different types, `int` and `str`, cannot be written in SQL"),
    ("SELECT 1 IN :n", [], "`:n`: a list after IN must not be empty"),
    ("SELECT :m", 1, "no parameter binds `:m`"),
    ("SELECT ?", 1, "duckdb's own placeholders are not bound"),
    ("SELECT (a", 1, "cannot be read as duckdb SQL: `)` is missing before `a`"),
    ("CALL f(:n)", 1, "`CALL` cannot be bound"),
    ("CREATE FUNCTION f() AS 1", 1, "a script cannot be bound"),
    ("SELECT * FROM nowhere", 1, "no table `nowhere` is declared"),
]


@pytest.mark.parametrize(("text", "value", "message"), REFUSED)
def test_what_cannot_be_bound_is_refused(text: str, value: object, message: str) -> None:
    """In a sentence, at its place."""
    with pytest.raises(SqlError) as caught:
        bind(text, {"n": value})
    assert str(caught.value) == message
    assert caught.value.span is not None


def test_an_empty_list_of_postgres_is_refused() -> None:
    """It requires a type."""
    with pytest.raises(SqlError, match="an empty list cannot be written in the SQL of postgres"):
        bind("SELECT :n", {"n": []}, dialect="postgres")


NAMES = {"t": "db.t", "m": 'prod."My table"', "o": "Other"}
TABLES = [
    ("SELECT t.a FROM t", 'SELECT t.a FROM "db"."t"'),
    ("SELECT a FROM m", 'SELECT a FROM "prod"."My table"'),
    ("SELECT m.a FROM m", 'SELECT m.a FROM "prod"."My table" AS m'),
    ("SELECT x.a FROM m x JOIN t USING (a)", 'SELECT x.a FROM "prod"."My table" x JOIN "db"."t" USING (a)'),
    ("SELECT M.a FROM t, M", 'SELECT M.a FROM "db"."t", "prod"."My table" AS M'),
    ("WITH m AS (SELECT a FROM o) SELECT m.a FROM m", 'WITH m AS (SELECT a FROM "Other") SELECT m.a FROM m'),
    ("SELECT 'm' AS \"t\" FROM (SELECT * FROM m)", 'SELECT \'m\' AS "t" FROM (SELECT * FROM "prod"."My table")'),
    (
        "INSERT INTO o SELECT * FROM t WHERE a IN (SELECT b FROM m)",
        'INSERT INTO "Other" SELECT * FROM "db"."t" WHERE a IN (SELECT b FROM "prod"."My table")',
    ),
    ("DELETE FROM m WHERE a = 1", 'DELETE FROM "prod"."My table" WHERE a = 1'),
    ("UPDATE m SET a = t.b FROM t", 'UPDATE "prod"."My table" SET a = t.b FROM "db"."t"'),
    ("DROP TABLE IF EXISTS m", 'DROP TABLE IF EXISTS "prod"."My table"'),
    ("PIVOT m ON k USING sum(v)", 'PIVOT "prod"."My table" ON k USING sum(v)'),
    ("SELECT * FROM m TABLESAMPLE 10%", 'SELECT * FROM "prod"."My table" TABLESAMPLE 10%'),
]


@pytest.mark.parametrize(("text", "bound"), TABLES)
def test_a_table_gets_its_physical_name(text: str, bound: str) -> None:
    """And an alias, where its columns are qualified by the declared name."""
    assert bind(text, names=NAMES) == bound


ALIASES = ["SELECT m.a FROM m TABLESAMPLE 10%", "UPDATE m SET a = 1 WHERE m.b = 2", "DELETE FROM m WHERE m.b = 2"]


@pytest.mark.parametrize("text", ALIASES)
def test_a_table_that_requires_an_alias(text: str) -> None:
    """Where an alias cannot be put in everywhere, the file must have one."""
    with pytest.raises(SqlError, match="`m` requires an alias here"):
        bind(text, names=NAMES)


QUOTED = {
    "duckdb": '"prod"."Titles"."my t"',
    "postgres": '"prod"."titles"."my t"',
    "spark": "`prod`.`Titles`.`my t`",
    "trino": '"prod"."Titles"."my t"',
    "snowflake": '"PROD"."TITLES"."my t"',
    "bigquery": "`prod`.`Titles`.`my t`",
}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_names_are_quoted_as_the_dialect_stores_them(dialect: Dialect) -> None:
    """A name in double quotes, or one that is not plain, is exact."""
    assert bind("SELECT 1 FROM t", names={"t": 'prod.Titles."my t"'}, dialect=dialect).endswith(QUOTED[dialect])


def test_statements_are_bound_one_by_one(connection: duckdb.DuckDBPyConnection) -> None:
    """An engine runs them in order."""
    text = "CREATE TEMP TABLE made AS SELECT a * :n AS b FROM t; SELECT made.b, t.a FROM made, t;"
    connection.execute("CREATE SCHEMA db; CREATE TABLE db.t AS SELECT 2 AS a")
    *first, last = bind_sql(Source("x.sql", text), "duckdb", NAMES, {"n": 21})
    for each in first:
        connection.execute(each)
    assert connection.execute(last).fetchall() == [(42, 2)]
