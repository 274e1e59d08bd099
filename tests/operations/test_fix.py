"""Fixed files are written, but never over an edit that was made while the fixes were tried."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from typedflow.cli._exit_codes import exit_code
from typedflow.operations._fix import find_fixes, write_fixes
from typedflow.values import RULES, Diagnostic, Fix, Location, Report, TypedflowError

TEXT = "typo: 1\n"


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Return two files with a misspelt key."""
    found = [tmp_path / "a.yaml", tmp_path / "b.yaml"]
    for file in found:
        file.write_text(TEXT)
    return found


def _fix(files: list[Path], edit: Callable[[], object]) -> None:
    """Fix some files, and call ``edit`` while the fixes are tried."""
    fix = Fix(("typo",), "right")
    found = [Diagnostic(RULES["unknown-key"], "typo", Location(str(file)), path=fix.path, fix=fix) for file in files]

    def judge(_: Mapping[str, str]) -> Report:
        edit()
        return Report(())

    write_fixes(find_fixes(Report(tuple(found)), Report(()), judge))


def test_all_are_written(files: list[Path]) -> None:
    """Where nothing happens."""
    _fix(files, lambda: None)
    assert [file.read_text() for file in files] == ["right: 1\n", "right: 1\n"]


@pytest.mark.parametrize("edited", ["typo: 2\n", "\ufefftypo: 2\n", "typo: 1\r\n", None])
def test_an_edit_is_kept(files: list[Path], edited: str | None) -> None:
    """No file is written, since the fixes were tried together; the file that has changed is named."""
    one, other = files
    change = one.unlink if edited is None else lambda: one.write_bytes(edited.encode())
    with pytest.raises(TypedflowError) as caught:
        _fix(files, lambda: change() if one.exists() else None)
    (problem,) = caught.value.diagnostics
    assert (problem.rule.name, str(problem.location)) == ("unwritable-file", str(one))
    assert problem.message == "no file was fixed: this file has changed since it was checked"
    assert problem.hint == "run the command again"
    assert exit_code(caught.value.diagnostics) == 1
    assert (one.read_bytes().decode() if one.exists() else None) == edited
    assert other.read_text() == TEXT
