"""Patches that git accepts."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from typedflow.check import unified_patch

CHANGES: dict[str, tuple[str, str, str]] = {
    "a line": ("settings/a.yaml", "a: 1\nb: 2\nc: 3\n", "a: 1\nc: 3\n"),
    "two places": ("a.yaml", "".join(f"{n}\n" for n in range(30)), "".join(f"{n}\n" for n in range(1, 30) if n != 20)),
    "CRLF": ("a.yaml", "a: 1\r\nb: 2\r\n", "a: 1\r\nc: 2\r\n"),
    "no end of line": ("a.json", '{"a": 1}', "{}"),
    "an end of line lost": ("a.json", "a\nb\n", "a\nb"),
    "an end of line won": ("a.json", "a\nb", "a\nb\n"),
    "everything": ("a.yaml", "a: 1\n", ""),
    "other ends of lines": ("a.yaml", "a: '\x0b\x0c\x85\u2028\r'\nb: 1\n", "a: '\x0b\x0c\x85\u2028\r'\n"),
    "a name with blanks": ("a b/c d.yaml", "a\n", "b\n"),
    "a name of another script": ("ä/日本.yaml", "a\n", "b\n"),
    "a name with quotes": ('a"b\\c.yaml', "a\n", "b\n"),
    "a name with a tab": ("a\tb.yaml", "a\n", "b\n"),
}


def test_a_patch_shows_the_changes() -> None:
    """Names, place, and the lines before and after."""
    assert unified_patch("settings/a.yaml", "a: 1\ntypo: 2\n", "a: 1\nname: 2\n") == (
        "--- a/settings/a.yaml\n+++ b/settings/a.yaml\n@@ -1,2 +1,2 @@\n a: 1\n-typo: 2\n+name: 2\n"
    )


def test_equal_texts_have_none() -> None:
    """Without changes, the patch is empty."""
    assert unified_patch("a", "a\n", "a\n") == ""


@pytest.mark.slow
@pytest.mark.parametrize(("name", "old", "new"), CHANGES.values(), ids=CHANGES)
def test_git_applies_it(name: str, old: str, new: str, tmp_path: Path) -> None:
    """Applied to the old text, the patch gives the new one, byte for byte."""
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(old.encode())
    patch = unified_patch(name, old, new).encode()
    done = subprocess.run(["git", "apply", "-"], cwd=tmp_path, input=patch, capture_output=True, check=False)  # noqa: S607
    assert (done.returncode, done.stderr) == (0, b"")
    assert file.read_bytes().decode() == new
