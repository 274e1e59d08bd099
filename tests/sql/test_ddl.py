"""Tables and columns: each dialect's words, and what a real engine makes of them."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest
import sqlglot
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlglot import exp

from typedflow.sql import (
    DIALECTS,
    Dialect,
    SqlError,
    add_column,
    create_schema,
    create_table,
    engine_type,
    quoted_name,
    read_engine_type,
    stored_type,
)
from typedflow.values import ColumnType, TableColumn, TableColumns, parse_column_type

#: Each type in the dialects, in their order.
TYPES = {
    "int": ("INT", "INT", "INT", "INTEGER", "INT", "INT64"),
    "bigint": ("BIGINT", "BIGINT", "BIGINT", "BIGINT", "BIGINT", "INT64"),
    "float": ("REAL", "REAL", "FLOAT", "REAL", "FLOAT", "FLOAT64"),
    "double": ("DOUBLE", "DOUBLE PRECISION", "DOUBLE", "DOUBLE", "DOUBLE", "FLOAT64"),
    "decimal(10,2)": (*("DECIMAL(10, 2)",) * 5, "NUMERIC(10, 2)"),
    "decimal(38,20)": (*("DECIMAL(38, 20)",) * 5, "BIGNUMERIC(38, 20)"),
    "text": ("TEXT", "TEXT", "STRING", "VARCHAR", "VARCHAR", "STRING"),
    "bool": ("BOOLEAN", "BOOLEAN", "BOOLEAN", "BOOLEAN", "BOOLEAN", "BOOL"),
    "date": ("DATE", "DATE", "DATE", "DATE", "DATE", "DATE"),
    "timestamp": ("TIMESTAMP", "TIMESTAMP", "TIMESTAMP_NTZ", "TIMESTAMP(6)", "TIMESTAMPNTZ", "DATETIME"),
    "timestamptz": (
        *("TIMESTAMPTZ", "TIMESTAMPTZ", "TIMESTAMP", "TIMESTAMP(6) WITH TIME ZONE"),
        *("TIMESTAMPTZ", "TIMESTAMP"),
    ),
    "bytes": ("BLOB", "BYTEA", "BINARY", "VARBINARY", "VARBINARY", "BYTES"),
    "list<int>": ("INT[]", "INT[]", "ARRAY<INT>", "ARRAY(INTEGER)", None, "ARRAY<INT64>"),
    "list<list<text>>": ("TEXT[][]", None, "ARRAY<ARRAY<STRING>>", "ARRAY(ARRAY(VARCHAR))", None, None),
    "struct<a: int, order: list<timestamp>>": (
        'STRUCT("a" INT, "order" TIMESTAMP[])',
        None,
        "STRUCT<`a`: INT, `order`: ARRAY<TIMESTAMP_NTZ>>",
        'ROW("a" INTEGER, "order" ARRAY(TIMESTAMP(6)))',
        None,
        "STRUCT<`a` INT64, `order` ARRAY<DATETIME>>",
    ),
}
CASES = [(t, dialect, w) for t, words in TYPES.items() for dialect, w in zip(DIALECTS, words, strict=True)]
#: What is read back where it is another type.
STORED = {
    ("int", "snowflake"): "bigint",
    ("int", "bigquery"): "bigint",
    ("float", "snowflake"): "double",
    ("float", "bigquery"): "double",
    ("list<int>", "bigquery"): "list<bigint>",
    ("struct<a: int, order: list<timestamp>>", "bigquery"): "struct<a: bigint, order: list<timestamp>>",
}


@pytest.mark.parametrize(("text", "dialect", "word"), [case for case in CASES if case[2]])
def test_a_type_in_a_dialect(text: str, dialect: Dialect, word: str) -> None:
    """It is written, and read back."""
    kind = parse_column_type(text)
    stored = STORED.get((text, dialect), text)
    assert engine_type(kind, dialect) == word
    assert str(read_engine_type(word, dialect)) == stored
    assert str(stored_type(kind, dialect)) == stored


@pytest.mark.parametrize(("text", "dialect"), [case[:2] for case in CASES if not case[2]])
def test_a_type_that_a_dialect_does_not_have(text: str, dialect: Dialect) -> None:
    """It is refused in a sentence."""
    with pytest.raises(SqlError, match=rf"^{dialect} has no (columns of type|lists of lists)"):
        engine_type(parse_column_type(text), dialect)


READ = [
    ("duckdb", "TIMESTAMP WITH TIME ZONE", "timestamptz"),
    ("duckdb", "VARCHAR", "text"),
    ("duckdb", "USMALLINT", "int"),
    ("duckdb", "UINTEGER", "bigint"),
    ("duckdb", "STRUCT(a INTEGER, b VARCHAR[])[]", "list<struct<a: int, b: list<text>>>"),
    ("duckdb", "HUGEINT", None),
    ("duckdb", "UBIGINT", None),
    ("duckdb", "TIMESTAMP_NS", None),
    ("duckdb", "MAP(VARCHAR, INTEGER)", None),
    ("duckdb", 'STRUCT("a b" INTEGER)', None),
    ("duckdb", "ENUM('a', 'b')", None),
    ("postgres", "character varying(10)", "text"),
    ("postgres", "timestamp without time zone", "timestamp"),
    ("postgres", "double precision", "double"),
    ("postgres", "smallint", "int"),
    ("postgres", "numeric", None),
    ("postgres", "jsonb", None),
    ("postgres", "uuid", None),
    ("postgres", "USER-DEFINED", None),
    ("spark", "struct<a:int,b:array<string>>", "struct<a: int, b: list<text>>"),
    ("spark", "timestamp", "timestamptz"),
    ("trino", "timestamp(3) with time zone", "timestamptz"),
    ("trino", "row(a integer, b varchar(3))", "struct<a: int, b: text>"),
    ("snowflake", "NUMBER(38,0)", "bigint"),
    ("snowflake", "NUMBER(10,2)", "decimal(10,2)"),
    ("snowflake", "TIMESTAMP_NTZ(9)", "timestamp"),
    ("snowflake", "VARIANT", None),
    ("bigquery", "NUMERIC", "decimal(38,9)"),
    ("bigquery", "BIGNUMERIC", None),
    ("bigquery", "ARRAY<STRUCT<a INT64>>", "list<struct<a: bigint>>"),
    ("duckdb", "", None),
    ("duckdb", "INTEGER and more", None),
    ("duckdb", "INTEGER; DROP TABLE x", None),
    ("duckdb", "nonsense", None),
]


@pytest.mark.parametrize(("dialect", "text", "expected"), READ)
def test_an_engines_type_is_read(dialect: Dialect, text: str, expected: str | None) -> None:
    """As a type that holds all of its values, if there is one."""
    found = read_engine_type(text, dialect)
    assert (str(found) if found else None) == expected


FEATURES = TableColumns(
    (
        TableColumn("dateint", ColumnType("int"), is_nullable=False),
        TableColumn("metricA", ColumnType("double")),
        TableColumn("my order", ColumnType("text")),
    )
)
MADE = {
    "duckdb": 'CREATE TABLE "prod"."Features" ("dateint" INT NOT NULL, "metricA" DOUBLE, "my order" TEXT)',
    "postgres": 'CREATE TABLE "prod"."features" ("dateint" INT NOT NULL, "metrica" DOUBLE PRECISION, "my order" TEXT)',
    "spark": "CREATE TABLE `prod`.`Features` (`dateint` INT NOT NULL, `metricA` DOUBLE, `my order` STRING)",
    "trino": 'CREATE TABLE "prod"."Features" ("dateint" INTEGER NOT NULL, "metricA" DOUBLE, "my order" VARCHAR)',
    "snowflake": 'CREATE TABLE "PROD"."FEATURES" ("DATEINT" INT NOT NULL, "METRICA" DOUBLE, "my order" VARCHAR)',
    "bigquery": "CREATE TABLE `prod`.`Features` (`dateint` INT64 NOT NULL, `metricA` FLOAT64, `my order` STRING)",
}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_table_in_a_dialect(dialect: Dialect) -> None:
    """Names are quoted in the case in which the dialect stores them."""
    assert create_table("prod.Features", FEATURES, dialect) == MADE[dialect]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_made_table_is_read_as_it_was_declared(dialect: Dialect) -> None:
    """All types, read by the dialect's parser."""
    kinds = [parse_column_type(text) for text, each, word in CASES if each == dialect and word]
    table = TableColumns(tuple(TableColumn(f"c{at}", kind) for at, kind in enumerate(kinds)))
    tree = sqlglot.parse_one(create_table("t", table, dialect), dialect=dialect)
    found = [read_engine_type(each.args["kind"].sql(dialect), dialect) for each in tree.this.expressions]
    assert found == [stored_type(kind, dialect) for kind in kinds]
    assert not list(tree.find_all(exp.Command))


NAMES = st.text(
    st.characters(codec="utf-8", exclude_characters='\0"', exclude_categories=["Cs"]), min_size=1, max_size=8
)
SCALARS = st.one_of(
    st.sampled_from([ColumnType(name) for name in ("int", "bigint", "float", "double", "text", "bool", "date")]),
    st.sampled_from([ColumnType(name) for name in ("timestamp", "timestamptz", "bytes")]),
    st.integers(1, 38).flatmap(lambda digits: st.integers(0, digits).map(lambda n: ColumnType("decimal", digits, n))),
)
FIELD = st.from_regex(r"[a-z_]\w{0,5}", fullmatch=True).filter(str.isidentifier)
FIELDS = st.lists(FIELD, min_size=1, max_size=3, unique_by=str.lower)
KINDS = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        inner.map(lambda kind: ColumnType("list", fields=(("", kind),))),
        FIELDS.flatmap(
            lambda names: st.tuples(*(inner for _ in names)).map(
                lambda kinds: ColumnType("struct", fields=tuple(zip(names, kinds, strict=True)))
            )
        ),
    ),
    max_leaves=5,
)
COLUMNS = st.lists(
    st.builds(TableColumn, NAMES, KINDS, is_nullable=st.booleans()),
    min_size=1,
    max_size=5,
    unique_by=lambda column: column.name.lower(),
)


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """DuckDB, empty."""
    with duckdb.connect() as found:
        yield found


def described(connection: duckdb.DuckDBPyConnection, name: str) -> list[TableColumn]:
    """Return the columns that DuckDB says a table has."""
    rows = connection.execute(f"DESCRIBE {quoted_name(name, 'duckdb')}").fetchall()
    return [
        TableColumn(each, read_engine_type(kind, "duckdb"), is_nullable=null == "YES") for each, kind, null, *_ in rows
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(NAMES.filter(lambda name: "." not in name), min_size=2, max_size=2), COLUMNS, st.data())
def test_duckdb_makes_what_is_declared(
    connection: duckdb.DuckDBPyConnection, parts: list[str], columns: list[TableColumn], data: st.DataObject
) -> None:
    """A table, and a column that is added to it; whatever its names and types are."""
    name = f"schema_{parts[0]}.{parts[1]}"
    added = data.draw(st.builds(TableColumn, NAMES, KINDS))
    connection.execute("BEGIN")
    try:
        connection.execute(str(create_schema(name, "duckdb")))
        connection.execute(create_table(name, TableColumns(tuple(columns)), "duckdb", [columns[0].name]))
        assert described(connection, name) == columns
        if added.name.lower() not in {column.name.lower() for column in columns}:
            connection.execute(add_column(name, added, "duckdb"))
            assert described(connection, name) == [*columns, added]
    finally:
        connection.execute("ROLLBACK")


@pytest.mark.parametrize("dialect", ["spark", "trino", "snowflake", "bigquery"])
def test_partitioned_tables_of_others_are_refused(dialect: Dialect) -> None:
    """Each has another form, and none is tested."""
    with pytest.raises(SqlError, match=f"typedflow does not make partitioned tables of {dialect}"):
        create_table("prod.f", FEATURES, dialect, ["dateint"])


REFUSED = [
    (TableColumns(()), [], "`f` has no columns"),
    (TableColumns((TableColumn("a", ColumnType("int")), TableColumn("A", ColumnType("int")))), [], "two columns `a`"),
    (FEATURES, ["nothing"], "`nothing`, by which `f` is partitioned, is not one of its columns"),
    (TableColumns((TableColumn("a"),)), [], "`a` has no type that typedflow writes"),
]


@pytest.mark.parametrize(("table", "partitioned_by", "message"), REFUSED)
def test_what_is_not_a_table_is_refused(table: TableColumns, partitioned_by: list[str], message: str) -> None:
    """In a sentence."""
    with pytest.raises(SqlError, match=message):
        create_table("f", table, "duckdb", partitioned_by)


@pytest.mark.parametrize("name", ["", "a.", ".a", "a.b.c.d"])
def test_what_is_not_a_name_is_refused(name: str) -> None:
    """A name has up to three parts."""
    with pytest.raises(SqlError, match="is not the name of a table"):
        create_table(name, FEATURES, "duckdb")


def test_a_column_that_must_not_be_null_is_not_added() -> None:
    """There may be rows."""
    with pytest.raises(SqlError, match="`a` must not be null, so it cannot be added to `f`, which may have rows"):
        add_column("f", TableColumn("a", ColumnType("int"), is_nullable=False), "duckdb")


def test_a_name_without_a_schema_needs_none() -> None:
    """And one with a database names both."""
    assert create_schema("f", "duckdb") is None
    assert create_schema("a.b.f", "duckdb") == 'CREATE SCHEMA IF NOT EXISTS "a"."b"'
