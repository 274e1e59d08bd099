"""What is said about the type of an expression is what DuckDB says; where it is not certain, nothing is said."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from typedflow.sql import Target
from typedflow.values import ColumnType, TableColumn, TableColumns

COLUMNS = {
    "id": "BIGINT",
    "x": "INTEGER",
    "amount": "DECIMAL(10,2)",
    "v": "VARCHAR",
    "d": "DATE",
    "ts": "TIMESTAMP",
    "tags": "VARCHAR[]",
    "s": "STRUCT(a INTEGER, b STRUCT(c VARCHAR))",
}
FUNCTIONS = (
    *("abs", "any_value", "avg", "ceil", "coalesce", "count", "first", "floor", "greatest", "least", "length", "lower"),
    *("max", "median", "min", "mode", "round", "sqrt", "stddev", "sum", "trim", "typeof", "upper", "year"),
)
OPERATORS = ("+", "-", "*", "/", "//", "%", "||", "=", "<", "AND", "IS NOT DISTINCT FROM", "LIKE")
VALUES = (*COLUMNS, "1", "1.5", "-2", "'x'", "NULL", "TRUE", "(SELECT max(x) FROM orders)", "CAST(x AS DOUBLE)")
#: What a value of a type of DuckDB may be written into.
KINDS = {
    "INTEGER": "number",
    "BIGINT": "number",
    "HUGEINT": "number",
    "FLOAT": "fraction",
    "DOUBLE": "fraction",
    "DECIMAL": "fraction",
    "VARCHAR": "text",
    "BOOLEAN": "bool",
    "DATE": "date",
    "TIMESTAMP": "timestamp",
}
#: Where each kind fits; anything fits into a text of DuckDB.
TARGETS = {
    "bigint": {"number"},
    "double": {"number", "fraction"},
    "bool": {"bool"},
    "date": {"date"},
    "timestamp": {"date", "timestamp"},
}


def expressions() -> Iterator[str]:
    """Yield calls, operations and choices of columns and literals."""
    for function, value in itertools.product(FUNCTIONS, VALUES):
        yield f"{function}({value})"
    typed = [value for value in VALUES if value != "NULL"]  # in DuckDB, what is computed with it is of any type
    for operator, left, right in itertools.product(OPERATORS, typed, typed):
        yield f"{left} {operator} {right}"
    for left, right in itertools.product(VALUES, VALUES):
        yield f"CASE WHEN x > 1 THEN {left} ELSE {right} END"
    yield from (
        "row_number() OVER ()",
        "sum(x) OVER (ORDER BY d)",
        "EXISTS (SELECT 1)",
        "x IN (1, 2)",
        "NOT TRUE",
        "s.a",
    )


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """DuckDB with the table of these tests."""
    with duckdb.connect() as found:
        found.execute(f"CREATE TABLE orders ({', '.join(f'{name} {kind}' for name, kind in COLUMNS.items())})")
        yield found


def kind_of(connection: duckdb.DuckDBPyConnection, expression: str) -> str | None:
    """Return the kind of an expression's type, or None where DuckDB refuses it or the type is another."""
    try:
        rows = connection.execute(f"DESCRIBE SELECT {expression} AS r FROM orders").fetchall()
    except duckdb.Error:
        return None
    return KINDS.get(rows[0][1].partition("(")[0]) if not rows[0][1].endswith("[]") else None


@pytest.mark.slow
def test_a_type_that_does_not_fit_is_one_of_duckdb(judge: Any, connection: duckdb.DuckDBPyConnection) -> None:
    """No expression that DuckDB has as a type that fits is refused, and most of the others are."""
    false_alarms, found, others = [], 0, 0
    for expression in expressions():
        kind = kind_of(connection, expression)
        if kind is None:
            continue
        for name, fitting in TARGETS.items():
            target = Target("out", TableColumns((TableColumn("r", ColumnType(name)),)))
            is_refused = bool(judge(f"SELECT {expression} AS r FROM orders", into=target).findings)
            if kind not in fitting:
                found += is_refused
                others += 1
            elif is_refused:
                false_alarms.append(f"{expression} ({kind}) into {name}")
    assert false_alarms == []
    assert found > others * 0.7
