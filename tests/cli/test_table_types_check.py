"""What a check says about the types of tables, and what they are good for in a model of settings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Call, Project

pytestmark = pytest.mark.slow

TYPES, FILMS = "flows/tables.py", "schemas/films.tbl.yaml"
MODEL = """\
from typedflow import ConfigModel
{imports}

class Settings(ConfigModel):
    features: list[{item}]
"""
USING = MODEL.format(imports="from tables import Films\n", item="Films.Column")
FLOW = """\
from metaflow import FlowSpec, step
from settings import Settings
from typedflow import SettingsMixin


class Report(SettingsMixin[Settings], FlowSpec):
    @step
    def start(self):
        self.next(self.end)

    @step
    def end(self):
        pass
"""
CODES = ("TF508", "TF803")


@pytest.fixture(autouse=True)
def _tables(project: Project) -> None:
    manifest = (
        'model = "flows/settings.py:Settings"\n\n[flows.report]\nfile = "flows/report.py"\nbindings = ["EXP_*"]\n'
    )
    project.write("typedflow.toml", f'{manifest}\n[tables."schemas/*.yaml"]\n')
    project.write("flows/report.py", FLOW)
    project.write(FILMS, "table: demo.films\ncolumns:\n  day: {type: date, nullable: false}\n  title: text\n")
    for name in ("configuration.EXP_02.json", "environment.dev.yaml", "environment.production.toml"):
        (project.root / f"settings/settings.{name}").unlink()
    project.write("settings/settings.configuration.EXP_01.yaml", "# The first.\nfeatures: [title]\n")
    project.write("settings/settings.yaml", "features: [day]\n")
    project.write("flows/settings.py", USING)


def test_a_wrong_feature(project: Project, call: Call, spawn: Call) -> None:
    """It is an error at its line, with what was meant; an editor gets the columns from the schema."""
    assert call("table", "types").code == 0
    assert spawn("check").code == 0
    project.write("settings/settings.configuration.EXP_01.yaml", "# The first.\nfeatures: [day, titel]\n")
    done = spawn("check")
    assert done.code == 1
    assert "settings.configuration.EXP_01.yaml:2:17: error TF301 invalid-value: `features[1]` is 'titel'" in done.out
    assert "did you mean `title`?" in done.out
    assert spawn("schema", "export").code == 0
    schema = json.loads(project.files()["schemas/settings.schema.json"])
    assert '"enum": ["day", "title"]' in json.dumps(schema)


@pytest.mark.parametrize("text", [None, "\nx = (\n", "\n<<<<<<< HEAD\n"])
def test_a_model_that_cannot_be_imported(project: Project, call: Call, spawn: Call, text: str | None) -> None:
    """Without the file, or with a broken one, each error says what to do; the command needs no model."""
    if text is not None:
        assert call("table", "types").code == 0
        project.write(TYPES, project.files()[TYPES] + text)
    done = spawn("check", "--format", "json")
    assert done.code == 1
    found = [item for item in json.loads(done.out)["diagnostics"] if item["code"] in CODES]
    assert sorted(item["code"] for item in found) == sorted(CODES)
    assert {item["hint"] for item in found} == {"run `typedflow table types`"}
    shown = spawn("show", "report", "--binding", "EXP_01")
    assert shown.code != 0
    assert "run `typedflow table types`" in shown.err
    assert spawn("table", "types").out == f"{TYPES}\n"
    assert spawn("check").code == 0


def test_other_errors_of_a_model_have_no_such_hint(project: Project, call: Call, spawn: Call) -> None:
    """Types that are current, or that are not what is wrong, are not named."""
    project.write("flows/settings.py", f"{USING}\nnope\n")
    assert call("table", "types").code == 0
    assert "table types" not in spawn("check").out
    project.write(FILMS, "table: demo.films\ncolumns: {title: int}\n")
    found = json.loads(spawn("check", "--format", "json").out)["diagnostics"]
    assert {item["code"]: item["hint"] is None for item in found if item["code"] in CODES} == {
        "TF508": True,
        "TF803": False,
    }


def test_a_table_that_changes(project: Project, call: Call, spawn: Call) -> None:
    """The finding names the line; what was found before is not what counts."""
    assert spawn("check").code == 1
    assert call("table", "types").code == 0
    assert spawn("check").code == 0
    project.write(FILMS, "table: demo.films\ncolumns:\n  day: {type: date, nullable: false}\n  title: int\n")
    for _ in range(2):
        done = spawn("check")
        assert done.code == 1
        assert (
            f"{TYPES}:24:9: error TF803 table-types-drift: the types of the tables are out of date: line 24 is"
            in done.out
        )
        assert "`title: NotRequired[str | None]`, but should be `title: NotRequired[int | None]`" in done.out
    assert call("table", "types", "--check").code == 1
    assert call("table", "types").code == 0
    assert spawn("check").code == 0
    (project.root / TYPES).unlink()
    assert spawn("check").code == 1


def test_a_project_without_types(project: Project, call: Call, spawn: Call) -> None:
    """Whoever does not use them hears nothing of them, even with a module of that name; then they are used."""
    project.write("flows/settings.py", MODEL.format(imports="", item="str"))
    assert spawn("check").code == 0
    project.write(TYPES, "import datetime\n")
    assert spawn("check").code == 0
    (project.root / TYPES).unlink()
    assert call("table", "types").code == 0
    assert spawn("check").code == 0
    project.write(FILMS, "table: demo.films\ncolumns: {title: int}\n")
    assert "TF803" in spawn("check").out
    (project.root / TYPES).unlink()
    assert spawn("check").code == 0
    project.write("flows/report.py", f"from tables import Tables\n{FLOW}")
    assert "TF803 table-types-drift: the types of the tables are missing" in spawn("check").out


def test_a_file_that_the_manifest_names(project: Project, spawn: Call) -> None:
    """It must be there, and be ours."""
    project.write("flows/settings.py", MODEL.format(imports="", item="str"))
    project.write("typedflow.toml", f'table_types = "flows/kinds.py"\n{project.files()["typedflow.toml"]}')
    assert "flows/kinds.py: error TF803 table-types-drift: the types of the tables are missing" in spawn("check").out
    project.write("flows/kinds.py", "import datetime\n")
    assert "flows/kinds.py: error TF803 table-types-drift: typedflow did not write this file" in spawn("check").out
