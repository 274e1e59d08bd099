"""Files of several statements: what they read and write, and what is not checked."""

from __future__ import annotations

from typing import Any

import pytest

FILES = [
    ("CREATE TEMP TABLE z AS SELECT a AS m FROM t; INSERT INTO z SELECT b FROM t; SELECT m FROM z", ["t"], []),
    ("CREATE TEMP TABLE z (m int, n text); SELECT m, n FROM z", [], []),
    ("CREATE OR REPLACE VIEW z (m) AS SELECT a FROM t; SELECT m FROM z", ["t"], []),
    ("INSERT INTO t (a, b) SELECT x, y FROM orders", ["orders"], ["t"]),
    ("INSERT INTO t BY NAME SELECT x AS a FROM orders", ["orders"], ["t"]),
    ("INSERT INTO t (a, b) VALUES (1, 2), (3, 4)", [], ["t"]),
    ("WITH q AS (SELECT x FROM orders) INSERT INTO t (a) SELECT x FROM q", ["orders"], ["t"]),
    ("UPDATE t SET a = o.x, b = t.a + 1 FROM orders o WHERE o.id = t.b", ["orders"], ["t"]),
    ("DELETE FROM t USING orders o WHERE o.id = t.a", ["orders"], ["t"]),
    ("DELETE FROM t WHERE a IN (SELECT x FROM orders)", ["orders"], ["t"]),
    (
        """MERGE INTO t USING orders o ON t.a = o.id WHEN MATCHED THEN UPDATE SET b = o.x, a = t.a + 1
        WHEN NOT MATCHED THEN INSERT (a, b) VALUES (o.id, o.x)""",
        ["orders"],
        ["t"],
    ),
    (
        "MERGE INTO t USING orders o ON t.a = o.id WHEN MATCHED THEN UPDATE * WHEN NOT MATCHED THEN INSERT *",
        ["orders"],
        ["t"],
    ),
    ("MERGE INTO t USING (SELECT x AS a FROM orders) o USING (a) WHEN MATCHED THEN UPDATE", ["orders"], ["t"]),
    ("-- a comment\nSELECT a FROM t; -- another\n;", ["t"], []),
]


@pytest.mark.parametrize(("text", "reads", "writes"), FILES)
def test_what_a_file_reads_and_writes(judge: Any, shown: Any, text: str, reads: list[str], writes: list[str]) -> None:
    """Declared tables, by their names; those that the file creates are its own."""
    judgement = judge(text)
    assert shown(judgement) == []
    assert (list(judgement.reads), list(judgement.writes)) == (reads, writes)


MISTAKES = [
    (
        "CREATE TEMP TABLE z AS SELECT a AS m FROM t; SELECT n FROM z",
        ["unknown-column 1:53 | `n` is not a column of `z`"],
    ),
    ("INSERT INTO t (a, q) SELECT 1, 2", ["unknown-column 1:19 | `q` is not a column of `t`"]),
    ("INSERT INTO t (a, b) SELECT 1", ["missing-output 1:22 | `b` of `t` gets no value | select `... AS b`"]),
    (
        "INSERT INTO t (b, a) SELECT NULL, 'x'",
        ["output-type 1:35 | `'x'` is not a value of `a` of `t`, which is `int`"],
    ),
    ("INSERT INTO tt SELECT 1", ["unknown-table 1:13 | no table `tt` is declared | did you mean `t`?"]),
    ("INSERT INTO t BY NAME SELECT 1 AS q", ["unknown-output 1:30 | `q` is not a column of `t`"]),
    (
        "UPDATE t SET q = z WHERE zz = 2",
        [
            "unknown-column 1:14 | `q` is not a column of `t`",
            "unknown-column 1:18 | `z` is not a column of `t`",
            "unknown-column 1:26 | `zz` is not a column of `t`",
        ],
    ),
    (
        """MERGE INTO t USING orders o ON t.a = o.idd WHEN MATCHED THEN UPDATE SET q = 1
        WHEN NOT MATCHED THEN INSERT (a, qq) VALUES (o.id, o.zz)""",
        [
            "unknown-column 1:40 | `idd` is not a column of `o` (`orders`) | did you mean `id`?",
            "unknown-column 1:73 | `q` is not a column of `t`",
            "unknown-column 2:42 | `qq` is not a column of `t`",
            "unknown-column 2:62 | `zz` is not a column of `o` (`orders`)",
        ],
    ),
]


@pytest.mark.parametrize(("text", "printed"), MISTAKES)
def test_mistakes_in_statements_that_write(judge: Any, shown: Any, text: str, printed: list[str]) -> None:
    """Columns that are not there, and rows that do not fit."""
    assert shown(judge(text)) == printed


WRITES = [
    "INSERT INTO customers SELECT 1, 'a', 'b', 2.0",
    "UPDATE customers SET city = 'x'",
    "DELETE FROM customers",
    "MERGE INTO customers USING t ON t.a = id WHEN MATCHED THEN DELETE",
    "CREATE TABLE customers AS SELECT 1 AS a",
    "CREATE TEMP TABLE z AS SELECT 1 AS a; TRUNCATE customers",
    "DROP TABLE IF EXISTS customers",
    "ALTER TABLE customers ADD COLUMN z int",
]


@pytest.mark.parametrize("text", WRITES)
def test_an_external_table_is_only_read(judge: Any, text: str) -> None:
    """Whatever statement writes it."""
    judgement = judge(text)
    written = [finding for finding in judgement.findings if finding.rule == "external-write"]
    assert [finding.message for finding in written] == ["`customers` is external, so it is only read"]
    assert judgement.writes == ("customers",)


def test_a_statement_in_a_common_table_expression_writes(judge: Any) -> None:
    """PostgreSQL has these."""
    judgement = judge("WITH gone AS (DELETE FROM customers RETURNING id) SELECT 1 AS x", "postgres")
    assert [finding.rule for finding in judgement.findings] == ["external-write"]


UNCHECKED = [
    ("COMMIT", "`COMMIT` is not checked"),
    ("CALL f(1)", "`CALL` is not checked"),
    ("COPY t TO 'x.csv'", "`COPY` is not checked"),
    ("SET threads = 1", "`SET` is not checked"),
    ("DROP TABLE t", "`DROP` is not checked"),
    ("CREATE FUNCTION f() AS 1", "a script is not checked"),
    ("BEGIN SELECT 1; SELECT q FROM nowhere; END", "a script is not checked"),
    ("DECLARE n INT64; SET n = 1; SELECT q", "a script is not checked"),
    ("IF x > 1 THEN SELECT q; END IF", "a script is not checked"),
]


@pytest.mark.parametrize(("text", "message"), UNCHECKED)
def test_other_statements_are_not_checked(judge: Any, text: str, message: str) -> None:
    """Each says so; a script does for the rest of the file."""
    for dialect in ("bigquery", "snowflake"):
        assert [finding.message for finding in judge(text, dialect).findings] == [message]


def test_a_transaction_is_not_a_script(judge: Any) -> None:
    """The statements in it are judged."""
    messages = [finding.message for finding in judge("BEGIN; SELECT q FROM t; COMMIT").findings]
    assert messages == ["`BEGIN` is not checked", "`q` is not a column of `t`", "`COMMIT` is not checked"]
