"""Where a run's tables are declared, as the run stores it: exactly there, or nowhere."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from typedflow.models import file_values
from typedflow.project import open_project
from typedflow.units._launched import Launched
from typedflow.units._run_tables import run_tables
from typedflow.units._tables_record import tables_record
from typedflow.units._used_tables import UsedTable
from typedflow.values import Origins, format_path, leaves_of, read_sidecar

FLOWS = Path(__file__).parents[1] / "metaflow" / "tables" / "flows"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of a project with tables."""
    shutil.copytree(FLOWS, tmp_path, dirs_exist_ok=True)
    return tmp_path


def _origins(root: Path, *names: str) -> Origins:
    project, launched = open_project(root, {}), Launched("EXP_01", "dev")
    unit = project.unit("training", ("flow",))
    used = [UsedTable(name, external=None, owner=object) for name in names]
    content = run_tables(project, unit, used, launched)
    found = read_sidecar(tables_record(project, unit, launched, content))
    assert found is not None
    assert list(found.leaves) == [format_path(path) for path, _ in leaves_of(file_values(content, {}))]
    return found


def _places(found: Origins) -> dict[str, str]:
    return {path: str(leaf.origin) for path, leaf in found.leaves.items() if not leaf.is_default}


def test_each_value_is_from_the_line_that_declares_it(root: Path) -> None:
    """A column that is only a type, a column in quotes, and `.src` in the name of the file, which has no line."""
    (root / "schemas" / "titles.src.yaml").write_text("table: shared.titles\ncolumns: {'\"Id\"': int, title: }\n")
    found = _origins(root, "films", "titles")
    assert _places(found) == {
        "engine.file": "typedflow.toml:18:8",
        "tables.films.table": "schemas/films.tbl.yaml:1:8",
        "tables.films.partitioned_by[0]": "schemas/films.tbl.yaml:2:18",
        "tables.films.columns.day.type": "schemas/films.tbl.yaml:4:15",
        "tables.films.columns.day.nullable": "schemas/films.tbl.yaml:4:31",
        "tables.films.columns.title.type": "schemas/films.tbl.yaml:5:17",
        "tables.films.columns.title.nullable": "schemas/films.tbl.yaml:5:33",
        "tables.films.columns.runtime.type": "schemas/films.tbl.yaml:6:12",
        "tables.titles.table": "schemas/titles.src.yaml:1:8",
        "tables.titles.external": "schemas/titles.src.yaml",
        "tables.titles.columns.Id.type": "schemas/titles.src.yaml:2:19",
        "tables.titles.columns.title.type": "schemas/titles.src.yaml:2:31",
    }
    facts = (found.kind, found.unit, found.binding, found.environment, found.model.partition(":")[2])
    assert facts == ("flow", "training", "EXP_01", "dev", "RunTables")


PYPROJECT = """
[tool.typedflow]
model = "cinema_settings.py:Settings"
[tool.typedflow.flows.training]
file = "training.py"
[tool.typedflow.tables."schemas/*.yaml"]
[tool.typedflow.engine]
kind = "sqlalchemy"
dialect = "postgres"
url_env = "CINEMA_URL"
"""


def test_a_warehouse_in_a_pyproject(root: Path) -> None:
    """Its keys are where they are in that file."""
    (root / "typedflow.toml").unlink()
    (root / "pyproject.toml").write_text(PYPROJECT)
    assert _places(_origins(root, "log"))["engine.url_env"] == "pyproject.toml:10:11"
