"""Tables in steps: what is read and written, and each mistake in one sentence."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import Any

import duckdb
import pandas
import pytest

from typedflow.models import RunColumn, RunEngine, RunTable, RunTables
from typedflow.units import TableError
from typedflow.units._flow_tables import FlowTables

DAY = datetime.date(2026, 1, 1)
FILMS = RunTable(
    table="demo.films",
    partitioned_by=("day",),
    columns={
        "day": RunColumn(type="date", nullable=False),
        "title": RunColumn(type="text", nullable=False),
        "runtime": RunColumn(type="int"),
    },
)
LOG = RunTable(table="demo.log", columns={"note": RunColumn(type="text")})
TITLES = RunTable(table="demo.titles", external=True)
MISSING = RunTable(table="demo.missing", columns={"a": RunColumn(type="int")})


@pytest.fixture
def tables(tmp_path: Path) -> Any:
    """Tables of a database, as a step has them; steps are not typed here."""
    file = tmp_path / "demo.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("CREATE SCHEMA own")
        connection.execute("CREATE TABLE own.films (day date NOT NULL, title text NOT NULL, runtime int)")
        connection.execute("CREATE TABLE own.log (note text)")
        connection.execute("CREATE TABLE own.titles AS SELECT 'x' AS title, 3 AS number")
    return _opened(RunEngine(file=str(file)), "own")


def _opened(engine: RunEngine, schema: str) -> Any:
    declared = {"films": FILMS, "log": LOG, "titles": TITLES, "missing": MISSING}
    named = {name: each.model_copy(update={"table": f"{schema}.{name}"}) for name, each in declared.items()}
    return FlowTables(RunTables(engine=engine, tables=named))


def test_a_repeated_write_replaces_its_own_rows(tables: Any) -> None:
    """Of a partitioned table; to another, rows are added."""
    rows = [{"title": "a", "runtime": 1}, {"title": "b"}]
    other = DAY + datetime.timedelta(days=1)
    assert tables.films.write([{"day": other, "title": "c"}]) == 1
    assert tables.films.write(rows, partitions={"day": DAY}) == 2
    assert tables.films.write(rows[:1], partitions={"day": DAY}) == 1
    assert {row["title"] for row in tables.films.read(columns=["title"]).rows()} == {"a", "c"}
    assert tables.films.read(where={"title": ["a", "b"], "runtime": 1}).rows() == [
        {"day": DAY, "title": "a", "runtime": 1}
    ]
    tables.log.write([{"note": "x"}])
    tables.log.write([{"note": None}])
    assert list(tables.log.read().pandas()["note"].dropna()) == ["x"]
    assert tables.log.read(where={"note": None}).arrow().to_pylist() == [{"note": None}]
    tables.log.write(pandas.DataFrame({"note": ["y"]}), mode="overwrite")
    assert tables.log.read().rows() == [{"note": "y"}]


def test_an_external_table_without_columns_has_those_of_the_engine(tables: Any) -> None:
    """It may have any."""
    assert tables.titles.read().rows() == [{"title": "x", "number": 3}]
    assert tables.titles.read(columns=["number"], where={"title": "x"}).rows() == [{"number": 3}]


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (lambda tables: tables.flims, "the flow has no table `flims`; did you mean `films`?"),
        (
            lambda tables: tables.films.read(columns=["titel"]),
            "table `films`: `titel` is not a column; did you mean `title`?",
        ),
        (
            lambda tables: tables.films.read(where={"dya": DAY}),
            "table `films`: `dya` is not a column; did you mean `day`?",
        ),
        (lambda tables: tables.films.read(columns="day"), "table `films`: `columns` is a list of names, not text"),
        (lambda tables: tables.films.read(columns=["day", "day"]), "table `films`: the column `day` is named twice"),
        (
            lambda tables: tables.films.read(where={"day": "2026-01-01"}),
            "table `films`: `day`: '2026-01-01' is not a date",
        ),
        (
            lambda tables: tables.titles.read(columns=["titel"]).rows(),
            "table `titles`: `titel` is not a column; did you mean `title`?",
        ),
        (lambda tables: tables.titles.write([]), "table `titles`: it is external, so that it is only read"),
        (
            lambda tables: tables.films.write([{"title": "x"}]),
            "table `films`: row 0 has no value for `day`, which may not be NULL",
        ),
        (
            lambda tables: tables.films.write([{"day": DAY, "title": 3}]),
            "table `films`: row 0: `title`: 3 is not a text",
        ),
        (
            lambda tables: tables.films.write([], mode="insert"),
            "table `films`: there is no mode `insert`; the modes are `append`, `overwrite`, `replace-partitions`",
        ),
        (
            lambda tables: tables.films.write([], partitions={"title": "x"}),
            "table `films`: it is not partitioned by `title`, but by `day`",
        ),
        (
            lambda tables: tables.log.write([], mode="replace-partitions"),
            "table `log`: it has no partitions: its file has no `partitioned_by`",
        ),
        (
            lambda tables: tables.missing.write([{"a": 1}]),
            "table `missing`: the engine has no table `own.missing`: create it with `typedflow table apply`",
        ),
    ],
)
def test_mistakes_are_one_sentence(tables: Any, step: Any, sentence: str) -> None:
    """Nothing is written."""
    with pytest.raises(TableError) as raised:
        step(tables)
    assert str(raised.value) == sentence
    assert tables.films.read().rows() == tables.log.read().rows() == []


def test_an_engine_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No database is made of a mistake, no URL is told, and what is not installed is named with its command."""
    tables = _opened(RunEngine(file=str(tmp_path / "none.duckdb")), "own")
    with pytest.raises(TableError, match="create it with `typedflow table apply`"):
        tables.log.write([{"note": "x"}])
    assert not (tmp_path / "none.duckdb").exists()
    remote = _opened(RunEngine(kind="sqlalchemy", dialect="postgres", url_env="WAREHOUSE"), "own")
    with pytest.raises(TableError, match="the environment variable WAREHOUSE is not set"):
        remote.log.read().rows()
    monkeypatch.setenv("WAREHOUSE", "canary")
    with pytest.raises(TableError) as raised:
        remote.log.read().rows()
    assert "canary" not in str(raised.value)
    (tmp_path / "none.duckdb").touch()
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(TableError, match=r"`\.arrow\(\)` and `\.pandas\(\)` require pyarrow: `pip install pyarrow`"):
        tables.log.read().pandas()
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(TableError, match=r"DuckDB is not installed: `pip install 'typedflow\[duckdb\]'`"):
        tables.log.read().rows()
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    with pytest.raises(TableError, match=r"SQLAlchemy is not installed: `pip install 'typedflow\[warehouse\]'`"):
        remote.log.read().rows()
