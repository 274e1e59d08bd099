"""The search below a folder: what it finds, what it leaves out, and its limits."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pytest

from typedflow.workspace import _folder_search, search_folders


def _found(root: Path) -> list[str]:
    def is_wanted(_: Path, names: Collection[str]) -> bool:
        return "wanted" in names

    return [folder.relative_to(root).as_posix() for folder in search_folders(root, is_wanted)]


def _make(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("")


def test_near_folders_come_first(tmp_path: Path) -> None:
    """By depth, then by name; not the folder itself, and not what is below one that is found."""
    _make(tmp_path, "wanted", "b/wanted", "b/c/wanted", "a/b/wanted", "a/a/wanted", "c/d/e/f/wanted", "x/y")
    assert _found(tmp_path) == ["b", "a/a", "a/b", "c/d/e/f"]


@pytest.mark.parametrize("name", [".git", ".venv", "node_modules", "__pycache__", "lib/site-packages"])
def test_what_is_not_searched(tmp_path: Path, name: str) -> None:
    """Hidden folders, and those of installed packages."""
    _make(tmp_path, f"{name}/p/wanted", f"{name}/wanted", "a/wanted")
    assert _found(tmp_path) == ["a"]


def test_a_virtual_environment_is_not_searched(tmp_path: Path) -> None:
    """Whatever its name is."""
    _make(tmp_path, "env/pyvenv.cfg", "env/p/wanted", "a/wanted")
    assert _found(tmp_path) == ["a"]


def test_links_are_not_followed(tmp_path: Path) -> None:
    """They may lead back, or out."""
    _make(tmp_path, "a/b/wanted")
    (tmp_path / "a/loop").symlink_to(tmp_path)
    (tmp_path / "link").symlink_to(tmp_path / "a/b")
    assert _found(tmp_path) == ["a/b"]


def test_what_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    """A folder that is gone, too."""
    assert _found(tmp_path / "gone") == []


def test_depth_is_limited(tmp_path: Path) -> None:
    """Six levels below are too many."""
    _make(tmp_path, "1/2/3/4/5/wanted", "a/2/3/4/5/6/wanted")
    assert _found(tmp_path) == ["1/2/3/4/5"]


@pytest.mark.parametrize(("limit", "found"), [(6, ["a", "b", "c/d"]), (5, ["a", "b"]), (2, ["a"])])
def test_the_number_of_folders_is_limited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int, found: list[str]
) -> None:
    """The same folders are found each time, the nearest first."""
    monkeypatch.setattr(_folder_search, "_MOST_FOLDERS", limit)
    _make(tmp_path, "a/wanted", "b/wanted", "c/x", "d/x", "c/d/wanted")
    assert _found(tmp_path) == found


def test_the_number_of_names_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of a million files is not read to its end."""
    _make(tmp_path, *(f"a/{number}" for number in range(20)), "b/wanted")
    assert _found(tmp_path) == ["b"]
    monkeypatch.setattr(_folder_search, "_MOST_NAMES", 10)
    assert _found(tmp_path) == []
