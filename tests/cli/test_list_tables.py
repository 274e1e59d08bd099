"""``typedflow list`` of tables: what they are called in the engine."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Call, Project

TABLES = """\
TABLE   BINDING  ENVIRONMENT  PATH               DIGEST        FILE
films   -        dev          dev.films          {films}  schemas/films.tbl.yaml
titles  -        dev          shop.titles        {titles}  schemas/titles.src.yaml
scores  EXP_01   dev          dev.scores_EXP_01  {one}  scores.yaml
scores  EXP_02   dev          dev.scores_EXP_02  {two}  scores.yaml
"""


def _tables(project: Project) -> None:
    text = '[tables."schemas/*.yaml"]\n[tables.scores]\nfile = "scores.yaml"\nbindings = ["EXP_*"]\n'
    manifest = (project.root / "typedflow.toml").read_text()
    project.write("typedflow.toml", f"{manifest}\n{text}")
    project.write("schemas/films.tbl.yaml", "table: dev.films\ncolumns: {a: int}\n")
    project.write("schemas/titles.src.yaml", "table: shop.titles\n")
    project.write("scores.yaml", "table: dev.scores_${binding}\ncolumns: {a: int}\n")


def test_tables_have_paths(project: Project, call: Call) -> None:
    """A table is listed with its name in the engine; a kind can be named, and the others are left out."""
    _tables(project)
    done = call("list", "tables")
    units = json.loads(call("list", "tables", "--format", "json").out)["units"]
    digests = [each["digest"] for unit in units for each in unit["bindings"]]
    expected = TABLES.format(**dict(zip(("films", "titles", "one", "two"), digests, strict=True)))
    assert (done.code, done.out) == (0, expected)
    assert [(unit["name"], unit["external"]) for unit in units] == [
        ("films", False),
        ("titles", True),
        ("scores", False),
    ]
    assert [each["table"] for each in units[2]["bindings"]] == ["dev.scores_EXP_01", "dev.scores_EXP_02"]
    assert "TABLE" not in call("list", "flows").out
    assert call("list").out == f"{call('list', 'flows').out}\n{expected}"


@pytest.mark.usefixtures("project")
def test_a_project_without_tables(call: Call) -> None:
    """How to declare a table is said, not a flow."""
    done = call("list", "tables")
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith("the project has no tables; add one to typedflow.toml: `[tables.NAME]` with its `file`")


def test_mistakes(project: Project, call: Call) -> None:
    """A table that is invalid has no path; an unknown kind is a wrong command line."""
    _tables(project)
    project.write("schemas/films.tbl.yaml", "table: ${nowhere}.films\ncolumns: {a: int}\n")
    project.write("schemas/titles.src.yaml", "tables: shop.titles\n")
    done = call("list", "tables", "--format", "json")
    units = json.loads(done.out)["units"]
    assert [(unit["external"], unit["bindings"][0]["table"]) for unit in units[:2]] == [(False, None), (None, None)]
    assert done.code == 1
    done = call("list", "table")
    assert (done.code, "did you mean `tables`?" in done.err) == (2, True)
