"""What this process was started with, and how files are named."""

import io
from pathlib import Path

import pytest

from typedflow.workspace import display_name, terminal, variable


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


COLOURED = {
    "a terminal": ({}, _Terminal(), True),
    "a file": ({}, io.StringIO(), False),
    "a terminal with NO_COLOR": ({"NO_COLOR": "1"}, _Terminal(), False),
    "a terminal with an empty NO_COLOR": ({"NO_COLOR": ""}, _Terminal(), True),
    "a file with FORCE_COLOR": ({"FORCE_COLOR": "1"}, io.StringIO(), True),
    "both": ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, _Terminal(), False),
}


@pytest.mark.parametrize(("environ", "stream", "coloured"), COLOURED.values(), ids=COLOURED)
def test_colour_is_for_terminals(
    monkeypatch: pytest.MonkeyPatch,
    environ: dict[str, str],
    stream: io.StringIO,
    coloured: bool,  # noqa: FBT001 # a table's column
) -> None:
    """A stream is coloured where it is a terminal, unless ``NO_COLOR`` or ``FORCE_COLOR`` say otherwise."""
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, text in environ.items():
        monkeypatch.setenv(name, text)
    assert terminal(stream)[1] is coloured


def test_the_width_is_the_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    """The width is what the environment or the terminal says."""
    monkeypatch.setenv("COLUMNS", "77")
    assert terminal(io.StringIO())[0] == 77


def test_a_variable_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable of this process, or None."""
    monkeypatch.setenv("TYPEDFLOW_BINDING", "EXP_01")
    assert variable("TYPEDFLOW_BINDING") == "EXP_01"
    assert variable("TYPEDFLOW_ABSENT") is None


def test_a_file_is_named_from_the_root(tmp_path: Path) -> None:
    """Below the root, a name is relative to it, also through a link; elsewhere it is the whole path."""
    (tmp_path / "root" / "a").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "root")
    root = tmp_path / "root"
    assert display_name(root / "a" / "b.yaml", root) == "a/b.yaml"
    assert display_name(tmp_path / "link" / "a" / "b.yaml", root) == "a/b.yaml"
    assert display_name(tmp_path / "b.yaml", root) == str(tmp_path / "b.yaml")
    assert display_name(tmp_path / "b.yaml", None) == str(tmp_path / "b.yaml")
