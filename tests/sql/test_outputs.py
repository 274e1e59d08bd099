"""The rows of a query fit the table that they are written into: columns, order, types, NULL."""

from __future__ import annotations

from typing import Any

import pytest

from typedflow.sql import Target
from typedflow.values import ColumnType

FEATURES = {
    "dateint": "int!",
    "runtime": "double",
    "price": "decimal(10,2)",
    "label": "text",
    "day": "date",
    "at": "timestamp",
    "n": "bigint",
    "ok": "bool",
    "small": "float",
    "parts": "struct<a: int, b: text>",
    "ids": "list<int>",
}


@pytest.fixture(scope="module")
def into(make_table: Any) -> Target:
    """A table whose first column must not be null; columns go by their names."""
    return Target("features", make_table(FEATURES))


FITS = [
    "SELECT 1 AS dateint, 2.5 AS runtime, 3 AS price, 'x' AS label, day, day AS at, 4 AS n, TRUE AS ok FROM t",
    "SELECT 1.0 AS dateint",
    "SELECT CAST(amount AS int) AS dateint FROM orders",
    "SELECT round(amount) AS dateint, sum(amount) AS n FROM orders GROUP BY 1",
    "SELECT 1 AS dateint, amount * 1.5 AS price FROM orders",
    "SELECT 1 AS dateint, metricA * 2 AS price, metricA / 2 AS small FROM customers",
    "SELECT 1 AS dateint, '2024-01-01' AS day, 'now' AS at",
    "SELECT 1 AS dateint, CASE WHEN a > 1 THEN 1 END AS n, NULL AS label, a > 1 AS ok FROM t",
    "SELECT count(*) AS dateint, count(*) AS n FROM t",
    "SELECT dateint, n FROM (SELECT 1 AS dateint, NULL AS n UNION ALL SELECT 2, 3)",
    "SELECT 1 AS DATEINT, s AS unknown_function_of, 2 AS N FROM (SELECT 1 AS s)".replace(
        "s AS unknown_function_of, ", ""
    ),
    "SELECT 1 AS dateint, l AS ids FROM t",
    "SELECT o.id AS dateint, c.id AS n FROM orders o LEFT JOIN customers c ON o.id = c.id",
    "CREATE TEMP TABLE made AS SELECT a AS dateint FROM t; SELECT dateint FROM made",
]
MISFITS = [
    (
        "SELECT a AS runtime FROM t",
        "missing-output 1:1 | `dateint` of `features` gets no value, and must not be null | select `... AS dateint`",
    ),
    (
        "WITH q AS (SELECT 1 AS z) SELECT z AS n FROM q",
        "missing-output 1:27 | `dateint` of `features` gets no value, and must not be null | select `... AS dateint`",
    ),
    (
        "SELECT a AS dateimt FROM t",
        "unknown-output 1:8 | `dateimt` is not a column of `features` | did you mean `dateint`?",
    ),
    (
        "SELECT 1 AS dateint, * FROM customers",
        "unknown-output 1:1 | `id`, `name`, `city`, `metricA` are not columns of `features`",
    ),
    (
        "SELECT 1 AS dateint, count(*) FROM t",
        "unknown-output 1:22 | column 2 of the query has no name | add `AS` and the name of a column",
    ),
    ("SELECT 1 AS dateint, a AS dateint FROM t", "unknown-output 1:22 | the query has two columns `dateint`"),
    ("SELECT NULL AS dateint", "output-type 1:16 | `dateint` of `features` must not be null"),
    ("SELECT CAST(NULL AS int) AS dateint", "output-type 1:29 | `dateint` of `features` must not be null"),
    ("CREATE TABLE z AS SELECT 1 AS x", "missing-output 1:1 | no query in this file makes the rows of `features`"),
    ("", "missing-output 1:1 | no query in this file makes the rows of `features`"),
    (
        "SELECT *, 1 AS dateint FROM read_csv('x')",
        (
            "unchecked-sql 1:29 | the columns of `read_csv(...)` are not known, so what is written into `features` "
            "is not checked"
        ),
    ),
]
#: An expression, the column that it is written into, and what is wrong.
TYPES = [
    ("1.5", "n", "`decimal(2,1)` does not fit `n` of `features`, which is `bigint`: it would be rounded"),
    ("-1.5", "n", "`decimal(2,1)` does not fit `n` of `features`, which is `bigint`: it would be rounded"),
    ("amount", "n", "`decimal(10,2)` does not fit `n` of `features`, which is `bigint`: it would be rounded"),
    ("metricA", "n", "`double` does not fit `n` of `features`, which is `bigint`: it would be rounded"),
    ("avg(x)", "n", "`double` does not fit `n` of `features`, which is `bigint`: it would be rounded"),
    ("x / y", "n", "`double` does not fit `n` of `features`, which is `bigint`: it would be rounded"),
    ("max(x / y) OVER ()", "n", "`double` does not fit `n` of `features`, which is `bigint`: it would be rounded"),
    ("metricA", "price", "`double` does not fit `price` of `features`, which is `decimal(10,2)`: it would be rounded"),
    ("metricA", "small", "`double` does not fit `small` of `features`, which is `float`: it would be rounded"),
    (
        "1.505",
        "price",
        "`decimal(4,3)` does not fit `price` of `features`, which is `decimal(10,2)`: it would be rounded",
    ),
    (
        "CAST(x AS decimal(12,2))",
        "price",
        "`decimal(12,2)` does not fit `price` of `features`, which is `decimal(10,2)`: it may have more digits",
    ),
    ("ts", "day", "`timestamp` does not fit `day` of `features`, which is `date`: it would lose the time of day"),
    ("name", "day", "`text` does not fit `day` of `features`, which is `date`: it is of another type"),
    ("'abc'", "day", "`'abc'` is not a value of `day` of `features`, which is `date`"),
    ("'abc'", "n", "`'abc'` is not a value of `n` of `features`, which is `bigint`"),
    ("x", "ok", "`int` does not fit `ok` of `features`, which is `bool`: it is of another type"),
    ("x > 1", "runtime", "`bool` does not fit `runtime` of `features`, which is `double`: it is of another type"),
    ("tags", "ids", "`list<text>` does not fit `ids` of `features`, which is `list<int>`: it is of another type"),
    ("tags", "label", "`list<text>` does not fit `label` of `features`, which is `text`: it is of another type"),
    (
        "s",
        "parts",
        (
            "`struct<a: int, b: struct<c: text>>` does not fit `parts` of `features`, which is "
            "`struct<a: int, b: text>`: it is of another type"
        ),
    ),
]


@pytest.mark.parametrize("text", FITS)
def test_what_fits_has_no_finding(judge: Any, shown: Any, into: Target, text: str) -> None:
    """Also where the type is not certain, or only the values say whether they fit."""
    assert shown(judge(text, into=into)) == []


@pytest.mark.parametrize(("text", "printed"), MISFITS)
def test_columns_that_do_not_fit(judge: Any, shown: Any, into: Target, text: str, printed: str) -> None:
    """Missing, too many, without a name, NULL."""
    assert shown(judge(text, into=into)) == [printed]


@pytest.mark.parametrize(("value", "column", "message"), TYPES)
def test_a_type_that_does_not_fit(judge: Any, into: Target, value: str, column: str, message: str) -> None:
    """It is found at the expression, also if the final query selects all of another one."""
    names = "FROM orders, (SELECT name, metricA FROM customers)"
    for text in (
        f"SELECT 1 AS dateint,\n  {value} AS {column} {names}",
        f"WITH q AS (SELECT 1 AS dateint,\n  {value} AS {column} {names}) SELECT * FROM q",
    ):
        (finding,) = judge(text, into=into).findings
        assert (finding.rule, finding.message, finding.span.line) == ("output-type", message, 2)


def test_engines_that_write_numbers_into_texts(judge: Any, into: Target) -> None:
    """Others refuse them."""
    found = {
        dialect: judge("SELECT 1 AS dateint, a AS label FROM t", dialect, into=into).findings for dialect in ENGINES
    }
    assert {dialect for dialect in ENGINES if found[dialect]} == {"trino", "bigquery"}


ENGINES = ("duckdb", "postgres", "spark", "trino", "snowflake", "bigquery")


def test_a_quotient_is_whole_in_some_dialects(judge: Any, into: Target) -> None:
    """PostgreSQL and Trino divide whole numbers, and Snowflake has a decimal."""
    found = {dialect: judge("SELECT a / b AS dateint FROM t", dialect, into=into).findings for dialect in ENGINES}
    assert {dialect for dialect in ENGINES if found[dialect]} == {"duckdb", "spark", "bigquery"}


POSITIONS = [
    ("SELECT a, 'x' FROM t", []),
    ("SELECT a, 'x' AS anything FROM t", []),
    (
        "SELECT 'x' AS label, a AS dateint FROM t",
        [
            "output-order 1:8 | `label` is written into `dateint`: columns go by their order | make it column 2",
            "output-order 1:22 | `dateint` is written into `label`: columns go by their order | make it column 1",
        ],
    ),
    ("SELECT a FROM t", ["missing-output 1:1 | `label` of `two` gets no value | select `... AS label`"]),
    (
        "SELECT a, c, k FROM t",
        ["unknown-output 1:14 | column 3 of the query is too many: 2 are written into `two`"],
    ),
]


@pytest.mark.parametrize(("text", "printed"), POSITIONS)
def test_columns_by_their_order(judge: Any, shown: Any, make_table: Any, text: str, printed: list[str]) -> None:
    """Where a table is written so, names do not matter, unless they are those of other columns."""
    target = Target("two", make_table({"dateint": "int!", "label": "text"}), is_positional=True)
    assert shown(judge(text, into=target)) == printed


def test_an_external_table_is_not_written(judge: Any, shown: Any, make_table: Any) -> None:
    """The finding stands at the query."""
    target = Target("theirs", make_table({"a": "int"}, is_external=True))
    assert shown(judge("SELECT a FROM t", into=target)) == [
        "external-write 1:1 | `theirs` is external, so it is only read"
    ]


def test_a_parameter_has_its_type(judge: Any, into: Target) -> None:
    """One without a type fits everything."""
    text = "SELECT :n AS dateint, :day AS day"
    types = {"n": ColumnType("text"), "day": ColumnType("date")}
    (finding,) = judge(text, into=into, parameters=types).findings
    assert finding.message == "`text` does not fit `dateint` of `features`, which is `int`: it is of another type"
    assert judge(text, into=into, parameters=dict.fromkeys(types)).findings == ()
