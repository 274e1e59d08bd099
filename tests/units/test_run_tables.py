"""The tables of a project as a flow uses them: their names under a binding, and what is wrong with them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from typedflow.project import LoadedProject, open_project
from typedflow.units._launched import Launched
from typedflow.units._run_tables import run_tables, table_problems, tables_digest
from typedflow.units._used_tables import UsedTable, used_tables
from typedflow.values import TypedflowError

FLOWS = Path(__file__).parents[1] / "metaflow" / "tables" / "flows"


class Base:
    """Annotations that another class inherits."""

    films: "WritableTable[str, object]"  # type: ignore[name-defined] # noqa: F821, UP037


class Used(Base):
    """What a flow uses."""

    titles: "ExternalTable[str, object]"  # type: ignore[name-defined] # noqa: F821, UP037
    predictions: "typedflow.WritableTable[str, object]"  # type: ignore[name-defined] # noqa: F821, UP037


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of a project with tables."""
    shutil.copytree(FLOWS, tmp_path, dirs_exist_ok=True)
    return tmp_path


def _names(project: LoadedProject, unit: str, launched: Launched, *used: UsedTable) -> dict[str, str]:
    found = run_tables(project, project.unit(unit, ("flow",)), used, launched)
    return {name: table.table for name, table in found.tables.items()}


def test_names_have_the_binding_the_environment_and_the_options(root: Path) -> None:
    """An unbound table is the same under each binding."""
    project, used = open_project(root, {}), used_tables(Used)
    assert [(each.name, each.external) for each in used] == [("films", False), ("titles", True), ("predictions", False)]
    expected = {"films": "dev.films", "titles": "shared.titles", "predictions": "dev.predictions_EXP_02"}
    assert _names(project, "training", Launched("EXP_02", "dev"), *used) == expected
    given = Launched("EXP_01", None, ("environment.DATABASE=own",))
    assert _names(project, "training", given, *used)["predictions"] == "own.predictions_EXP_01"


def test_a_bound_table_of_an_unbound_flow(root: Path) -> None:
    """It has no name there; the finding is at the annotation."""
    project = open_project(root, {})
    with pytest.raises(TypedflowError) as raised:
        _names(project, "imports", Launched("default", None), *used_tables(Used))
    (found,) = raised.value.diagnostics
    assert found.rule.name == "unusable-table"
    assert found.message == "`imports` runs without a binding, where there is no table `predictions`"
    assert found.hint == "the table has the bindings `EXP_01`, `EXP_02`"
    assert found.location is not None
    assert (found.location.name, found.location.span and found.location.span.column) == (__file__, 5)


def test_tables_of_another_kind_and_unknown_ones(root: Path) -> None:
    """All are found, whatever the binding is."""
    used = (
        UsedTable("films", external=True, owner=Used),
        UsedTable("titles", external=False, owner=Used),
        UsedTable("flims", external=None, owner=Used),
    )
    found = [(item.message, item.label) for item in table_problems(open_project(root, {}), used)]
    assert found == [
        ("the table `films` is not external: annotate it as `WritableTable`", ""),
        ("the table `titles` is external: annotate it as `ExternalTable`", ""),
        ("the project has no table `flims`", "did you mean `films`?"),
    ]


def test_a_changed_table_changes_what_is_deployed(root: Path) -> None:
    """Its columns and its name do; a description does not."""
    before = tables_digest(open_project(root, {}), Launched("EXP_01", None))
    file = root / "schemas" / "films.tbl.yaml"
    file.write_text(f"description: Films.\n{file.read_text()}")
    assert tables_digest(open_project(root, {}), Launched("EXP_01", None)) == before
    assert tables_digest(open_project(root, {}), Launched("EXP_01", "dev")) != before
    file.write_text(file.read_text().replace("runtime: int", "runtime: double"))
    assert tables_digest(open_project(root, {}), Launched("EXP_01", None)) != before
