"""What every engine does, on DuckDB and on PostgreSQL."""

import math
from datetime import date, datetime, timezone
from decimal import Decimal
from typing import Any

import pandas
import pyarrow
import pytest

from typedflow.engines import Engine, EngineColumn, EngineError, Records, Selection, Warehouse, WriteMode
from typedflow.values import TableColumn, parse_column_type

TABLE = ("demo", "features")
CREATE = (
    "CREATE SCHEMA demo",
    'CREATE TABLE demo.features (dateint integer NOT NULL, title varchar, "metricA" double precision)',
)
COLUMNS = (
    TableColumn("dateint", parse_column_type("int"), is_nullable=False),
    TableColumn("title", parse_column_type("text")),
    TableColumn("metricA", parse_column_type("double")),
)
ALL = Selection(TABLE, COLUMNS)
ROWS: list[dict[str, Any]] = [
    {"dateint": 1, "title": "it's", "metricA": 0.1},
    {"dateint": 1, "title": None, "metricA": None},
    {"dateint": 2, "title": "b"},
]
STORED = [(1, "it's", 0.1), (1, None, None), (2, "b", None)]


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """An engine with a table of three rows."""
    engine.execute(CREATE)
    assert write(engine, ROWS) == 3
    return engine


def write(engine: Engine, rows: Any, mode: WriteMode = "append", **partitions: Any) -> int:
    """Write rows to the table, which is partitioned by its first column."""
    return engine.write(TABLE, Records.of(rows, COLUMNS, partitions), mode, ["dateint"])


def stored(engine: Engine, selection: Selection = ALL) -> list[tuple[Any, ...]]:
    """Return rows in an order of their own."""
    return sorted(engine.fetch_rows(selection), key=repr)


def test_columns(filled: Engine) -> None:
    """Columns have the engine's types; a missing table has none."""
    found = filled.columns(TABLE)
    assert [(column.name, column.is_nullable) for column in found] == [
        ("dateint", False),
        ("title", True),
        ("metricA", True),
    ]
    assert filled.columns(("demo", "feature")) == ()
    assert filled.columns(("demon", "features")) == ()


def test_rows(filled: Engine) -> None:
    """What is written is read, and nothing else."""
    assert stored(filled) == STORED


def test_nan_stays_nan(filled: Engine) -> None:
    """DuckDB before 2.0 would read it as NULL in a list; the other values are exact."""
    values = [math.nan, 0.1, None, -math.inf, 5e-324]
    write(filled, [{"dateint": 3, "metricA": value} for value in values])
    found = [row[0] for row in filled.fetch_rows(Selection(TABLE, COLUMNS[2:], {"dateint": 3}))]
    assert sorted(map(repr, found)) == sorted(map(repr, values))


@pytest.mark.parametrize(
    ("where", "titles"),
    [
        ({"dateint": 1}, [None, "it's"]),
        ({"dateint": [1, 2], "title": "b"}, ["b"]),
        ({"title": None}, [None]),
        ({"title": [None, "b"]}, [None, "b"]),
        ({"dateint": []}, []),
        ({"title": "it's' OR 1 = 1 --"}, []),
    ],
    ids=str,
)
def test_where(filled: Engine, where: dict[str, Any], titles: list[str | None]) -> None:
    """Rows are chosen by values, lists of values, and NULL; text is a value, whatever is in it."""
    found = filled.fetch_rows(Selection(TABLE, COLUMNS[1:2], where))
    assert sorted((title for (title,) in found), key=repr) == sorted(titles, key=repr)


def test_arrow(filled: Engine) -> None:
    """Tables of Arrow have the declared types, also without rows."""
    table = filled.fetch_arrow(ALL)
    assert table.schema.types == [pyarrow.int32(), pyarrow.string(), pyarrow.float64()]
    assert sorted(table.column("dateint").to_pylist()) == [1, 1, 2]
    empty = filled.fetch_arrow(Selection(TABLE, COLUMNS, {"dateint": 3}))
    assert (empty.schema, empty.num_rows) == (table.schema, 0)


@pytest.mark.parametrize("form", ["rows", "arrow", "pandas"])
def test_forms(filled: Engine, form: str) -> None:
    """The same rows are written from mappings, tables of Arrow and data frames."""
    rows = [{"dateint": 5, "title": "x", "metricA": 1.5}, {"dateint": 6, "title": None, "metricA": None}]
    data: Any = rows
    if form == "arrow":
        data = pyarrow.Table.from_pylist(rows)
    if form == "pandas":
        data = pandas.DataFrame(rows)
    assert write(filled, data, "overwrite") == 2
    assert stored(filled) == [(5, "x", 1.5), (6, None, None)]


def test_append(filled: Engine) -> None:
    """Rows are added."""
    write(filled, [{"dateint": 1}])
    assert stored(filled) == sorted([*STORED, (1, None, None)], key=repr)


def test_replace_partitions(filled: Engine) -> None:
    """Only partitions with new rows are replaced, so that a repeated run changes nothing."""
    for _ in range(2):
        write(filled, [{"dateint": 1, "title": "new"}, {"dateint": 3}], "replace-partitions")
        assert stored(filled) == [(1, "new", None), (2, "b", None), (3, None, None)]


def test_named_partition(filled: Engine) -> None:
    """A named partition is in every row, and is emptied if there are none."""
    write(filled, [{"title": "new"}], "replace-partitions", dateint=1)
    assert stored(filled) == [(1, "new", None), (2, "b", None)]
    write(filled, pyarrow.Table.from_pylist([{"title": "t"}]), "replace-partitions", dateint=2)
    write(filled, [], "replace-partitions", dateint=1)
    assert stored(filled) == [(2, "t", None)]


def test_transaction(filled: Engine) -> None:
    """If one statement fails, none has changed anything."""
    with pytest.raises(EngineError, match="missing"):
        filled.execute(["DELETE FROM demo.features", "DELETE FROM demo.missing"])
    assert stored(filled) == STORED


def test_failed_write(filled: Engine) -> None:
    """A failed write changes nothing."""
    other = (*COLUMNS, TableColumn("metricB", parse_column_type("int")))
    with pytest.raises(EngineError, match="metricB"):
        filled.write(TABLE, Records.of(ROWS, other), "overwrite")
    assert stored(filled) == STORED


@pytest.mark.parametrize("table", [("demo", "feature"), ("dem", "features")], ids=".".join)
def test_missing_table(filled: Engine, table: tuple[str, ...]) -> None:
    """A missing table is named."""
    with pytest.raises(EngineError, match=r"(?i)feature|dem\b"):
        filled.fetch_rows(Selection(table, COLUMNS))
    with pytest.raises(EngineError, match=r"(?i)feature|dem\b"):
        filled.write(table, Records.of([], COLUMNS), "append")


def test_types(engine: Engine) -> None:
    """Each type keeps its values, as rows and in Arrow."""
    kinds = {
        "a": ("bigint", 2**62 + 1),
        "b": ("decimal(12,3)", Decimal("-123456789.125")),
        "c": ("bool", True),
        "d": ("date", date(2024, 10, 6)),
        "e": ("timestamp", datetime(2024, 10, 6, 1, 2, 3, 456789)),  # noqa: DTZ001
        "f": ("timestamptz", datetime(2024, 10, 6, 1, 2, 3, 456789, tzinfo=timezone.utc)),
        "g": ("bytes", b"\x00\xff"),
        "h": ("float", 0.5),
        "i": ("list<int>", [1, None, 3]),
        "j": ("text", 'a\n"é"\\'),
    }
    columns = tuple(TableColumn(name, parse_column_type(kind)) for name, (kind, _) in kinds.items())
    types = "bigint, decimal(12,3), boolean, date, timestamp, timestamp with time zone, bytes, real, integer[], varchar"
    types = types.replace("bytes", "blob" if engine.dialect == "duckdb" else "bytea")
    declared = ", ".join(f"{name} {kind}" for name, kind in zip(kinds, types.split(", "), strict=True))
    engine.execute([f"CREATE TABLE all_types ({declared})"])
    row = {name: value for name, (_, value) in kinds.items()}
    engine.write(("all_types",), Records.of([row], columns), "append")
    selection = Selection(("all_types",), columns)
    assert engine.fetch_rows(selection) == [tuple(row.values())]
    table = engine.fetch_arrow(selection)
    assert table.to_pylist() == [row]
    engine.write(("all_types",), Records.of(table, columns), "overwrite")
    assert engine.fetch_rows(selection) == [tuple(row.values())]


def test_tables(filled: Engine) -> None:
    """Tables and views are listed with their schemas."""
    filled.execute(["CREATE TABLE loose (a integer)", "CREATE VIEW demo.shown AS SELECT * FROM demo.features"])
    assert filled.tables() == ("demo.features", "demo.shown", "loose")


def test_change(filled: Engine) -> None:
    """Statements are made from the columns that they meet, and are executed as they are; all of them, or none."""
    found: list[str] = []

    def statements(columns: tuple[EngineColumn, ...]) -> list[str]:
        found[:] = [column.name for column in columns]
        return ['ALTER TABLE demo.features ADD COLUMN "50%:a" integer']

    filled.change(TABLE, statements)
    assert found == ["dateint", "title", "metricA"]
    assert [column.name for column in filled.columns(TABLE)] == [*found, "50%:a"]
    with pytest.raises(EngineError, match="nowhere"):
        filled.change(TABLE, lambda _: ["ALTER TABLE demo.features ADD COLUMN b integer", "SELECT * FROM nowhere"])
    assert len(filled.columns(TABLE)) == 4


def test_types_of_others(filled: Engine) -> None:
    """A type has the engine's own name, also one that typedflow does not know."""
    filled.execute(["CREATE TYPE demo.mood AS ENUM ('good', 'bad')", "CREATE TABLE demo.odd (a demo.mood, b uuid[])"])
    types = {column.name: column.type for column in filled.columns(("demo", "odd"))}
    assert types == {"a": "ENUM('good', 'bad')" if filled.dialect == "duckdb" else "demo.mood", "b": types["b"]}
    assert types["b"].lower() == "uuid[]"


def test_postgres_ignores_case(postgres_url: str) -> None:
    """A name that differs only in case is found where there is no other, as SQL without quotes finds it."""
    engine = Warehouse(postgres_url, "postgres")
    engine.execute(["CREATE SCHEMA demo", "CREATE TABLE demo.features (dateint integer, title text, metrica real)"])
    path, columns = ("demo", "Features"), (COLUMNS[0], COLUMNS[2])
    assert [column.name for column in engine.columns(path)] == ["dateint", "title", "metrica"]
    assert engine.write(path, Records.of([{"dateint": 1, "metricA": 0.5}], columns), "append") == 1
    assert engine.fetch_rows(Selection(path, columns, {"metricA": 0.5})) == [(1, 0.5)]
    with pytest.raises(EngineError, match=r"`a\.demo\.features` has too many parts"):
        engine.columns(("a", "demo", "features"))
    engine.execute(['CREATE TABLE demo."Features" (other integer)'])
    assert [column.name for column in engine.columns(path)] == ["other"]


def test_only_tested_dialects_are_changed() -> None:
    """Another database is refused before it is asked."""
    with pytest.raises(EngineError, match="changing tables is not tested on snowflake"):
        Warehouse("snowflake://host", "snowflake").change(TABLE, lambda _: [])
