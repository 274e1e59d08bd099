"""SQL that is right has no finding, or only one that says what is not checked."""

from __future__ import annotations

from typing import Any

import pytest

from typedflow.sql import DIALECTS

EVERYWHERE = [
    "SELECT a AS q FROM t ORDER BY q",
    "SELECT A, t.B FROM T",
    "SELECT s.a, s.b.c, o.s.a, o.s.b.c FROM orders o",
    "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT n FROM r",
    "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT r.n + t.a FROM r JOIN t ON t.b = r.n) SELECT n FROM r",
    "SELECT id FROM orders JOIN customers USING (id)",
    "SELECT * FROM orders NATURAL JOIN customers",
    "SELECT o.id, name FROM orders o JOIN customers c ON o.customer_id = c.id GROUP BY 1, name HAVING count(*) > 1",
    "SELECT max(amount) OVER (PARTITION BY customer_id ORDER BY d) AS m FROM orders ORDER BY m",
    "SELECT EXISTS (SELECT 1 FROM customers c WHERE c.id = o.customer_id) FROM orders o",
    "SELECT a FROM (SELECT a, b FROM t UNION ALL SELECT x, y FROM orders) u ORDER BY a",
    "SELECT a FROM t UNION ALL SELECT x FROM orders ORDER BY a LIMIT 3",
    "SELECT outer_t.a FROM t outer_t WHERE outer_t.a IN (SELECT b FROM t WHERE t.a = outer_t.a)",
    "SELECT q.n FROM (VALUES (1, 'x')) AS q(n, m)",
    "SELECT CURRENT_DATE, a FROM t",
    "SELECT * FROM (orders JOIN customers ON customer_id = customers.id) JOIN t ON t.a = x",
    "SELECT b, x FROM ((SELECT a AS n FROM t) q JOIN t ON n = b JOIN (orders CROSS JOIN customers) ON x = b)",
    "WITH p AS (SELECT a AS n FROM t), q AS (SELECT n FROM p) SELECT n FROM q",
    "SELECT ' :no' AS c -- :comment\nFROM t /* :n ' */",
]
DUCKDB = [
    "FROM t",
    "FROM t SELECT a WHERE b > 1",
    "SELECT a AS z, z + 1 AS zz FROM t WHERE z > 1",
    "SELECT * EXCLUDE (a) REPLACE (b + 1 AS b) FROM t",
    "SELECT COLUMNS('a|b') FROM t",
    "SELECT MIN(COLUMNS(* EXCLUDE a)) FROM t",
    "SELECT u.e FROM orders o, UNNEST(o.tags) AS u(e)",
    "SELECT unnest(tags) AS e FROM orders",
    "SELECT unnest(items, recursive := true) FROM orders",
    "SELECT list_transform(l, lambda x: x + a), list_filter(l, lambda x, i: x > i) FROM t",
    "SELECT [e + a FOR e IN l IF e > 1] FROM t",
    "SELECT tags[1:2], tags[:2], l[:a], l[a:b], l[-1], l[:-1] FROM orders, t",
    "SELECT * FROM (PIVOT t ON k USING sum(w) GROUP BY a)",
    "SELECT p.one, p.two, p.a FROM t PIVOT (SUM(w) FOR k IN ('one', 'two')) AS p",
    "SELECT n, v FROM t UNPIVOT (v FOR n IN (a, b))",
    "SELECT a FROM t QUALIFY row_number() OVER (PARTITION BY b ORDER BY a) = 1",
    "SELECT c, count(*) FROM t GROUP BY ALL ORDER BY ALL",
    "SELECT t, {'k': a, 'z': {'q': b}}, struct_pack(m := a) FROM t",
    "SELECT range FROM range(3)",
    "SELECT i FROM generate_series(1, 3) AS g(i)",
    "SELECT z: 42, q: a + 1 FROM t",
    "SELECT t.a FROM t SEMI JOIN orders ON t.a = orders.x",
    "SELECT * FROM t ASOF JOIN orders o ON t.day >= o.d",
    "SELECT * FROM t POSITIONAL JOIN orders",
    "SELECT DISTINCT ON (a) b FROM t",
    "SELECT q.a FROM (SELECT s AS q FROM orders)",
    "SELECT * FROM t, (SELECT t.a + 1 AS q) z",
    "SELECT a FROM t UNION BY NAME SELECT b FROM t",
    "SELECT date_trunc('month', day), datediff('day', day, day), #1 FROM t",
    "SELECT col0 FROM (VALUES (1))",
    "SELECT c.upper(), c LIKE 'a%' ESCAPE '!' FROM t TABLESAMPLE 10%",
    "SELECT * FROM (SUMMARIZE t)",
    "PIVOT t ON k USING sum(w) GROUP BY a",
    "UNPIVOT t ON a, b INTO NAME n VALUE v",
]
POSTGRES = [
    "SELECT (s).a FROM orders",
    "SELECT u FROM orders, unnest(tags) AS u",
    "SELECT u.e, u.o FROM orders, unnest(tags) WITH ORDINALITY AS u(e, o)",
    "SELECT g FROM generate_series(1, 3) g",
    "SELECT u.e, u.o FROM orders CROSS JOIN LATERAL unnest(tags) WITH ORDINALITY AS u(e, o)",
    "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n FROM r) SEARCH DEPTH FIRST BY n SET o SELECT o FROM r",
    "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n FROM r) CYCLE n SET c USING p SELECT p, c FROM r",
    "SELECT j.k FROM jsonb_to_recordset('[]') AS j(k int)",
    "SELECT v::jsonb ->> 'a', tags[:2], tags[1:x] FROM orders",
    "SELECT array_agg(a ORDER BY b), row_to_json(t) FROM t GROUP BY t",
    "SELECT q.max FROM (SELECT max(a) FROM t) q",
    "SELECT a FROM ONLY t FETCH FIRST 3 ROWS ONLY",
    "SELECT l.z FROM t, LATERAL (SELECT t.a + 1 AS z) l",
    "SELECT extract(epoch FROM ts), ts AT TIME ZONE 'UTC' FROM orders",
    "SELECT ARRAY[a, b], ARRAY(SELECT a FROM t) FROM t",
    "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY a) FROM t",
    "WITH x AS MATERIALIZED (SELECT a FROM t) SELECT a FROM x",
    "SELECT user, current_user, session_user",
    "SELECT sum(a) FROM t GROUP BY GROUPING SETS ((a), (b)), ROLLUP (c)",
    "SELECT position('a' in c), trim(both from c), substring(c from 1 for 2) FROM t",
]
SPARK = [
    "SELECT e FROM orders LATERAL VIEW EXPLODE(tags) z AS e",
    "SELECT z.pos, z.e FROM orders LATERAL VIEW OUTER POSEXPLODE(tags) z AS pos, e",
    "SELECT q.e FROM t LATERAL VIEW explode(l) q AS e JOIN orders o ON o.x = q.e",
    "SELECT explode(tags) AS e FROM orders",
    "SELECT posexplode(tags) AS (p, e) FROM orders",
    "SELECT /*+ BROADCAST(t), REPARTITION(3) */ a FROM t",
    "SELECT transform(l, x -> x + a), filter(l, (x, i) -> i > 1), aggregate(l, 0, (acc, x) -> acc + x) FROM t",
    "SELECT a AS z, z + 1 AS q FROM t",
    "SELECT v:a.b, v:a[0].c::int FROM orders",
    "SELECT * EXCEPT (a) FROM t",
    "SELECT * FROM t PIVOT (SUM(w) FOR k IN ('one', 'two'))",
    "SELECT t.a FROM t LEFT SEMI JOIN orders o ON t.a = o.x",
    "SELECT * FROM t LEFT ANTI JOIN orders o ON t.a = o.x",
    "SELECT a FROM t DISTRIBUTE BY b SORT BY c",
    "SELECT q.col1 FROM VALUES (1, 2) q",
    "SELECT date_trunc('MONTH', day), timestampadd(MONTH, 1, day), datediff(DAY, day, day) FROM t",
    "SELECT `a`, first(a) IGNORE NULLS OVER (ORDER BY b) FROM `t`",
]
TRINO = [
    "SELECT e FROM orders CROSS JOIN UNNEST(tags) AS u(e)",
    "SELECT e, o FROM orders CROSS JOIN UNNEST(tags) WITH ORDINALITY AS u(e, o)",
    "SELECT sku, qty FROM orders CROSS JOIN UNNEST(items) AS u(sku, qty)",
    "SELECT transform(l, x -> x + a), reduce(l, 0, (s, x) -> s + x, s -> s) FROM t",
    "SELECT approx_distinct(a) FILTER (WHERE b > 1) FROM t TABLESAMPLE BERNOULLI (10)",
    "SELECT a FROM t OFFSET 1 FETCH FIRST ROW ONLY",
    "SELECT TRY(a / b), TRY_CAST(c AS integer), ROW(a, b) FROM t",
    "SELECT _col0 FROM (SELECT max(a) FROM t)",
]
SNOWFLAKE = [
    "SELECT f.value:a.b::int, f.index FROM orders, LATERAL FLATTEN(input => v) f",
    "SELECT value FROM orders, TABLE(FLATTEN(v))",
    "SELECT v:a.b[0]::string, v:\"A b\", v['a'] FROM orders",
    "SELECT a AS z, z + 1 FROM t WHERE z > 1",
    "SELECT t.a AS foo FROM t JOIN orders ON foo = x",
    "SELECT * EXCLUDE (a, b) RENAME (c AS cc) FROM t",
    "SELECT a FROM t QUALIFY ROW_NUMBER() OVER (PARTITION BY b ORDER BY a) = 1",
    "SELECT DATEADD(day, 1, d), DATEDIFF(MONTH, d, d), DATE_TRUNC(month, d), LAST_DAY(d, week) FROM orders",
    "SELECT SEQ4() FROM TABLE(GENERATOR(ROWCOUNT => 10))",
    "SELECT column1 FROM VALUES (1), (2)",
    "SELECT p.* FROM t PIVOT (SUM(w) FOR k IN ('one', 'two')) AS p",
    "SELECT n, m FROM t UNPIVOT (m FOR n IN (a, b))",
    'SELECT A, "A" FROM T',
    "SELECT LEVEL, a FROM t START WITH a = 1 CONNECT BY PRIOR a = b",
    "SELECT OBJECT_CONSTRUCT('a', a), ARRAY_AGG(a) WITHIN GROUP (ORDER BY b) FROM t SAMPLE (10)",
    "SELECT t.a FROM t ASOF JOIN orders o MATCH_CONDITION (t.day >= o.d) ON t.a = o.x",
    "WITH r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT n FROM r",
]
BIGQUERY = [
    "SELECT x FROM orders, UNNEST(tags) AS x",
    "SELECT e, o FROM orders, UNNEST(tags) AS e WITH OFFSET AS o",
    "SELECT i.sku FROM orders o, o.items i",
    "SELECT sku FROM orders, UNNEST(items)",
    "SELECT i.sku, qty FROM orders, UNNEST(items) AS i",
    "SELECT AS STRUCT a, b FROM t",
    "SELECT * EXCEPT (a) REPLACE (b + 1 AS b) FROM t",
    "SELECT ARRAY(SELECT AS STRUCT a, b FROM t), STRUCT(1 AS q, 2).q",
    "SELECT DATE_TRUNC(day, MONTH), DATE_DIFF(day, day, DAY), DATE_ADD(day, INTERVAL a DAY) FROM t",
    "SELECT SAFE.SUBSTR(c, 1), NET.HOST(c), l[OFFSET(0)], l[SAFE_ORDINAL(1)] FROM t",
    "SELECT f0_ FROM (SELECT MAX(a) FROM t)",
    "SELECT * FROM t PIVOT (SUM(w) FOR k IN ('one', 'two'))",
    "SELECT TO_JSON_STRING(t) FROM t FOR SYSTEM_TIME AS OF CURRENT_TIMESTAMP()",
    "FROM t |> WHERE a > 1 |> SELECT a",
]
#: What is reported as unchecked, by a part of the message.
UNCHECKED = [
    ("duckdb", "SELECT rowid FROM t", "`rowid` is a pseudo-column of duckdb"),
    ("duckdb", "SELECT p.q, p.r FROM read_csv('x.csv') p", "`read_csv(...)` are not known, so `q`, `r`"),
    ("duckdb", "SELECT q FROM 'x.parquet'", "`'x.parquet'` are not known, so `q`"),
    ("duckdb", "SELECT z FROM (PIVOT t ON k USING sum(w))", "are not known, so `z`"),
    ("duckdb", "SELECT filename FROM read_parquet('x', filename = true)", "are not known, so `filename`"),
    ("bigquery", "SELECT x.a FROM UNNEST([STRUCT(1 AS a)]) AS x", "`UNNEST(...)` are not known, so `a`"),
    ("bigquery", "WITH q AS (SELECT STRUCT(1 AS a) AS s) SELECT z FROM (SELECT q.s.* FROM q)", "so `z`"),
    ("postgres", "SELECT table_name FROM information_schema.tables", "are not known, so `table_name`"),
    ("postgres", "SELECT ctid FROM t", "`ctid` is a pseudo-column"),
    ("spark", "SELECT _metadata.file_path FROM t", "`_metadata` is a pseudo-column"),
    ("spark", "SELECT z FROM parquet.`/x`", "are not known, so `z`"),
    ("trino", 'SELECT "$path" FROM t', '`"$path"` is a pseudo-column'),
    ("trino", "SELECT z FROM TABLE(sequence(1, 3))", "are not known, so `z`"),
    ("snowflake", "SELECT $1 FROM @stage/x.csv", "`$1` is a column by its position"),
    ("snowflake", "SELECT q FROM SEMANTIC_VIEW(v METRICS a.b DIMENSIONS c.d)", "are not known, so `q`"),
    ("snowflake", "SELECT z FROM IDENTIFIER('t')", "are not known, so `z`"),
    ("snowflake", "SELECT z FROM t PIVOT (SUM(w) FOR k IN (ANY ORDER BY k))", "are not known, so `z`"),
    ("bigquery", "SELECT _PARTITIONTIME FROM t", "`_PARTITIONTIME` is a pseudo-column"),
    ("bigquery", "SELECT predicted FROM ML.PREDICT(MODEL m, TABLE t)", "are not known, so `predicted`"),
]


@pytest.mark.parametrize("text", EVERYWHERE)
def test_every_dialect_accepts(judge: Any, shown: Any, text: str) -> None:
    """What all of them have in common."""
    assert {dialect: shown(judge(text, dialect)) for dialect in DIALECTS} == {dialect: [] for dialect in DIALECTS}


@pytest.mark.parametrize(
    ("dialect", "text"),
    [
        *(("duckdb", text) for text in DUCKDB),
        *(("postgres", text) for text in POSTGRES),
        *(("spark", text) for text in SPARK),
        *(("trino", text) for text in TRINO),
        *(("snowflake", text) for text in SNOWFLAKE),
        *(("bigquery", text) for text in BIGQUERY),
    ],
)
def test_a_dialect_accepts(judge: Any, shown: Any, dialect: str, text: str) -> None:
    """What it has of its own."""
    assert shown(judge(text, dialect)) == []


@pytest.mark.parametrize("text", [*EVERYWHERE, *DUCKDB])
def test_duckdb_accepts(is_accepted: Any, text: str) -> None:
    """So these are right."""
    assert is_accepted(text)


def test_lambdas_with_arrows(judge: Any, shown: Any) -> None:
    """DuckDB had these before version 2."""
    assert shown(judge("SELECT list_transform(l, x -> x + a) FROM t")) == []


@pytest.mark.parametrize(("dialect", "text", "part"), UNCHECKED)
def test_what_cannot_be_judged_is_said(judge: Any, dialect: str, text: str, part: str) -> None:
    """It is a finding of its own rule, and there is no other."""
    (finding,) = judge(text, dialect).findings
    assert finding.rule == "unchecked-sql"
    assert part in finding.message
