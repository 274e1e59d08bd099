"""``typedflow table plan`` and ``apply``, on DuckDB and on PostgreSQL."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from typedflow.engines import DuckDB, Engine, Warehouse

if TYPE_CHECKING:
    from tests.cli.conftest import Call, Project

MANIFEST = """\
model = "flows/settings.py:Settings"

[tables."schemas/*.yaml"]

[tables.scores]
file = "tables/scores.yaml"
bindings = ["EXP_*"]
"""
POSTGRES = '\n[engine]\nkind = "sqlalchemy"\ndialect = "postgres"\nurl_env = "WAREHOUSE_URL"\n'
MODEL = """\
from typedflow import ConfigModel


class Place(ConfigModel):
    schema_name: str = "dev"


class Settings(ConfigModel):
    place: Place = Place()
"""
FILMS = """\
table: ${place.schema_name}.films
partitioned_by: [day]
columns:
  day: {type: date, nullable: false}
  title: text
  metricA: double
  "50%": decimal(10,2)
"""
FILES = {
    "typedflow.toml": MANIFEST,
    "flows/settings.py": MODEL,
    "settings/settings.yaml": "",
    "settings/settings.environment.production.toml": '[place]\nschema_name = "prod"\n',
    "settings/settings.configuration.EXP_01.yaml": "",
    "settings/settings.configuration.EXP_02.json": "{}",
    "schemas/films.tbl.yaml": FILMS,
    "tables/scores.yaml": "table: dev.scores_${binding}\ncolumns: {id: bigint}\n",
}
CREATED = """\
films  dev.films
  created  the table, with the columns `day`, `title`, `metricA`, `50%`
scores EXP_01  dev.scores_EXP_01
  created  the table, with the columns `id`
scores EXP_02  dev.scores_EXP_02
  created  the table, with the columns `id`
"""
WITHOUT_SQLGLOT = """\
typedflow.toml: error TF805 engine-failed: sqlglot, which knows the types of databases, is not installed
  = help: pip install 'typedflow[duckdb]'
"""
SAME = """\
films  dev.films: the same
scores EXP_01  dev.scores_EXP_01: the same
scores EXP_02  dev.scores_EXP_02: the same
"""


@pytest.fixture(autouse=True)
def _files(project: Project) -> None:
    for name, text in FILES.items():
        project.write(name, text)
    (project.root / "typedflow.toml").write_text(MANIFEST)


@pytest.fixture(params=["duckdb", "postgres"])
def engine(request: pytest.FixtureRequest, project: Project, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Each engine, as the project's."""
    if request.param == "duckdb":
        return DuckDB(project.root / "tables.duckdb")
    url = request.getfixturevalue("postgres_url")
    monkeypatch.setenv("WAREHOUSE_URL", url)
    project.write("typedflow.toml", MANIFEST + POSTGRES)
    return Warehouse(url, "postgres")


def names(engine: Engine, *table: str) -> list[str]:
    """Return the names of a table's columns."""
    return [column.name for column in engine.columns(table)]


def planned(call: Call, *arguments: str) -> dict[str, Any]:
    """Return the plan's tables by name and binding, and check the exit code."""
    done = call("table", "plan", "--format", "json", *arguments)
    found = json.loads(done.out)
    assert (found["version"], done.code) == (1, int(any(each["state"] != "same" for each in found["tables"])))
    return {f"{each['name']} {each['binding']}": each for each in found["tables"]}


def test_tables_are_created_once(engine: Engine, call: Call) -> None:
    """A plan says what would be done, `apply` does it, and then nothing differs."""
    done = call("table", "plan")
    assert (done.code, done.out) == (1, CREATED.replace("created", "create "))
    assert done.err == "3 tables would be created\n"
    assert engine.tables() == ()
    done = call("table", "apply")
    assert (done.code, done.out, done.err) == (0, CREATED, "3 tables created\n")
    assert [name.lower() for name in engine.tables()] == ["dev.films", "dev.scores_exp_01", "dev.scores_exp_02"]
    done = call("table", "apply")
    assert (done.code, done.out, done.err) == (0, SAME, "nothing to change in 3 tables\n")
    done = call("table", "plan")
    assert (done.code, done.out, done.err) == (0, SAME, "no differences in 3 tables\n")


@pytest.mark.parametrize(
    ("command", "added", "extra"),
    [("plan", "", "duckdb"), ("apply", "", "duckdb"), ("plan", POSTGRES, "warehouse")],
    ids=["plan", "apply", "PostgreSQL"],
)
def test_without_sqlglot(project: Project, spawn_cold: Call, command: str, added: str, extra: str) -> None:
    """One sentence names the extra that also brings the engine, and no table is made."""
    project.write("typedflow.toml", MANIFEST + added)
    project.write("bare/sitecustomize.py", "import sys\nsys.modules['sqlglot'] = None\n")
    variables = {"PYTHONPATH": str(project.root / "bare"), "WAREHOUSE_URL": "postgresql://localhost:1/none"}
    done = spawn_cold("table", command, **variables)
    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines()[-1] == f"  = help: pip install 'typedflow[{extra}]'"
    assert "Traceback" not in done.err
    assert added or done.err == WITHOUT_SQLGLOT
    assert DuckDB(project.root / "tables.duckdb").tables() == ()


def test_columns_are_added_and_the_rest_is_refused(engine: Engine, project: Project, call: Call) -> None:
    """What is there is never dropped or retyped; a NOT NULL column is not added, as there may be rows."""
    assert call("table", "apply", "films").code == 0
    engine.execute(
        ["ALTER TABLE dev.films ADD COLUMN old integer", "INSERT INTO dev.films (day) VALUES ('2024-01-01')"]
    )
    text = FILMS.replace(", nullable: false", "").replace("title: text", "title: {type: bigint, nullable: false}")
    project.write("schemas/films.tbl.yaml", f"{text}  score: float\n  id: {{type: int, nullable: false}}\n")
    done = call("table", "plan", "films")
    kind = "VARCHAR" if engine.dialect == "duckdb" else "text"
    expected = f"""\
films  dev.films
  refuse   day: it is declared as NULL, and is NOT NULL in the engine
  refuse   title: it is declared as bigint, and is {kind} in the engine
  refuse   title: it is declared as NOT NULL, and is NULL in the engine
  add      score float
  refuse   `id` must not be null, so it cannot be added to `dev.films`, which
           may have rows
  leave    old {"INTEGER" if engine.dialect == "duckdb" else "integer"}, which is not declared
"""
    assert (done.code, done.out) == (1, expected)
    assert done.err == "1 column would be added, 4 differences that typedflow does not change\n"
    done = call("table", "apply", "films")
    done_words = expected.replace("refuse ", "refused").replace("add  ", "added").replace("leave", "left ")
    assert (done.code, done.out) == (1, done_words)
    assert names(engine, "dev", "films") == [
        *("day", "title", "metricA" if engine.dialect == "duckdb" else "metrica", "50%"),
        *("old", "score"),
    ]
    done = call("table", "apply", "films")
    assert (done.code, done.err) == (
        1,
        "nothing to change in 1 table, 4 differences that typedflow does not change\n",
    )


def test_a_column_that_is_not_declared_is_no_difference(engine: Engine, call: Call) -> None:
    """It is listed, and left alone."""
    assert call("table", "apply", "films").code == 0
    engine.execute(["ALTER TABLE dev.films ADD COLUMN old integer"])
    done = call("table", "plan", "films")
    assert (done.code, done.err) == (0, "no differences in 1 table\n")
    assert "leave    old" in done.out
    (difference,) = planned(call, "films")["films default"]["differences"]
    assert (difference["kind"], difference["column"], difference["refused"]) == ("not-declared", "old", False)


def test_external_tables_are_only_compared(engine: Engine, project: Project, call: Call) -> None:
    """Columns and types that differ are reported, and a table that is not there; columns that are left out are not."""
    project.write("schemas/titles.src.yaml", "table: shop.titles\ncolumns: {id: bigint, name: text, more: }\n")
    project.write("schemas/lost.src.yaml", "table: shop.lost\n")
    engine.execute(["CREATE SCHEMA shop", "CREATE TABLE shop.titles (ID integer NOT NULL, more date, other date)"])
    done = call("table", "apply", "titles", "lost")
    kind = "INTEGER" if engine.dialect == "duckdb" else "integer"
    assert done.out == (
        "titles  shop.titles (external)\n"
        f"  differs  id: it is declared as bigint, and is {kind} in the engine\n"
        "  differs  name: the engine's table has no such column\n"
        "lost  shop.lost (external)\n"
        "  differs  the engine has no such table, and typedflow does not create external\n"
        "           ones\n"
    )
    assert (done.code, engine.tables()) == (1, ("shop.titles",))
    found = planned(call, "titles", "lost")
    assert [item["kind"] for item in found["titles default"]["differences"]] == ["type", "missing-column"]
    assert found["lost default"]["differences"][0]["kind"] == "missing-table"
    project.write("schemas/titles.src.yaml", "table: shop.titles\ncolumns: {id: int, more: {nullable: false}}\n")
    (difference,) = planned(call, "titles")["titles default"]["differences"]
    assert (difference["kind"], difference["declared"], difference["engine"]) == ("nullable", "NOT NULL", "NULL")


def test_statements(engine: Engine, call: Call) -> None:
    """They can be printed instead, and do the same when somebody executes them."""
    done = call("table", "apply", "--sql")
    assert (done.code, engine.tables()) == (0, ())
    assert done.out.count("CREATE SCHEMA") == 1
    assert call("table", "apply", "--dry-run").out == done.out
    engine.execute(done.out.splitlines())
    assert call("table", "plan").code == 0


def test_environments_and_bindings(engine: Engine, call: Call) -> None:
    """They choose the tables, as elsewhere."""
    done = call("table", "apply", "--env", "production", "--binding", "EXP_02", "films", "scores")
    assert (done.code, list(map(str.lower, engine.tables()))) == (0, ["dev.scores_exp_02"])
    assert done.err == "environment production: selected with --env\n1 table created\n"
    assert call("table", "apply", "--env", "production", "films").code == 0
    assert "prod.films" in engine.tables()


@pytest.mark.slow
def test_six_at_once(engine: Engine, project: Project) -> None:
    """Six processes create the same tables: all succeed, and each table is created by one of them."""
    for number in range(3):
        project.write(f"schemas/more_{number}.yaml", f"table: s{number}.more\ncolumns: {{a: int}}\n")
    command = [sys.executable, "-m", "typedflow", "table", "apply", "--format", "json"]
    started = [
        subprocess.Popen(command, cwd=project.root, env={**os.environ}, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(6)
    ]
    outs = [each.communicate() for each in started]
    assert [(each.returncode, err) for each, (_, err) in zip(started, outs, strict=True)] == [(0, b"")] * 6
    states = [each["state"] for out, _ in outs for each in json.loads(out)["tables"]]
    assert (len(states), states.count("create"), states.count("same")) == (36, 6, 30)
    assert len(engine.tables()) == 6


def test_a_table_that_cannot_be_changed_ends_it(engine: Engine, project: Project, call: Call) -> None:
    """What the database says is reported, with what has been done and what has not; nothing of this table is."""
    project.write("schemas/a_view.yaml", "table: dev.shown\ncolumns: {a: int, b: int, c: int}\n")
    project.write("schemas/z_last.yaml", "table: dev.last\ncolumns: {a: int}\n")
    engine.execute(["CREATE SCHEMA dev", "CREATE VIEW dev.shown AS SELECT 1 AS a"])
    done = call("table", "apply", "z_last", "a_view", "films")
    assert done.code == 2
    assert done.out == "z_last  dev.last\n  created  the table, with the columns `a`\n"
    assert done.err.startswith("1 table created\nnot changed: a_view, films\n")
    assert "error TF805 engine-failed" in done.err
    assert names(engine, "dev", "shown") == ["a"]
    assert names(engine, "dev", "films") == []


MISTAKES = {
    "two tables with one name": (
        {"schemas/movies.yaml": "table: DEV.Films\ncolumns: {a: int}\n"},
        1,
        "TF804 same-table",
    ),
    "a bad file": ({"schemas/movies.yaml": "table: dev.movies\ncolumns: {a: integr}\n"}, 1, "movies.yaml:2:14: error"),
    "a bad name": ({"schemas/movies.yaml": "table: dev.a b\ncolumns: {a: int}\n"}, 1, "movies.yaml:1:8: error TF802"),
    "bad settings": ({"settings/settings.yaml": "place: {schema_name: 1}\n"}, 1, "settings.yaml:1:22: error TF301"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
@pytest.mark.parametrize("command", ["plan", "apply"])
def test_mistakes_in_files(project: Project, call: Call, mistake: str, command: str) -> None:
    """Each is a finding with its place, and nothing is done."""
    files, code, message = MISTAKES[mistake]
    for name, text in files.items():
        project.write(name, text)
    done = call("table", command)
    assert (done.code, done.out) == (code, "")
    assert message in done.err
    assert not (project.root / "tables.duckdb").exists()


LINES = {
    ("film",): "did you mean `films`?",
    ("training",): "`training` is not a table of this project",
    ("films", "--binding", "EXP_01"): "no binding of `films` matches `EXP_01`",
    ("--binding", "EXP_1"): "did you mean `EXP_01`?",
    ("--env", "prod"): "there is no environment `prod`",
}


@pytest.mark.parametrize("line", LINES, ids=" ".join)
def test_mistakes_in_command_lines(call: Call, line: tuple[str, ...]) -> None:
    """Each is said in a sentence, with exit code 2."""
    for command in ("plan", "apply"):
        done = call("table", command, *line)
        assert (done.code, done.out) == (2, "")
        assert LINES[line] in done.err


CANARY = "c4n4ry"
ENGINES = {
    "unset": ("", "the environment variable WAREHOUSE_URL is not set"),
    "other dialect": (f"mysql://me:{CANARY}@host/db", "the engine's URL is one of mysql, and its dialect is postgres"),
    "no URL": (f"me:{CANARY}@host", "the engine's URL is not one that SQLAlchemy accepts"),
    "unreachable": (f"postgresql+psycopg://me:{CANARY}@127.0.0.1:1/db", "connection failed"),
    "unknown host": (f"postgresql+psycopg://me:{CANARY}@{CANARY}.invalid/db", "postgres: "),
    "no driver": (f"postgresql+pg8000://me:{CANARY}@host/db", "the engine's driver is not installed"),
}


@pytest.mark.parametrize("case", ENGINES)
@pytest.mark.parametrize("options", [(), ("--traceback",)])
def test_engines_that_cannot_be_used(
    project: Project, call: Call, monkeypatch: pytest.MonkeyPatch, case: str, options: tuple[str, ...]
) -> None:
    """One sentence, at the manifest's engine, with exit code 2; a password appears nowhere."""
    url, message = ENGINES[case]
    monkeypatch.setenv("WAREHOUSE_URL", url)
    project.write("typedflow.toml", MANIFEST + POSTGRES)
    for command in ("plan", "apply"):
        done = call("table", command, *options)
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith("typedflow.toml:9:2: error TF805 engine-failed: ")
        assert message in done.err
        assert CANARY not in done.err.replace(f"{CANARY}.invalid", "")


@pytest.mark.parametrize(("module", "extra"), [("duckdb", "duckdb"), ("sqlalchemy", "warehouse")])
def test_a_missing_extra(
    project: Project, call: Call, monkeypatch: pytest.MonkeyPatch, module: str, extra: str
) -> None:
    """The message has the command that installs it."""
    monkeypatch.setitem(sys.modules, module, None)
    if extra == "warehouse":
        monkeypatch.setenv("WAREHOUSE_URL", "postgresql+psycopg://host/db")
        project.write("typedflow.toml", MANIFEST + POSTGRES)
    else:
        (project.root / "tables.duckdb").write_bytes(b"")
    done = call("table", "plan")
    assert done.code == 2
    assert f"`pip install 'typedflow[{extra}]'`" in done.err


def test_a_file_that_is_no_database(project: Project, call: Call) -> None:
    """DuckDB's sentence is reported."""
    (project.root / "tables.duckdb").write_text("not a database, and long enough to be read as one" * 100)
    done = call("table", "plan")
    assert done.code == 2
    assert "error TF805 engine-failed: DuckDB: " in done.err


def test_a_group_without_a_command_prints_help(call: Call) -> None:
    """Help is what somebody wants who types the group alone."""
    done = call("table")
    assert (done.code, done.err) == (0, "")
    assert "typedflow table apply" in done.out


def test_tables_are_completed(project: Project) -> None:
    """A shell completes the names of tables, and of nothing else."""
    project.write("typedflow.toml", MANIFEST + '[flows.report]\nfile = "flows/report.py"\n')
    environ = {**os.environ, "_ARGCOMPLETE": "1", "_ARGCOMPLETE_SUPPRESS_SPACE": "0", "COMP_TYPE": "9"}
    line = "typedflow table plan "
    environ |= {
        "COMP_LINE": line,
        "COMP_POINT": str(len(line)),
        "_ARGCOMPLETE_IFS": " ",
        "_ARGCOMPLETE_STDOUT_FILENAME": str(project.root / "out"),
    }
    subprocess.run([sys.executable, "-m", "typedflow"], cwd=project.root, env=environ, check=False)
    found = (project.root / "out").read_text().split()
    assert [name for name in found if not name.startswith("-")] == ["films", "scores"]
