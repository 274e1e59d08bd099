"""Writing files: as a whole or not at all."""

from pathlib import Path

import pytest

from typedflow.values import TypedflowError
from typedflow.workspace import drafts, is_there, read_source, write_all, write_atomically


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    """The new content takes the old one's place, readable for all, and nothing else stays in the directory."""
    file = tmp_path / "deep" / "a.json"
    write_atomically(file, "old\n")
    write_atomically(file, "new\n")
    assert file.read_bytes() == b"new\n"
    assert file.stat().st_mode & 0o777 == 0o644
    assert list(file.parent.iterdir()) == [file]


def test_a_file_that_cannot_take_its_place(tmp_path: Path) -> None:
    """A directory of the file's name is not replaced, and no temporary file stays."""
    (tmp_path / "a.json").mkdir()
    with pytest.raises(TypedflowError, match=r"a\.json: TF511 unwritable-file: the file cannot be written"):
        write_atomically(tmp_path / "a.json", "text")
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_all_files_or_none(tmp_path: Path) -> None:
    """After a failure the new files and directories are gone, and a file that was there is as it was."""
    old = tmp_path / ".gitignore"
    old.write_text("old")
    (tmp_path / "b").write_text("a file where a directory is wanted")
    with pytest.raises(TypedflowError, match="unwritable-file"):
        write_all({tmp_path / "a" / "x": "1", old: "new", tmp_path / "b" / "y": "2"})
    assert sorted(path.name for path in tmp_path.iterdir()) == [".gitignore", "b"]
    assert old.read_text() == "old"


def test_a_link_that_leads_nowhere_is_there(tmp_path: Path) -> None:
    """A dangling link is in the way of a new file as well."""
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    assert is_there(tmp_path / "link")
    assert not is_there(tmp_path / "nowhere")


def test_a_draft_is_read_in_place_of_its_file(tmp_path: Path) -> None:
    """Only while it is one, by whatever path the file is named; other files, and what is on disk, stay as they are."""
    file, other = tmp_path / "a.yaml", tmp_path / "b.yaml"
    for each in (file, other):
        each.write_text("a: 1\n")
    with drafts({str(file): "a: 2\n"}):
        texts = [read_source(each).text for each in (file, tmp_path / ".." / tmp_path.name / "a.yaml", other)]
        assert texts == ["a: 2\n", "a: 2\n", "a: 1\n"]
        assert file.read_text() == "a: 1\n"
    assert read_source(file).text == "a: 1\n"
