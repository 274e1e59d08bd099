"""Files of SQL: judging them, against parsing and qualifying them with sqlglot, which stops at the first mistake."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks._figures import Figure
from benchmarks._medians import cpu_timed, medians
from typedflow.sql import judge_sql
from typedflow.values import Source, TableColumn, TableColumns, parse_column_type

_DATA = Path(__file__).parents[1] / "tests/sql/data"
_QUALIFIED = 1.0


def figures(rounds: int) -> Iterator[Figure]:
    """Measure the 99 queries of TPC-DS, 55 lines each, and 24 tables."""
    declared: dict[str, dict[str, str]] = json.loads((_DATA / "tpc_ds.json").read_text(encoding="utf-8"))
    queries = re.split(r"(?m)^-- TPC-DS \d+\n", (_DATA / "tpc_ds.sql").read_text(encoding="utf-8"))[1:]
    tables = {name: _table(columns) for name, columns in declared.items()}
    found = medians(
        {
            "judge": cpu_timed(partial(_judge, queries, tables)),
            "qualify": cpu_timed(partial(_qualify, queries, declared)),
        },
        rounds,
    )
    yield Figure(
        f"judging {len(queries)} SQL files / sqlglot's parse and qualify", found["judge"] / found["qualify"], _QUALIFIED
    )


def _table(columns: Mapping[str, str]) -> TableColumns:
    return TableColumns(tuple(TableColumn(name, parse_column_type(kind.rstrip("!"))) for name, kind in columns.items()))


def _judge(queries: list[str], tables: Mapping[str, TableColumns]) -> None:
    found = [item for query in queries for item in judge_sql(Source("x.sql", query), "duckdb", tables).findings]
    if found:
        raise ValueError(f"not what was to be measured: {found[:3]}")


def _qualify(queries: list[str], schema: dict[str, Any]) -> None:
    import sqlglot
    from sqlglot.optimizer.qualify import qualify

    for query in queries:
        for tree in sqlglot.parse(query, read="duckdb"):
            if tree is not None:
                qualify(tree, schema=schema, dialect="duckdb")
