"""``typedflow table import``: files of external tables, from the engine's columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from typedflow.engines import DuckDB, Engine, Warehouse

if TYPE_CHECKING:
    from tests.cli.conftest import Call, Project

MANIFEST = 'model = "flows/settings.py:Settings"\n\n[tables."schemas/*.yaml"]\n'
POSTGRES = '\n[engine]\nkind = "sqlalchemy"\ndialect = "postgres"\nurl_env = "WAREHOUSE_URL"\n'
CREATE = (
    "CREATE SCHEMA shop",
    """CREATE TABLE shop.titles (id bigint NOT NULL, "on" varchar, "a: b" numeric(10,2), day date NOT NULL,
    tags varchar[], code uuid, spent interval NOT NULL, metrica real)""",
)
COLUMNS = """\
  id: {type: bigint, nullable: false}
  "on": text
  "a: b": "decimal(10,2)"
  day: {type: date, nullable: false}
  tags: "list<text>"
"""


@pytest.fixture(params=["duckdb", "postgres"])
def engine(request: pytest.FixtureRequest, project: Project, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Each engine, as the project's, with a table."""
    project.write("typedflow.toml", MANIFEST)
    project.write("schemas/films.tbl.yaml", "table: dev.films\ncolumns: {a: int}\n")
    engine: Engine = DuckDB(project.root / "tables.duckdb")
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_url")
        monkeypatch.setenv("WAREHOUSE_URL", url)
        project.write("typedflow.toml", MANIFEST + POSTGRES)
        engine = Warehouse(url, "postgres")
    engine.execute(CREATE)
    return engine


def test_a_file_is_written(engine: Engine, project: Project, call: Call) -> None:
    """It has all columns; a type without a name here is a comment. Then nothing differs, and `check` accepts it."""
    done = call("table", "import", "shop.titles")
    assert (done.code, done.out, done.err) == (0, "schemas/titles.src.yaml\n", "")
    uuid, interval = ("UUID", "INTERVAL") if engine.dialect == "duckdb" else ("uuid", "interval")
    odd = f"  code: {{}}  # {uuid} in the engine\n  spent: {{nullable: false}}  # {interval} in the engine\n"
    expected = f'table: "shop.titles"\ncolumns:\n{COLUMNS}{odd}  metrica: float\n'
    assert (project.root / "schemas/titles.src.yaml").read_text() == expected
    assert call("table", "plan", "titles").out == "titles  shop.titles (external): the same\n"
    done = call("table", "import", "shop.titles")
    assert (done.code, done.out) == (2, "")
    assert (project.root / "schemas/titles.src.yaml").read_text() == expected
    assert "the project has a table `titles`" in done.err


def test_names_and_places(engine: Engine, project: Project, call: Call) -> None:
    """Both can be named; a table cannot be declared twice, and a file is never replaced."""
    assert engine.dialect
    assert call("table", "import", "shop.titles", "--name", "other").out == "schemas/other.src.yaml\n"
    done = call("table", "import", "shop.Titles", "--name", "third")
    assert (done.code, "the table `other` of the project is `shop.titles` already" in done.err) == (2, True)
    (project.root / "schemas/other.src.yaml").unlink()
    done = call("table", "import", "shop.titles", "--to", "tables/mine.yaml")
    assert (done.code, done.out) == (0, "tables/mine.yaml\n")
    assert "no glob of typedflow.toml matches the file" in done.err
    assert (project.root / "tables/mine.yaml").read_text().startswith('table: "shop.titles"\nexternal: true\n')
    done = call("table", "import", "shop.titles", "--to", "tables/mine.yaml")
    assert (done.code, "the file already exists" in done.err) == (2, True)


LINES = {
    ("shop.title",): "did you mean `shop.titles`?",
    ("shop.ti tles",): "cannot be the name of a table in the engine",
    ("shop.titles", "--name", "a-b"): "`a-b` cannot be the name of a table in the project",
    ("shop.titles", "--name", "films"): "the project has a table `films`",
    ("shop.titles", "--to", "a.json"): "is not the name of a YAML file",
}


@pytest.mark.parametrize("line", LINES, ids=" ".join)
@pytest.mark.parametrize("engine", ["duckdb"], indirect=True)
def test_mistakes(engine: Engine, project: Project, call: Call, line: tuple[str, ...]) -> None:
    """Each is said in a sentence, and no file is written."""
    assert engine.dialect
    before = sorted(path.name for path in project.root.rglob("*.yaml"))
    done = call("table", "import", *line)
    assert (done.code, done.out) == (2, "")
    assert LINES[line] in done.err
    assert sorted(path.name for path in project.root.rglob("*.yaml")) == before
