"""Impossible paths: circular links, names that no file system accepts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Call, Project

LONG = "x" * 300
NAMES = {
    "too-long": LONG,
    "too-long-below": f"{LONG}/y",
    "too-long-file": f"{LONG}.json",
    "loop": "loop.json",
    "below-a-loop": "loop.json/y.json",
    "below-a-file": "typedflow.toml/y.json",
}
COMMANDS = {
    "check": ("check",),
    "project": ("list", "--project"),
    "init": ("init",),
    "stubs": ("stubs", "--check"),
    "diff": ("diff", "training", "EXP_01"),
    "export": ("schema", "export", "--output"),
    "install": ("schema", "install", "--output"),
}


def judged(call: Call, *arguments: str) -> str:
    """Return the error of a command line, which is not an internal error."""
    done = call(*arguments)
    assert done.code in {0, 1, 2}
    assert "internal error" not in done.err
    return done.err


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_on_the_command_line(project: Project, call: Call, command: tuple[str, ...], name: str) -> None:
    """An impossible path is not an internal error."""
    (project.root / "loop.json").symlink_to("loop.json")
    judged(call, *command, name)


@pytest.mark.parametrize("name", ["settings/settings.yaml", "flows/training.py", "typedflow.toml", "flows/settings.py"])
def test_a_file_of_the_project(project: Project, call: Call, name: str) -> None:
    """A link to itself in the place of a file is reported."""
    file = project.root / name
    file.unlink()
    file.symlink_to(file.name)
    done = call("check", "--select=TF1,TF5")
    assert done.code in {1, 2}
    assert "error TF" in done.out + done.err


def test_a_loop_where_schemas_go(project: Project, call: Call) -> None:
    """A link to itself in the place of the folder of schemas is reported, and nothing is written."""
    (project.root / "schemas").symlink_to("schemas")
    before = project.files()
    assert "unwritable-file" in judged(call, "schema", "install")
    assert project.files() == before


@pytest.mark.parametrize("name", [LONG, "settings/\\u0000", "\\u0000"], ids=["too-long", "nul", "nul-alone"])
@pytest.mark.parametrize("key", ["settings", "file", "model", "outside"])
def test_in_the_manifest(project: Project, call: Call, key: str, name: str) -> None:
    """A name that cannot be is reported at its place in the manifest."""
    names = {"settings": "settings", "file": "flows/report.py", "model": "flows/settings.py:Settings", key: name}
    names["model"] = f"{name}.py:Settings" if key == "model" else names["model"]
    lines = [f'settings = "{names["settings"]}"', f'model = "{names["model"]}"']
    lines += [f'outside = ["{name}"]'] if key == "outside" else []
    project.write("typedflow.toml", "\n".join([*lines, "[flows.report]", f'file = "{names["file"]}"', ""]))
    done = call("run", "report")
    assert "internal error" not in done.err
    if key != "outside" or name != LONG:
        assert done.err.startswith("typedflow.toml:")


NOT_UTF_8 = {
    "check": ("check", "flows/\udcff.py", "--format", "json"),
    "install": ("schema", "install", "--output", "\udcff"),
    "list": ("list", "--format", "json"),
    "lock": ("lock",),
    "run": ("run", "report"),
    "deploy": ("deploy", "training", "--binding=*", "--to=airflow", "--dry-run"),
}


@pytest.mark.parametrize("command", NOT_UTF_8.values(), ids=NOT_UTF_8)
def test_a_name_that_is_no_text(project: Project, call: Call, command: tuple[str, ...]) -> None:
    """A settings file or a path whose name is not UTF-8 is reported: no report could have it."""
    (project.root / "flows/\udcff.py").write_text("")
    (project.root / "settings/settings.configuration.EXP_\udcff.yaml").write_text("title: x\n")
    assert " TF" in judged(call, *command)


def test_stored_text_that_is_none(project: Project, call: Call) -> None:
    """Half a character in a lock file is shown as JSON writes it."""
    call("lock")
    project.write("typedflow.lock", project.files()["typedflow.lock"].replace("Diabetes", "\\ud800"))
    done = call("diff", "training", "EXP_01", "typedflow.lock", "--format", "json")
    assert json.loads(done.out)["changed"][0]["sides"][1]["value"] == "\ud800"


def test_no_working_directory(project: Project, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """A removed working directory is not a project."""
    gone = project.root / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert "no-project: the working directory has been removed" in judged(call, "list")
