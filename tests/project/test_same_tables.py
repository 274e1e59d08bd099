"""Tables that have one name in the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typedflow.project import same_tables

if TYPE_CHECKING:
    from tests.project.conftest import Make

MODEL = """
from typedflow import ConfigModel


class Environment(ConfigModel):
    database: str = "dev"


class Settings(ConfigModel):
    environment: Environment = Environment()
"""
MANIFEST = """\
model = "model.py:Settings"

[tables."schemas/*.yaml"]

[tables."bound/*.yaml"]
bindings = ["*"]
"""
FILES = {
    "typedflow.toml": MANIFEST,
    "model.py": MODEL,
    "settings/settings.yaml": "",
    "settings/settings.configuration.a.yaml": "",
    "settings/settings.configuration.b.yaml": "",
    "settings/settings.environment.prod.yaml": "environment: {database: same}\n",
    "schemas/films.tbl.yaml": "table: ${environment.database}.films\ncolumns: {a: int}\n",
    "bound/scores.yaml": "table: dev.scores_${binding}\ncolumns: {a: int}\n",
}


def test_an_equal_name_in_one_environment_is_found(make: Make) -> None:
    """Case does not count; the later file is named, with the other one; each pair is reported once."""
    project = make({**FILES, "schemas/movies.src.yaml": "description: x\ntable: same.Films\n"})
    assert list(same_tables(project, [None])) == []
    (found,) = same_tables(project, [None, "prod", "prod"])
    assert found.rule.name == "same-table"
    assert found.message == (
        "the table `films` and the table `movies` have the same name in the engine: "
        "`same.films` and `same.Films`, which are the same"
    )
    assert str(found.location).startswith("schemas/movies.src.yaml:2:8")
    assert str(found.related[0].location).startswith("schemas/films.tbl.yaml:1:8")
    assert [case.environment for case in found.cases] == ["prod"]


def test_bindings_are_told_apart(make: Make) -> None:
    """A name that another table has under a binding is found, and bindings that differ only in case."""
    project = make({**FILES, "schemas/movies.src.yaml": "table: dev.scores_b\n"})
    (found,) = same_tables(project, [None])
    assert "the table `movies` and the table `scores` under the binding `b`" in found.message
    project = make({**FILES, "schemas/movies.src.yaml": "table: m\n", "settings/settings.configuration.A.yaml": ""})
    (found,) = same_tables(project, [None])
    assert "`dev.scores_A` and `dev.scores_a`, which are the same" in found.message
    assert found.related == ()


def test_tables_that_do_not_resolve_are_skipped(make: Make) -> None:
    """What is wrong with them is another finding."""
    project = make({**FILES, "schemas/movies.src.yaml": "table: ${nowhere}.films\n", "schemas/no.yaml": "table: 1\n"})
    assert list(same_tables(project, [None, "prod"])) == []
