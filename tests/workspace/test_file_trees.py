"""Folders of text files: read and written as a whole."""

from pathlib import Path

import pytest

from typedflow.values import TypedflowError
from typedflow.workspace import read_tree, write_tree


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """Files are named below the folder, those of another suffix are left out."""
    write_tree(tmp_path, {"b/c.pyi": "c\n", "a.pyi": "a\n", "d.txt": "d\n"})
    assert read_tree(tmp_path, ".pyi") == {"a.pyi": "a\n", "b/c.pyi": "c\n"}


def test_no_folder_has_no_files(tmp_path: Path) -> None:
    """A folder that does not exist is empty."""
    assert read_tree(tmp_path / "none", ".pyi") == {}


def test_all_or_none(tmp_path: Path) -> None:
    """Where one file cannot be written, none is, and nothing stale is taken away."""
    (tmp_path / "b").write_text("a file")
    (tmp_path / "old.pyi").write_text("old")
    with pytest.raises(TypedflowError):
        write_tree(tmp_path, {"a.pyi": "a", "b/c.pyi": "c"}, ["old.pyi"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b", "old.pyi"]


def test_stale_files_go_with_their_folders(tmp_path: Path) -> None:
    """A folder goes when it is empty; one that is not stays."""
    write_tree(tmp_path, {"one/a.pyi": "", "two/a.pyi": "", "two/b.pyi": ""})
    write_tree(tmp_path, {}, ["one/a.pyi", "two/a.pyi", "three/a.pyi"])
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["b.pyi", "two"]
