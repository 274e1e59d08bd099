"""The queries of TPC-H and TPC-DS: none has a finding, and a misspelled name is found at its line, once."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
import sqlglot
from sqlglot import exp

from typedflow.sql import DIALECTS, Dialect, judge_sql
from typedflow.values import Source, TableColumns

#: Queries that sqlglot cannot read in a dialect: BigQuery has no UNION without ALL or DISTINCT, for example.
UNREADABLE = {"bigquery": 6}


def unreadable(queries: list[str], dialect: str) -> set[int]:
    """Return the queries that sqlglot itself does not read."""
    if dialect not in UNREADABLE:
        return set()
    found: set[int] = set()
    for at, query in enumerate(queries):
        try:
            sqlglot.parse(query, dialect=dialect)
        except sqlglot.ParseError:
            found.add(at)
    return found


@pytest.mark.parametrize("dialect", DIALECTS)
def test_no_query_has_a_finding(benchmark_queries: tuple[dict[str, TableColumns], list[str]], dialect: Dialect) -> None:
    """In each dialect that reads them."""
    tables, queries = benchmark_queries
    left_out = unreadable(queries, dialect)
    assert len(left_out) <= UNREADABLE.get(dialect, 0)
    judged = {at: judge_sql(Source("q.sql", query), dialect, tables) for at, query in enumerate(queries)}
    found = {at: each.findings for at, each in judged.items() if each.findings}
    assert {at for at in found if {each.rule for each in found[at]} == {"unreadable-sql"}} == left_out
    assert set(found) == left_out


def names(query: str, dialect: str) -> Iterator[tuple[int, int]]:
    """Yield the places of the tables, columns and their qualifiers in a query."""
    for tree in sqlglot.parse(query, dialect=dialect):
        assert tree is not None
        for node in tree.find_all(exp.Column, exp.Table):
            for name in (node.this, node.args.get("table")):
                if isinstance(name, exp.Identifier):
                    yield name.meta["start"], name.meta["end"] + 1


def misspelled(word: str) -> str:
    """Return a word with its last letters exchanged, or one more."""
    return word[:-2] + word[:-3:-1] if word[-1] != word[-2:-1] and len(word) > 2 else word + "q"


def failures(tables: dict[str, TableColumns], queries: list[str], dialect: Dialect, step: int) -> Iterator[str]:
    """Yield the misspellings that are not found at their line, or not as one."""
    left_out = unreadable(queries, dialect)
    for at, query in enumerate(queries):
        places = sorted(set(names(query, dialect))) if at not in left_out else []
        for start, end in places[at % step :: step]:
            text = query[:start] + misspelled(query[start:end]) + query[end:]
            lines = [finding.span.line for finding in judge_sql(Source("q.sql", text), dialect, tables).findings]
            if lines != [query.count("\n", 0, start) + 1]:
                yield f"{at + 1}: {query[start:end]} at line {query.count(chr(10), 0, start) + 1}: {lines}"


@pytest.mark.parametrize("dialect", ["duckdb", "snowflake"])
def test_a_misspelled_name_is_one_finding(
    benchmark_queries: tuple[dict[str, TableColumns], list[str]], dialect: Dialect
) -> None:
    """One of a hundred names of each query, at its line."""
    assert list(failures(*benchmark_queries, dialect, 100)) == []


@pytest.mark.stress
@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_misspelled_name_is_one_finding(
    benchmark_queries: tuple[dict[str, TableColumns], list[str]], dialect: Dialect
) -> None:
    """All names of all queries."""
    assert list(failures(*benchmark_queries, dialect, 1)) == []


@pytest.mark.stress
def test_a_hundred_files_take_a_second(benchmark_queries: tuple[dict[str, TableColumns], list[str]]) -> None:
    """Of CPU time; the least of three measurements."""
    tables, queries = benchmark_queries
    sources = [Source("q.sql", query) for query in (queries * 5)[:100]]
    taken = []
    for _ in range(3):
        begun = time.process_time()
        for source in sources:
            judge_sql(source, "duckdb", tables)
        taken.append(time.process_time() - begun)
    assert min(taken) < 1.5
