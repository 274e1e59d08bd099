"""Several processes and one database, and processes that are killed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from typedflow.engines import DuckDB, Engine, EngineError, Records, Selection, Warehouse
from typedflow.values import TableColumn, parse_column_type

COLUMNS = (TableColumn("part", parse_column_type("int")), TableColumn("value", parse_column_type("bigint")))
OPENED = """
import os, sys
from pathlib import Path
from typedflow.engines import *
from typedflow.values import *
columns = (TableColumn("part", parse_column_type("int")), TableColumn("value", parse_column_type("bigint")))
where, number = sys.argv[1], int(sys.argv[2])
engine = Warehouse(where, "postgres") if "://" in where else DuckDB(Path(where))
"""
WRITER = """
for value in range(10):
    rows = [{"part": number, "value": value}, {"part": number, "value": -value}]
    engine.write(("t",), Records.of(rows, columns), "replace-partitions", ["part"])
    engine.write(("log",), Records.of(rows[:1], columns), "append")
    assert len(engine.fetch_rows(Selection(("t",), columns, {"part": number}))) == 2
"""
#: Says when the rows are in the transaction, which it then never commits.
KILLED = """
import typedflow.engines._duckdb as module
insert = module._insert
def insert_and_wait(*arguments):
    insert(*arguments)
    print("written", flush=True)
    sys.stdin.read()
module._insert = insert_and_wait
rows = [{"part": 1, "value": n} for n in range(200_000)]
engine.write(("t",), Records.of(rows, columns), "replace-partitions", ["part"])
"""


def place(engine: Engine) -> str:
    """Return what the processes get as the engine's place."""
    return str(engine.file) if isinstance(engine, DuckDB) else str(getattr(engine, "url", ""))


def create(engine: Engine) -> None:
    """Create the tables."""
    engine.execute([f"CREATE TABLE {name} (part integer, value bigint)" for name in ("t", "log")])


@pytest.mark.slow
def test_six_writers(engine: Engine) -> None:
    """Six processes replace partitions of one table, append to another, and read: nothing is lost or doubled."""
    create(engine)
    program = [sys.executable, "-c", OPENED + WRITER, place(engine)]
    # Two processes for each partition.
    writers = [subprocess.Popen([*program, str(number % 3)]) for number in range(6)]
    assert [writer.wait(120) for writer in writers] == [0] * 6
    assert sorted(engine.fetch_rows(Selection(("t",), COLUMNS))) == sorted((n, v) for n in range(3) for v in (9, -9))
    assert len(engine.fetch_rows(Selection(("log",), COLUMNS))) == 60


@pytest.mark.slow
def test_killed_writer(tmp_path: Path) -> None:
    """After ``kill -9`` during a load, the old partition is whole, and the next write works."""
    engine = DuckDB(tmp_path / "demo.duckdb")
    create(engine)
    old = [{"part": 1, "value": 7}]
    engine.write(("t",), Records.of(old, COLUMNS), "append")
    program = [sys.executable, "-c", OPENED + KILLED, str(engine.file), "1"]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "written\n"
        os.kill(writer.pid, signal.SIGKILL)
    assert engine.fetch_rows(Selection(("t",), COLUMNS)) == [(1, 7)]
    engine.write(("t",), Records.of([{"part": 1, "value": 8}], COLUMNS), "replace-partitions", ["part"])
    assert engine.fetch_rows(Selection(("t",), COLUMNS)) == [(1, 8)]


@pytest.mark.slow
def test_other_program(tmp_path: Path) -> None:
    """A file that another program has open is said to be."""
    engine = DuckDB(tmp_path / "demo.duckdb")
    create(engine)
    program = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print(1, flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", program, str(engine.file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(EngineError, match=r"another program has `demo\.duckdb` open: close it"):
            engine.columns(("t",))
        other.communicate()


def test_file_names(tmp_path: Path) -> None:
    """A database may be called like a schema, and its file may have quotes in its name."""
    engine = DuckDB(tmp_path / "a 'quoted'" / "demo.duckdb")
    engine.execute(["CREATE SCHEMA demo", "CREATE TABLE demo.t (x integer)"])
    assert [column.name for column in engine.columns(("demo", "t"))] == ["x"]
    assert engine.columns(("t",)) == ()
    with pytest.raises(EngineError, match="too many parts"):
        engine.columns(("demo", "demo", "t"))


def test_missing_file(tmp_path: Path) -> None:
    """Reading creates no database."""
    engine = DuckDB(tmp_path / "demo.duckdb")
    assert engine.columns(("t",)) == ()
    with pytest.raises(EngineError, match=r"the database `demo\.duckdb` does not exist"):
        engine.fetch_rows(Selection(("t",), COLUMNS))
    assert list(tmp_path.iterdir()) == []


def test_no_database(tmp_path: Path) -> None:
    """A file that is no database is left alone."""
    (tmp_path / "demo.duckdb").write_text("text", encoding="utf-8")
    with pytest.raises(EngineError, match="DuckDB: "):
        DuckDB(tmp_path / "demo.duckdb").execute(["SELECT 1"])
    assert (tmp_path / "demo.duckdb").read_text(encoding="utf-8") == "text"


@pytest.mark.parametrize("kind", ["directory", "broken link"])
def test_not_a_file(tmp_path: Path, kind: str) -> None:
    """What is there and is not a file is not an empty database, and stays as it is."""
    file = tmp_path / "demo.duckdb"
    file.mkdir() if kind == "directory" else file.symlink_to("missing/demo.duckdb")
    engine = DuckDB(file)
    for operation in (
        lambda: engine.columns(("t",)),
        engine.tables,
        engine.schemas,
        lambda: engine.execute(["SELECT 1"]),
    ):
        with pytest.raises(EngineError, match=r"`demo\.duckdb` is not a file, but a directory or a broken link"):
            operation()
    assert list(tmp_path.iterdir()) == [file]


CANARY = "c4nary-p4ssword"


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql+psycopg://me:{CANARY}@localhost:1/db",
        f"postgresql+psycopg://me:{CANARY}@/db?host=/nowhere",
        f"postgresql+nodriver://me:{CANARY}@localhost/db",
        f"mysql://me:{CANARY}@localhost/db",
        f"me:{CANARY}@localhost",
        f"postgresql+psycopg://me:{CANARY}@localhost:{CANARY}/db",
        f"postgresql+psycopg://me:{CANARY}@localhost:1/db?{CANARY}=1",
    ],
)
def test_no_password(url: str) -> None:
    """No message, no representation and no chained error has the password."""
    engine = Warehouse(url, "postgres")
    assert CANARY not in repr(engine)
    with pytest.raises(EngineError) as raised:
        engine.columns(("t",))
    assert CANARY not in str(raised.value)
    assert raised.value.__suppress_context__ or raised.value.__context__ is None


def test_untested_dialect(tmp_path: Path) -> None:
    """What is tested on PostgreSQL alone is refused elsewhere, in a sentence."""
    engine = Warehouse(f"sqlite:///{tmp_path / 'x.db'}", "sqlite")
    engine.execute(["CREATE TABLE t (part integer, value bigint)"])
    records = Records.of([{"part": 1, "value": 2}], COLUMNS)
    with pytest.raises(EngineError, match="`overwrite` is not tested on sqlite, so typedflow refuses it"):
        engine.write(("t",), records, "overwrite")
    engine.write(("t",), records, "append")
    assert engine.fetch_rows(Selection(("t",), COLUMNS)) == [(1, 2)]


def test_foreign_view(tmp_path: Path) -> None:
    """What others have written is read with its declared types, or refused."""
    engine = DuckDB(tmp_path / "demo.duckdb")
    with duckdb.connect(str(engine.file)) as connection:
        connection.execute("CREATE VIEW v AS SELECT 0.1::DOUBLE AS value, 1.5::DECIMAL(4,1) AS part")
    double = TableColumn("value", parse_column_type("float"))
    with pytest.raises(EngineError, match="declared as float, and is double in the engine"):
        engine.fetch_arrow(Selection(("v",), (double,)))
    with pytest.raises(EngineError, match=r"the engine's `part` is not of its declared type: Decimal\('1.5'\)"):
        engine.fetch_rows(Selection(("v",), COLUMNS[:1]))
    with pytest.raises(EngineError, match="`part` does not fit int"):
        engine.fetch_arrow(Selection(("v",), COLUMNS[:1]))
