"""The tables that the tests of SQL use, and a judge that knows them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Protocol

import duckdb
import pytest

from typedflow.sql import Dialect, SqlFinding, SqlJudgement, Target, create_table, judge_sql
from typedflow.values import ColumnType, Source, TableColumn, TableColumns, parse_column_type

DATA = Path(__file__).parent / "data"

ORDERS = {
    "id": "bigint!",
    "customer_id": "bigint",
    "amount": "decimal(10,2)",
    "tags": "list<text>",
    "s": "struct<a: int, b: struct<c: text>>",
    "items": "list<struct<sku: text, qty: int>>",
    "d": "date",
    "ts": "timestamp",
    "v": "text",
    "x": "int",
    "y": "int",
}
CUSTOMERS = {"id": "bigint", "name": "text", "city": "text", "metricA": "double"}
T = {"a": "int", "b": "int", "c": "text", "k": "text", "w": "int", "l": "list<int>", "day": "date"}


class Judge(Protocol):
    """Judges a text against the tables of these tests."""

    def __call__(
        self,
        text: str,
        dialect: Dialect = "duckdb",
        *,
        parameters: Mapping[str, ColumnType | None] = ...,
        into: Target | None = None,
    ) -> SqlJudgement:
        """Return what is known about a text."""


def table(columns: Mapping[str, str], *, is_external: bool = False) -> TableColumns:
    """Return a table; types with an exclamation mark are not nullable."""
    found = [TableColumn(n, parse_column_type(t.rstrip("!")), is_nullable=t[-1] != "!") for n, t in columns.items()]
    return TableColumns(tuple(found), is_external)


@pytest.fixture(scope="session")
def make_table() -> Callable[..., TableColumns]:
    """Makes a table of names and types."""
    return table


@pytest.fixture(scope="session")
def judge() -> Judge:
    """Judges a text against three tables, one of which is external."""
    tables = {"orders": table(ORDERS), "customers": table(CUSTOMERS, is_external=True), "t": table(T)}

    def run(
        text: str,
        dialect: Dialect = "duckdb",
        *,
        parameters: Mapping[str, ColumnType | None] | None = None,
        into: Target | None = None,
    ) -> SqlJudgement:
        return judge_sql(Source("x.sql", text), dialect, tables, parameters or {}, into)

    return run


@pytest.fixture(scope="session")
def is_accepted() -> Iterator[Callable[[str], bool]]:
    """Asks DuckDB whether it accepts a text: it has the same tables."""
    with duckdb.connect() as connection:
        for name, columns in {"orders": ORDERS, "customers": CUSTOMERS, "t": T}.items():
            connection.execute(create_table(name, table(columns), "duckdb"))

        def run(text: str) -> bool:
            is_pivot = text.startswith(("PIVOT", "UNPIVOT"))  # these cannot be explained
            try:
                connection.execute(text if is_pivot else f"EXPLAIN {text}")
            except duckdb.Error:
                return False
            return True

        yield run


@pytest.fixture(scope="session")
def shown() -> Callable[[SqlJudgement], list[str]]:
    """Writes findings in one line each: rule, place, message, label, hint."""
    return lambda judgement: [_line(finding) for finding in judgement.findings]


def _line(finding: SqlFinding) -> str:
    also = f" (also {', '.join(map(str, finding.others))})" if finding.others else ""
    parts = [f"{finding.rule} {finding.span}{also}", finding.message, finding.label, finding.hint]
    return " | ".join(part for part in parts if part)


@pytest.fixture(scope="session", params=["tpc_h", "tpc_ds"])
def benchmark_queries(request: pytest.FixtureRequest) -> tuple[dict[str, TableColumns], list[str]]:
    """The tables and the queries of TPC-H and of TPC-DS."""
    name = request.param
    declared = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    tables = {each: table(columns) for each, columns in declared.items()}
    queries = re.split(r"(?m)^-- TPC-D?[HS]+ \d+\n", (DATA / f"{name}.sql").read_text(encoding="utf-8"))[1:]
    return tables, queries
