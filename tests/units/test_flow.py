"""Starting a flow: the command, and what it knows of its variant."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from typedflow.project import LoadedProject, open_project, resolve
from typedflow.units import flow, unit_file
from typedflow.values import TypedflowError


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LoadedProject:
    """A project with one flow."""
    (tmp_path / "typedflow.toml").write_text('model = "model.py:Settings"\n[flows.training]\nfile = "flow.py"\n')
    (tmp_path / "model.py").write_text(
        "from typedflow import ConfigModel\n\nclass Settings(ConfigModel):\n    a: int = 1\n"
    )
    (tmp_path / "flow.py").write_text("import sys\nsys.exit(5)\n")
    (tmp_path / "settings").mkdir()
    monkeypatch.chdir(tmp_path)
    return open_project(tmp_path, {})


def test_a_start(project: LoadedProject) -> None:
    """The config is compiled; the flow gets it, and knows its binding."""
    start = flow.prepare(project, resolve(project, "training"))
    assert json.loads(start.compiled.file.read_text()) == {"a": 1}
    config = start.compiled.file.relative_to(project.root).as_posix()
    assert start.command == (sys.executable, "flow.py", "--config", "settings", config, "run")
    assert (start.environ, start.has_config) == ({"TYPEDFLOW_BINDING": "default"}, True)


def test_resume_has_no_config(project: LoadedProject) -> None:
    """It uses the config of the run that it resumes."""
    start = flow.prepare(project, resolve(project, "training"), ["resume"])
    assert (start.command[1:], start.has_config) == (("flow.py", "resume"), False)


@pytest.mark.smoke
def test_the_exit_code(project: LoadedProject) -> None:
    """It is the flow's own."""
    assert flow.start(flow.prepare(project, resolve(project, "training"))) == 5


def test_a_missing_file(project: LoadedProject) -> None:
    """The line of the manifest is to blame."""
    (project.root / "flow.py").unlink()
    with pytest.raises(TypedflowError) as caught:
        unit_file(project, project.unit("training"))
    (found,) = caught.value.diagnostics
    assert (found.rule.name, str(found.location)) == ("missing-file", "typedflow.toml:3:8")


PLACES = {
    'flows."*.py"': ("maybe.py", "typedflow.toml:2:8", "narrow the glob"),
    "flows.maybe": ("typedflow.toml:3:8", None, ""),
}


@pytest.mark.parametrize(("key", "expected"), PLACES.items(), ids=PLACES)
def test_a_file_that_has_no_flow(tmp_path: Path, key: str, expected: tuple[str, str | None, str]) -> None:
    """A glob's is named itself, as the glob is no place to look for it."""
    (tmp_path / "maybe.py").write_text("class Maybe(type('Base', (), {})): pass\n\nMaybe()\n")
    entry = "" if "*" in key else 'file = "maybe.py"\n'
    (tmp_path / "typedflow.toml").write_text(f'model = "model.py:Settings"\n[{key}]\n{entry}')
    project = open_project(tmp_path, {})
    unit = project.unit("maybe")
    with pytest.raises(TypedflowError) as caught:
        list(flow.judge(tmp_path / unit.file, unit, project))
    (found,) = caught.value.diagnostics
    assert found.rule.name == "no-flow"
    related = str(found.related[0].location) if found.related else None
    place, other, hint = expected
    assert (str(found.location).removeprefix(f"{tmp_path}/"), related) == (place, other)
    assert hint in found.hint
