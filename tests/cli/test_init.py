"""``typedflow init``: everything or nothing."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Call

FILES = [
    "typedflow.toml",
    "flows/settings.py",
    "flows/training.py",
    "settings/settings.yaml",
    "settings/settings.configuration.EXP_01.yaml",
    ".gitignore",
]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _tree(root: Path) -> dict[str, str | None]:
    """Return everything below a directory: the text of files, None for directories."""
    found = sorted(root.rglob("*"))
    return {path.relative_to(root).as_posix(): path.read_text() if path.is_file() else None for path in found}


def test_the_files_and_the_next_step_are_said(tmp_path: Path, call: Call) -> None:
    """The names of files are data; the next step goes to standard error."""
    done = call("init")
    assert (done.code, done.out.splitlines()) == (0, FILES)
    assert done.err == "\nNow run it:\n  typedflow run training --binding EXP_01\n"
    assert {name for name, text in _tree(tmp_path).items() if text is not None} == set(FILES)


def test_another_directory(tmp_path: Path, call: Call) -> None:
    """A directory is made where it does not exist, and the next step goes there."""
    done = call("init", "new/my project")
    assert done.out.splitlines()[0] == "new/my project/typedflow.toml"
    assert done.err.endswith("  cd 'new/my project' && typedflow run training --binding EXP_01\n")
    assert (tmp_path / "new/my project/flows/training.py").is_file()


def test_project_is_the_directory_too(tmp_path: Path, call: Call) -> None:
    """``--project DIR`` says where, as for the other commands; both at once is an invalid command line."""
    assert call("--project", "new", "init").code == 0
    assert (tmp_path / "new/typedflow.toml").is_file()
    done = call("--project", "a", "init", "b")
    assert (done.code, "use only one of them" in done.err, (tmp_path / "b").exists()) == (2, True, False)


@pytest.mark.parametrize("name", FILES[:-1])
def test_nothing_is_overwritten(tmp_path: Path, call: Call, name: str) -> None:
    """If one file exists, it is named, and no file is written."""
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("mine")
    before = _tree(tmp_path)
    done = call("init")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"{name}: error TF511 unwritable-file: the file already exists")
    assert _tree(tmp_path) == before


def test_twice(call: Call) -> None:
    """All the files that are in the way are named."""
    call("init")
    assert call("init").err.endswith("5 problems\n")


def test_ignored_files_are_added(tmp_path: Path, call: Call) -> None:
    """A .gitignore keeps its lines and gets those that it does not have."""
    (tmp_path / ".gitignore").write_text("mine\n__pycache__/")
    call("init")
    assert (tmp_path / ".gitignore").read_text() == "mine\n__pycache__/\n.metaflow/\n.typedflow/\n"


def test_a_line_ends_where_git_says(tmp_path: Path, call: Call) -> None:
    """A line feed ends a line of .gitignore, and nothing else."""
    (tmp_path / ".gitignore").write_bytes("a\u2028.metaflow/\r\n__pycache__/\r\n".encode())
    call("init")
    added = b".metaflow/\n.typedflow/\n"
    assert (tmp_path / ".gitignore").read_bytes() == "a\u2028.metaflow/\r\n__pycache__/\r\n".encode() + added


@pytest.mark.parametrize("name", ["settings", "flows"])
def test_what_was_written_is_taken_back(tmp_path: Path, call: Call, name: str) -> None:
    """If a file cannot be written, earlier ones are removed with their directories; existing files stay."""
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / name).write_text("a file where a directory should be")
    (tmp_path / "new" / ".gitignore").write_text("mine\n")
    before = _tree(tmp_path)
    done = call("init", "new")
    assert (done.code, done.out) == (1, "")
    assert "TF511 unwritable-file" in done.err
    assert _tree(tmp_path) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_directory_that_cannot_be_written(tmp_path: Path, call: Call) -> None:
    """Without permission there is a diagnostic, and no directory is left."""
    tmp_path.chmod(0o500)
    done = call("init", "new")
    tmp_path.chmod(0o700)
    assert (done.code, _tree(tmp_path)) == (1, {})


def test_an_unreadable_gitignore_stops_everything(tmp_path: Path, call: Call) -> None:
    """A file that cannot be read is not overwritten."""
    (tmp_path / ".gitignore").write_bytes(b"\xff\n")
    done = call("init")
    assert (done.code, [path.name for path in tmp_path.iterdir()]) == (1, [".gitignore"])
    assert "TF107 not-text" in done.err
