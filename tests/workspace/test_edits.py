"""Edits of people's files: all or none, and nothing about a file changes but its text."""

import stat
from pathlib import Path

import pytest

from typedflow.values import TypedflowError
from typedflow.workspace import Edit, apply_edits, exact_text


def test_texts_keep_their_mark_and_line_ends(tmp_path: Path) -> None:
    """What is read is what is written."""
    file = tmp_path / "a.yaml"
    file.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\n")
    text = exact_text(file)
    assert text == "\ufeffa: 1\r\nb: 2\n"
    apply_edits([Edit(file, text, f"{text}c: 3\r\n")])
    assert file.read_bytes() == b"\xef\xbb\xbfa: 1\r\nb: 2\nc: 3\r\n"


def test_no_file_has_no_text(tmp_path: Path) -> None:
    """What is not there is None; what is there and no text is an error."""
    assert exact_text(tmp_path / "a.yaml") is None
    (tmp_path / "a.yaml").write_bytes(b"\xff")
    with pytest.raises(TypedflowError) as caught:
        exact_text(tmp_path / "a.yaml")
    assert [item.rule.name for item in caught.value.diagnostics] == ["not-text"]


def test_files_come_and_go(tmp_path: Path) -> None:
    """An edit may make a file, with its folder, and take one away."""
    (tmp_path / "old").write_text("x", encoding="utf-8")
    apply_edits([Edit(tmp_path / "a/b/new", None, "y"), Edit(tmp_path / "old", "x", None)])
    assert (tmp_path / "a/b/new").read_text(encoding="utf-8") == "y"
    assert not (tmp_path / "old").exists()


def test_permissions_and_links_stay(tmp_path: Path) -> None:
    """A link still leads to its file, and a file that only its owner reads is still so."""
    file, link = tmp_path / "file", tmp_path / "link"
    file.write_text("x", encoding="utf-8")
    file.chmod(0o600)
    link.symlink_to(file)
    apply_edits([Edit(link, "x", "y")])
    assert link.is_symlink()
    assert file.read_text(encoding="utf-8") == "y"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_after_a_failure_all_is_as_it_was(tmp_path: Path) -> None:
    """A file that cannot be written takes the others back: changed, new and removed ones."""
    (tmp_path / "changed").write_text("x", encoding="utf-8")
    (tmp_path / "removed").write_text("x", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    before = sorted(tmp_path.iterdir())
    edits = [
        Edit(tmp_path / "changed", "x", "y"),
        Edit(tmp_path / "new/file", None, "y"),
        Edit(tmp_path / "removed", "x", None),
        Edit(tmp_path / "folder", None, "y"),
    ]
    with pytest.raises(TypedflowError) as caught:
        apply_edits(edits)
    assert [item.rule.name for item in caught.value.diagnostics] == ["unwritable-file"]
    assert sorted(tmp_path.iterdir()) == before
    assert (tmp_path / "changed").read_text(encoding="utf-8") == "x"
    assert (tmp_path / "removed").read_text(encoding="utf-8") == "x"


def test_a_folder_is_not_removed_as_a_file(tmp_path: Path) -> None:
    """What cannot be taken away is said."""
    (tmp_path / "folder").mkdir()
    with pytest.raises(TypedflowError) as caught:
        apply_edits([Edit(tmp_path / "folder", "x", None)])
    assert "cannot be removed" in caught.value.diagnostics[0].message
