"""Flows that read and write tables: real runs, on DuckDB and on PostgreSQL."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
import sqlalchemy

if TYPE_CHECKING:
    from tests.metaflow.tables.conftest import Run

from tests.metaflow.cards.conftest import tables_in
from tests.metaflow.tables.conftest import COLUMNS

pytestmark = pytest.mark.slow

FOUND = "found 60 [1, 2] [0, 1, 2, 3, 4, 5]"
CANARY = "canary_8471"
ENGINE = '[engine]\nfile = "cinema.duckdb"\n'
POSTGRES = '[engine]\nkind = "sqlalchemy"\ndialect = "postgres"\nurl_env = "CINEMA_URL"\n'


def test_six_tasks_write_at_once(cinema: Path, database: Path, run: Run) -> None:
    """Each replaces its own partition twice and appends to one table; nothing is lost, doubled or elsewhere."""
    done = run("run", "training", "--binding", "EXP_01", "--env", "dev")
    assert done.returncode == 0, done.stdout
    assert FOUND in done.stdout
    with duckdb.connect(str(database)) as connection:
        counts = connection.execute("SELECT day, count(*) FROM dev.films GROUP BY day").fetchall()
        assert sorted(count for _, count in counts) == [10] * 6
        assert connection.execute("SELECT * FROM dev.predictions_EXP_01").fetchall() == [("film 1", 0.5)]
        assert connection.execute("SELECT count(*) FROM prod.films").fetchall() == [(0,)]
    stored = _stored(cinema, "Training")
    assert stored["engine"] == {"kind": "duckdb", "file": str(database), "dialect": "duckdb", "url_env": None}
    assert {name: table["table"] for name, table in stored["tables"].items()} == {
        "films": "dev.films",
        "log": "dev.log",
        "predictions": "dev.predictions_EXP_01",
        "titles": "shared.titles",
    }
    assert stored["tables"]["films"]["columns"]["day"] == {"type": "date", "nullable": False}
    assert _read_back(cinema) == "dev.films 0.5 EXP_01"
    said, _, page = _printed(cinema, _ORIGINS).partition("\n")
    assert said == "schemas/films.tbl.yaml:1:8 typedflow.toml:18:8 EXP_01 dev"
    past = run("runs", "training", "--where", "run.tables['films'] == 'dev.films'", "--format", "json")
    assert json.loads(past.stdout)["runs"][0]["tables"]["predictions"] == "dev.predictions_EXP_01"
    assert "run.tables.log\n" in (shown := run("runs", "training", "--columns", "run.tables.log").stdout)
    assert shown.endswith("dev.log\n")
    (card,) = tables_in(page)
    assert card.above[1].startswith("binding EXP_01 \N{MIDDLE DOT} environment dev \N{MIDDLE DOT} model typedflow")
    assert ["tables.films.table", '"dev.films"', "schemas/films.tbl.yaml:1:8"] in card.rows


@pytest.mark.usefixtures("database")
def test_python_starts_a_flow_with_tables(cinema: Path, run: Run) -> None:
    """The tables are those of the variables' environment; a step refuses each mistake in one sentence."""
    refused = {
        'tables.films.read(columns=["dya"])': "table `films`: `dya` is not a column; did you mean `day`?",
        'tables.titles.write([{"title": "x"}])': "table `titles`: it is external, so that it is only read",
        "tables.titles.read().rows()": "table `titles`: the engine has no table `shared.titles`",
        "tables.flims": "the flow has no table `flims`; did you mean `films`?",
        'tables.films.write([{"title": "x"}])': "table `films`: row 0 has no value for `day`, which may not be NULL",
    }
    code = "\n".join(["[tables.films, tables.films.read().rows()]", *refused])
    done = run("imports.py", "run", "--code", code, variables={"TYPEDFLOW_ENV": "dev"})
    assert done.returncode == 0, done.stdout
    assert "got [<WritableTable films: dev.films>, []]" in done.stdout
    for sentence in refused.values():
        assert f"refused {sentence}\n" in done.stdout
    assert not (cinema / ".typedflow").exists()


def test_options_change_the_names_of_tables(run: Run) -> None:
    """`--set` reaches them as it reaches settings; a table that does not exist is one to create."""
    done = run(
        "run", "imports", "--set", "environment.DATABASE=own", "--", "run", "--code", "tables.films.read().rows()"
    )
    assert "refused table `films`: the engine has no table `own.films`: create it with `typedflow table apply`" in (
        done.stdout
    )
    assert done.returncode == 0, done.stdout


def test_postgres_whose_url_is_nowhere(cinema: Path, run: Run, postgres_url: str) -> None:
    """Six tasks write at once; the URL is in no file of the run, in no code package, and in no message."""
    engine = sqlalchemy.create_engine(postgres_url, poolclass=sqlalchemy.NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE SCHEMA prod")
        for name, columns in COLUMNS.items():
            connection.exec_driver_sql(f'CREATE TABLE prod."{name}" ({columns})')
    manifest = cinema / "typedflow.toml"
    manifest.write_text(manifest.read_text().replace(ENGINE, POSTGRES))
    url = f"{postgres_url}{'&' if '?' in postgres_url else '?'}application_name={CANARY}"
    done = run("run", "training", "--binding", "EXP_01", variables={"CINEMA_URL": url})
    assert done.returncode == 0, done.stdout
    assert FOUND in done.stdout
    imports = ("run", "imports", "--", "run", "--code", "tables.films.read().rows()")
    unset = run(*imports)
    sentence = "the environment variable CINEMA_URL is not set, and it has the URL of the tables' database"
    assert f"refused table `films`: {sentence}\n" in unset.stdout
    broken = run(
        "run", "imports", "--", "run", "--code", "tables.films.read().rows()", variables={"CINEMA_URL": CANARY}
    )
    assert "refused table `films`: the engine's URL is not one that SQLAlchemy accepts\n" in broken.stdout
    assert not [file for file in cinema.rglob("*") if file.is_file() and CANARY.encode() in _content(file)]
    assert CANARY not in done.stdout + unset.stdout + broken.stdout
    assert _stored(cinema, "Training")["engine"]["url_env"] == "CINEMA_URL"


def _read_back(root: Path) -> str:
    """Return what a past run says: of its tables by name, and of its settings without one."""
    code = (
        "import metaflow, typedflow; metaflow.namespace(None); from cinema_settings import Settings; "
        "run = metaflow.Flow('Training').latest_run; "
        "print(typedflow.tables(run).tables['films'].table, typedflow.load(run, Settings).rate, "
        "typedflow.origins(run).binding)"
    )
    return _printed(root, code)


#: Prints where a run's tables are declared, and the card of its last task.
_ORIGINS = """
import metaflow, typedflow
from metaflow.cards import get_cards
metaflow.namespace(None)
run = metaflow.Flow("Training").latest_run
found = typedflow.origins(run, "tables")
print(*[found.leaves[path].origin for path in ("tables.films.table", "engine.file")], found.binding, found.environment)
print(get_cards(run["end"].task)[0].get())
"""


def _printed(root: Path, code: str) -> str:
    """Return what Python prints in the project."""
    done = subprocess.run([sys.executable, "-c", code], cwd=root, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def _content(file: Path) -> bytes:
    data = file.read_bytes()
    return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data


def _stored(root: Path, flow: str) -> Any:
    """Return the Config of tables of the last run, as plain Metaflow reads it."""
    code = (
        "import json, metaflow; metaflow.namespace(None); "
        f"run = metaflow.Flow({flow!r}).latest_run; print(json.dumps(run['end'].task['tables'].data))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=root, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
