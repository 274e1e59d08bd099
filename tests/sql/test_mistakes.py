"""Mistakes in SQL: each is one finding, at its place, quoted as written."""

from __future__ import annotations

from typing import Any

import pytest

from typedflow.values import ColumnType

#: The text, and what is printed of its findings.
COLUMNS = [
    ("SELECT amuont FROM orders", "unknown-column 1:8 | `amuont` is not a column of `orders` | did you mean `amount`?"),
    (
        "SELECT o.Amuont FROM orders o",
        "unknown-column 1:10 | `Amuont` is not a column of `o` (`orders`) | did you mean `amount`?",
    ),
    (
        "SELECT a\n  FROM t\n  JOIN orders USING (a)",
        "unknown-column 3:22 | `a` is not a column of `orders`",
    ),
    ("SELECT s.q FROM orders", "unknown-column 1:10 | `q` is not a field of `s`"),
    ("SELECT o.s.b.q FROM orders o", "unknown-column 1:14 | `q` is not a field of `b`"),
    ("SELECT * EXCLUDE (q) FROM t", "unknown-column 1:19 | `q` is not a column of `t`"),
    ("SELECT * REPLACE (1 AS q) FROM t", "unknown-column 1:24 | `q` is not a column of `t`"),
    ("SELECT '\N{GRINNING FACE}', q FROM t", "unknown-column 1:13 | `q` is not a column of `t`"),
    ("SELECT a,\r\n\tq FROM t", "unknown-column 2:2 | `q` is not a column of `t`"),
    (
        "SELECT id FROM orders JOIN customers ON customer_id = customers.id",
        "ambiguous-column 1:8 | `id` is a column of `orders` and `customers` | write `orders.id` or `customers.id`",
    ),
    ("SELECT list_transform(l, x -> x + q) FROM t", "unknown-column 1:35 | `q` is not a column of `t`"),
    ("SELECT unknown_function(q) FROM t", "unknown-column 1:25 | `q` is not a column of `t`"),
    ('SELECT "a", "A b" FROM t', 'unknown-column 1:13 | `"A b"` is not a column of `t`'),
    ("SELECT q.z FROM (SELECT a FROM t) q", "unknown-column 1:10 | `z` is not a column of `q`"),
    ("SELECT z FROM (SELECT a FROM t)", "unknown-column 1:8 | `z` is not a column of the subquery"),
    ("SELECT a FROM t UNION SELECT b FROM t ORDER BY zz", "unknown-column 1:48 | `zz` is not a column of `UNION`"),
    (
        "SELECT (SELECT name FROM customers c WHERE c.id = o.idd) FROM orders o",
        "unknown-column 1:53 | `idd` is not a column of `o` (`orders`) | did you mean `id`?",
    ),
    (
        "SELECT sku FROM t, orders, customers, t t2",
        "unknown-column 1:8 | `sku` is not a column of any table in this query",
    ),
    ("PIVOT t ON zz USING sum(w)", "unknown-column 1:12 | `zz` is not a column of `t`"),
    ("SELECT a FROM t PIVOT (SUM(w) FOR zz IN ('x'))", "unknown-column 1:35 | `zz` is not a column of `t`"),
]
TABLES = [
    ("SELECT id FROM ordres", "unknown-table 1:16 | no table `ordres` is declared | did you mean `orders`?"),
    (
        "SELECT id FROM nothing.like_it",
        "unknown-table 1:16 | no table `nothing.like_it` is declared | the tables are `orders`, `customers`, `t`",
    ),
    (
        "SELECT orders.id FROM orders o",
        "unknown-table 1:8 | `orders` is not a table or alias of this query | here it is `o`",
    ),
    (
        "SELECT zz.id FROM orders o",
        "unknown-table 1:8 | `zz` is not a table or alias of this query | this query has `o`",
    ),
    (
        "WITH recent AS (SELECT a FROM t) SELECT a FROM recnt",
        "unknown-table 1:48 | no table `recnt` is declared | did you mean `recent`?",
    ),
    (
        "SELECT zz.* FROM t",
        "unknown-table 1:8 | `zz` is not a table or alias of this query | this query has `t`",
    ),
]
UNREADABLE = [
    ("SELECT a FROM t WHERE", "1:17", "something is missing after `WHERE`"),
    ("SELECT a FROM", "1:10", "expected table name near `FROM`"),
    ("SELECT a FROM WHERE a > 1", "1:15", "expected table name near `WHERE`"),
    ("SELECT a FORM t", "1:15", "unexpected `t`"),
    ("SELECT (a FROM t", "1:11", "`)` is missing before `FROM`"),
    ("SELECT a\nFROM t WHERE c = 'abc", "2:18", "`'` is missing at the end of what begins here"),
    ("SELECT a /* abc", "1:10", "`*/` is missing at the end of what begins here"),
    ("SELEC a FROM t", "1:9", "unexpected `FROM`"),
    ("SELEC a", "1:1", "unexpected `SELEC`: did you mean `SELECT`?"),
    ("SELECT {{ ds }}", "1:8", "is a template, not plain SQL: write values as `:name`"),
    (
        "SELECT a FROM t {% if x %} WHERE a > 1 {% endif %}",
        "1:17",
        "is a template, not plain SQL: write values as `:name`",
    ),
]


@pytest.mark.parametrize(("text", "printed"), [*COLUMNS, *TABLES])
def test_a_mistake_is_one_finding(judge: Any, shown: Any, text: str, printed: str) -> None:
    """Its place, its message, and what was meant."""
    assert shown(judge(text)) == [printed]


@pytest.mark.parametrize("text", [text for text, *_ in (*COLUMNS, *TABLES, *UNREADABLE)])
def test_duckdb_refuses(is_accepted: Any, text: str) -> None:
    """So these are mistakes."""
    assert not is_accepted(text)


@pytest.mark.parametrize(("text", "place", "message"), UNREADABLE)
def test_what_cannot_be_read_is_found_at_its_place(judge: Any, text: str, place: str, message: str) -> None:
    """The message names the token."""
    (finding,) = judge(text).findings
    assert (finding.rule, str(finding.span)) == ("unreadable-sql", place)
    assert finding.message == f"cannot be read as duckdb SQL: {message}"


def test_one_statement_that_cannot_be_read_hides_no_other(judge: Any, shown: Any) -> None:
    """But it may create the tables that others read."""
    text = "SELECT q FROM t; SELECT (a FROM t; SELECT z FROM created; SELECT qq FROM t"
    assert [line.split(" | ")[0] for line in shown(judge(text))] == [
        "unknown-column 1:8",
        "unreadable-sql 1:28",
        "unchecked-sql 1:50",
        "unknown-column 1:66",
    ]


def test_one_typo_in_several_places_is_one_finding(judge: Any, shown: Any) -> None:
    """The first place has it, and names the others."""
    assert shown(judge("SELECT t.q FROM t WHERE t.q > 1 AND t.q < 3")) == [
        "unknown-column 1:10 (also 1:27, 1:39) | `q` is not a column of `t`"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "WITH p AS (SELECT customr_id FROM orders) SELECT customer_id FROM p",
        "SELECT q.customer_id FROM (SELECT customr_id, d FROM orders) q WHERE q.customer_id > 1",
        "SELECT customr_id FROM orders GROUP BY customr_id ORDER BY customr_id",
        "SELECT customr_id FROM orders o JOIN customers c ON o.id = c.id ORDER BY customer_id",
        "SELECT customr_id FROM orders UNION ALL SELECT a FROM t ORDER BY customer_id",
        "SELECT n.x, n.y FROM nowhere n WHERE z = 1",
        "SELECT x, y FROM nowhere JOIN t USING (a)",
    ],
)
def test_a_typo_is_not_reported_again_where_its_column_is_used(judge: Any, text: str) -> None:
    """What comes from a wrong name is not known, so it is not wrong."""
    assert len(judge(text).findings) == 1


@pytest.mark.parametrize("dialect", ["postgres", "trino", "bigquery"])
def test_an_alias_is_not_a_column_in_where(judge: Any, shown: Any, dialect: str) -> None:
    """In dialects where it is not."""
    assert shown(judge("SELECT a AS z FROM t WHERE z > 1 ORDER BY z", dialect)) == [
        (
            "unknown-column 1:28 | `z` is not a column of `t` | "
            f"it is an alias of the same SELECT, which {dialect} does not allow here"
        )
    ]


CASES = [
    ("duckdb", '"metrica"', 0),
    ("duckdb", "METRICA", 0),
    ("postgres", "metricA", 0),
    ("postgres", '"metrica"', 0),
    ("postgres", '"metricA"', 1),
    ("snowflake", "metricA", 0),
    ("snowflake", '"METRICA"', 0),
    ("snowflake", '"metricA"', 1),
    ("trino", '"METRICA"', 0),
    ("spark", "`Metrica`", 0),
    ("bigquery", "`METRICA`", 0),
]


@pytest.mark.parametrize(("dialect", "written", "count"), CASES)
def test_case_matters_where_the_dialect_compares_it(judge: Any, dialect: str, written: str, count: int) -> None:
    """A declared name is what SQL without quotes means: PostgreSQL's `metrica`, Snowflake's `METRICA`."""
    assert len(judge(f"SELECT {written} FROM customers", dialect).findings) == count


def test_a_slice_is_not_a_placeholder(judge: Any, shown: Any) -> None:
    """Its end is a column; a hint says how to write a parameter."""
    assert shown(judge("SELECT tags[:n] FROM orders", parameters={"n": ColumnType("int")})) == [
        "unknown-column 1:14 | `n` is not a column of `orders` | for the parameter, write `(:n)`"
    ]
