"""Globs of files match what a shell matches."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from typedflow.workspace import glob_folder, is_glob, matching_files

FILES = (
    "a.py",
    "b.txt",
    ".hidden.py",
    "flows/a.py",
    "flows/b1.py",
    "flows/b2.py",
    "flows/b.c.py",
    "flows/[x].py",
    "flows/deep/a.py",
    "flows/deep/deeper/c.py",
    "flows/.git/d.py",
    "flows/folder.py/e.py",
    "other/a.py",
)
GLOBS = (
    "*.py",
    ".*.py",
    "flows/*.py",
    "flows/*",
    "flows/b?.py",
    "flows/b[12].py",
    "flows/b[!1].py",
    "flows/[[]x].py",
    "*/a.py",
    "*/*.py",
    "flows/*/*.py",
    "**/*.py",
    "**/a.py",
    "flows/**/*.py",
    "flows/**/deeper/*.py",
    "**/deep/**/*.py",
    "flows/.git/*.py",
    "flows/.*/*.py",
    "./flows/*.py",
    "flows//*.py",
    "other/../flows/*.py",
    "[fo]*/*.py",
    "none/*.py",
    "flows/*.PY",
)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A folder of files, some of them hidden, or in hidden folders."""
    for name in FILES:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("")
    return tmp_path


def _shell(glob: str, root: Path) -> set[str]:
    """Return what bash matches, except folders."""
    show = """[ -d "$name" ] || printf '%s\\n' "$name\""""
    script = f"shopt -s globstar nullglob; for name in {glob}; do {show}; done"
    bash = str(shutil.which("bash"))
    done = subprocess.run(
        [bash, "-c", script], cwd=root, env={**os.environ, "LC_ALL": "C"}, check=True, capture_output=True, text=True
    )
    return {os.path.normpath(name) for name in done.stdout.splitlines()}


@pytest.mark.process
@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
@pytest.mark.parametrize("glob", GLOBS)
def test_a_glob_matches_what_a_shell_matches(tree: Path, glob: str) -> None:
    """Hidden names only where the glob has a dot, and any number of folders for ``**``."""
    found = matching_files(tree, glob)
    assert len(set(found)) == len(found)
    assert {os.path.normpath(name) for name in found} == _shell(glob, tree)


NAMES = {
    "flows/*.py": ["flows/[x].py", "flows/a.py", "flows/b.c.py", "flows/b1.py", "flows/b2.py"],
    "**/b1.py": ["flows/b1.py"],
    "flows/**": [
        *("flows/[x].py", "flows/a.py", "flows/b.c.py", "flows/b1.py", "flows/b2.py"),
        *("flows/deep/a.py", "flows/deep/deeper/c.py", "flows/folder.py/e.py"),
    ],
    "./flows/a*.py": ["flows/a.py"],
    "flows/a.py": ["flows/a.py"],
    "flows/*/": [],
    "a.py/*": [],
    "": [],
}


@pytest.mark.parametrize(("glob", "names"), NAMES.items(), ids=NAMES)
def test_names_are_relative_and_in_order(tree: Path, glob: str, names: list[str]) -> None:
    """A name is written like its glob, without empty parts."""
    assert matching_files(tree, glob) == names


def test_an_absolute_glob(tree: Path) -> None:
    """Its names are absolute."""
    assert matching_files(Path("/nowhere"), f"{tree}/b.*") == [f"{tree}/b.txt"]


def test_any_folders_are_not_linked_ones(tree: Path) -> None:
    """So that a link to a folder above it does not repeat everything; a part of its own follows a link."""
    (tree / "other/link").symlink_to(tree / "flows/deep")
    (tree / "other/loop").symlink_to(tree)
    assert matching_files(tree, "other/**/*.py") == ["other/a.py"]
    assert matching_files(tree, "other/l*/a.py") == ["other/link/a.py", "other/loop/a.py"]
    assert matching_files(tree, "other/link/**/*.py") == ["other/link/a.py", "other/link/deeper/c.py"]


def test_a_broken_link_is_a_file(tree: Path) -> None:
    """Whoever reads it learns that its target is missing; a link to a folder is a folder."""
    (tree / "gone.md").symlink_to(tree / "nowhere")
    (tree / "folder.md").symlink_to(tree / "other")
    assert matching_files(tree, "*.md") == ["gone.md"]


FOLDERS = {
    "flows/*.py": "flows",
    "flows/batch/a?.py": "flows/batch",
    "flows/b*/x.py": "flows",
    "*.py": ".",
    "**/*.py": ".",
    "../shared/[ab]/*.py": "../shared",
    "/*.py": "/",
    "/a/b*": "/a",
}


@pytest.mark.parametrize(("glob", "folder"), FOLDERS.items(), ids=FOLDERS)
def test_the_folder_that_a_glob_is_below(glob: str, folder: str) -> None:
    """All parts before the first that has a wildcard."""
    assert glob_folder(glob) == folder


def test_what_is_a_glob() -> None:
    """A text with a wildcard."""
    assert [text for text in ("a.py", "a*", "a?", "[a]", "a]", "{a,b}", "") if is_glob(text)] == ["a*", "a?", "[a]"]
