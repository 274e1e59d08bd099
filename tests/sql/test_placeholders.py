"""Placeholders: `:name` is one where a value can stand, and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest

from typedflow.sql import DIALECTS

USES = [
    "SELECT :n",
    "SELECT a FROM t WHERE a = :n AND b IN (:m, :n)",
    "SELECT :n::int, -:n, NOT :m, (:n), f(:n, a => :m) FROM t",
    "SELECT CASE WHEN a > 1 THEN :n ELSE :m END FROM t LIMIT :n",
    "SELECT a FROM t WHERE a BETWEEN :n AND :m OR c LIKE :n ORDER BY a",
    "SELECT CAST(:n AS int) AS x, :m AS y FROM t",
    "SELECT :n\n:: int FROM t",
    "SELECT:n, CASE WHEN a=1 THEN:n ELSE:m END FROM t WHERE:m",
]
NONE = [
    "SELECT ':n' -- :n\n, a /* :n */ FROM t",
    "SELECT a::int FROM t",
    "SELECT $$ :n $$",
    "SELECT tags[1:x], tags[:x] FROM orders",
    'SELECT 1 AS ":n"',
]
OF_DIALECTS = [
    ("duckdb", "SELECT {'a':a, 'b': :n} FROM t", ["n"]),
    ("duckdb", "SELECT z: 42, q:a FROM t", []),
    ("duckdb", "SELECT tags[(:n)], [:n, :m], list_value(:n) FROM orders", ["n", "m"]),
    ("duckdb", "SELECT l[a :b], {'then':a} FROM t", []),
    ("duckdb", "SELECT [CASE WHEN a > 1 THEN :n END], {'z': CASE WHEN a > 1 THEN 2 ELSE :m END} FROM t", ["n", "m"]),
    ("postgres", "SELECT ARRAY[:n, :m], ts AT TIME ZONE :n FROM orders", ["n", "m"]),
    ("snowflake", "SELECT v:city, v:a.b[0]:c, v : city, :n FROM orders", ["n"]),
    ("snowflake", "SELECT PARSE_JSON(v):city, v['a']:b FROM orders", []),
    ("spark", "SELECT v:city, d:month FROM orders WHERE v:a > :n", ["n"]),
    ("trino", "SELECT ARRAY[:n], a FROM t WHERE a > :m OFFSET :n", ["n", "m"]),
    ("bigquery", "SELECT [:n, :m], DATE_ADD(day, INTERVAL :n DAY) FROM t", ["n", "m"]),
]


@pytest.mark.parametrize("text", USES)
def test_every_dialect_has_them(judge: Any, text: str) -> None:
    """A value can stand there."""
    for dialect in DIALECTS:
        judgement = judge(text, dialect, parameters={"n": None, "m": None})
        assert judgement.findings == ()
        assert {"n"} <= set(judgement.placeholders) <= {"n", "m"}


@pytest.mark.parametrize("text", NONE)
@pytest.mark.parametrize("dialect", ["duckdb", "postgres"])
def test_other_colons_are_not_placeholders(judge: Any, dialect: str, text: str) -> None:
    """In strings, comments, casts and slices."""
    judgement = judge(text, dialect)
    assert (judgement.findings, judgement.placeholders) == ((), ())


@pytest.mark.parametrize(("dialect", "text", "expected"), OF_DIALECTS)
def test_colons_of_a_dialect(judge: Any, shown: Any, dialect: str, text: str, expected: list[str]) -> None:
    """Fields of JSON, structs, slices, aliases."""
    judgement = judge(text, dialect, parameters={"n": None, "m": None})
    assert shown(judgement) == []
    assert list(judgement.placeholders) == expected


MISTAKES = [
    ("SELECT :dateimt", "unbound-placeholder 1:8 | no parameter binds `:dateimt` | did you mean `dateint`?"),
    ("SELECT :z", "unbound-placeholder 1:8 | no parameter binds `:z` | the parameters are `dateint`"),
    (
        "SELECT a FROM :dateint",
        "unknown-table 1:15 | `:dateint` is not a table | a placeholder stands for a value; write the table's name",
    ),
    (
        "SELECT a AS :dateint FROM t",
        "unbound-placeholder 1:13 | `:dateint` stands where a name must be, and a placeholder is a value",
    ),
]
NATIVE = [
    ("duckdb", "SELECT $x, ?, $1", 1),
    ("postgres", "SELECT $1", 1),
    ("bigquery", "SELECT @x", 1),
    ("snowflake", "SELECT ?", 1),
    ("trino", "SELECT ?", 1),
]


@pytest.mark.parametrize(("text", "printed"), MISTAKES)
def test_a_placeholder_that_nothing_binds(judge: Any, shown: Any, text: str, printed: str) -> None:
    """It says which there are."""
    assert shown(judge(text, parameters={"dateint": None})) == [printed]


def test_a_file_without_parameters(judge: Any, shown: Any) -> None:
    """The hint says so."""
    assert shown(judge("SELECT :z")) == [
        "unbound-placeholder 1:8 | no parameter binds `:z` | this file has no parameters"
    ]


@pytest.mark.parametrize(("dialect", "text", "count"), NATIVE)
def test_a_dialects_own_placeholders_are_not_bound(judge: Any, dialect: str, text: str, count: int) -> None:
    """The hint says what to write."""
    findings = judge(text, dialect, parameters={"x": None}).findings
    assert [finding.rule for finding in findings] == ["unbound-placeholder"] * count
    assert findings[0].hint == "write `:name`, and declare a parameter `name`"
