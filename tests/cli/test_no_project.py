"""What a user meets first: a directory above a project, below one, or in none."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import typedflow

if TYPE_CHECKING:
    from tests.cli.conftest import Call

HERE = "no `typedflow.toml`, and no `pyproject.toml` with `[tool.typedflow]`, in this directory or above it"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty directory, in which the command line is run."""
    monkeypatch.chdir(tmp_path)
    return tmp_path.resolve()


def _write(root: Path, **files: str) -> None:
    for name, text in files.items():
        file = root / name.replace("__", "/").replace("_toml", ".toml")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


@pytest.mark.parametrize("command", [("list",), ("show", "x"), ("check",), ("lock",), ("--project", ".", "runs", "x")])
def test_two_projects_below(root: Path, call: Call, command: tuple[str, ...]) -> None:
    """Each command names them, and what to type."""
    _write(root, one__typedflow_toml="model = 'a:A'", two__x__pyproject_toml="[tool.typedflow]\nmodel = 'a:A'")
    _write(root, three__pyproject_toml="[project]\nname = 'typedflow'", one__inner__typedflow_toml="")
    done = call(*command)
    assert (done.code, done.out) == (2, "")
    assert " ".join(done.err.split()) == (
        f"{root}: error TF501 no-project: {HERE}; below it are the projects `one`, `two/x` "
        "= help: change to one of them: `cd one`; or name it: `--project one`"
    )


def test_one_project_below_another_directory(root: Path, call: Call) -> None:
    """Names are what a shell accepts where the command was typed; a broken manifest is one, too."""
    _write(root, **{"above__a b__typedflow_toml": "broken", "above__x__y": ""})
    done = call("--project", "above", "list")
    assert done.code == 2
    assert "below it is the project `'above/a b'`\n" in done.err
    assert "  = help: change to it: `cd 'above/a b'`; or name it: `--project 'above/a b'`\n" in done.err
    os.chdir("above/x")
    assert "`typedflow init` creates a project" in call("list").err


def test_what_is_typed_helps(root: Path, call: Call) -> None:
    """Both commands of the hint lead to the project."""
    _write(root, one__typedflow_toml="model = 'a:A'")
    assert call("--project", "one", "list").code == 0
    os.chdir("one")
    assert call("list").code == 0


def test_from_python(root: Path) -> None:
    """``Project.open`` names them, too."""
    _write(root, one__typedflow_toml="model = 'a:A'")
    with pytest.raises(typedflow.TypedflowError, match="below it is the project `one`"):
        typedflow.Project.open()
