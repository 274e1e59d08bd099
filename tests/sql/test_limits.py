"""Files that are too large or nested too deeply are refused in a sentence."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from typedflow.sql import DIALECTS

DEEP = [
    "SELECT " + "(" * 10_000 + "1" + ")" * 10_000,
    "SELECT " + "f(" * 500 + "a" + ")" * 500 + " FROM t",
    "SELECT a FROM " + "(SELECT a FROM " * 300 + "t" + ")" * 300,
    "SELECT " + "CASE WHEN a = 1 THEN " * 300 + "1" + " END" * 300,
    "SELECT " + "NOT " * 5_000 + "a FROM t",
    "SELECT " + "- " * 5_000 + "a FROM t",
    "SELECT " + "[" * 1_000 + "]" * 1_000,
    "SELECT " + "{'a': " * 1_000 + "1" + "}" * 1_000,
]
LONG = [
    "SELECT " + " + ".join(["a"] * 5_000) + " FROM t",
    "SELECT a FROM t WHERE " + " AND ".join(["a = 1"] * 5_000),
    "SELECT " + ", ".join(["a"] * 5_000) + " FROM t",
    " UNION ALL ".join(["SELECT a FROM t"] * 500),
    "SELECT a FROM t WHERE a IN (" + ", ".join(["1"] * 20_000) + ")",
    "SELECT a FROM t;" * 1_000,
    "WITH "
    + ", ".join(f"q{n} AS (SELECT a FROM {f'q{n - 1}' if n else 't'})" for n in range(300))
    + " SELECT a FROM q299",
    "SELECT " + "(" * 50 + "a" + ")" * 50 + " FROM t",
    "SELECT a FROM " + "(SELECT a FROM " * 50 + "t" + ")" * 50,
]


@pytest.mark.parametrize("text", DEEP, ids=range(len(DEEP)))
@pytest.mark.parametrize("dialect", DIALECTS)
def test_what_is_nested_too_deeply_is_refused(judge: Any, dialect: str, text: str) -> None:
    """In a sentence, at the bracket that is too much."""
    findings = judge(text, dialect).findings
    assert {finding.rule for finding in findings} == {"unreadable-sql"}
    if dialect == "duckdb":
        assert "is nested more than 50 levels deep" in findings[0].message


@pytest.mark.parametrize("text", LONG, ids=range(len(LONG)))
def test_what_is_long_is_judged(judge: Any, shown: Any, text: str) -> None:
    """Chains, lists, and nesting that is not too deep."""
    assert shown(judge(text)) == []


def test_a_huge_file_is_refused(judge: Any) -> None:
    """It would take seconds."""
    (finding,) = judge("SELECT 1 -- " + "x" * 500_000).findings
    assert finding.message == "cannot be read as duckdb SQL: has more than 500,000 characters"


def test_nothing_is_logged(start: Any, tmp_path: Path) -> None:
    """What sqlglot would warn of is a finding."""
    text = "CALL f(1); DESCRIBE t; SELECT a FROM t TABLESAMPLE 10%"
    imports = "from typedflow.sql import judge_sql; from typedflow.values import Source"
    code = f"{imports}; judge_sql(Source('', '{text}'), 'duckdb', {{}})"
    done = start("-c", code, cwd=tmp_path, environ=os.environ)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
