"""``typedflow stubs``: current, complete, and nobody else's files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Call

SHIPPED = Path(__file__).parents[2] / "stubs" / "metaflow"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _tree(root: Path) -> dict[str, str]:
    return {file.relative_to(root).as_posix(): file.read_text() for file in root.rglob("*") if file.is_file()}


def test_all_stubs_are_written(call: Call) -> None:
    """The tree is the repository's, and its files are named."""
    done = call("stubs")
    assert (done.code, done.err) == (0, "")
    assert _tree(Path("typings/metaflow")) == _tree(SHIPPED)
    assert done.out.splitlines() == [f"typings/metaflow/{name}" for name in sorted(_tree(SHIPPED))]


def test_written_twice(call: Call) -> None:
    """The second time there is nothing to do, and nothing is touched."""
    call("stubs")
    file = Path("typings/metaflow/__init__.pyi")
    before = file.stat().st_mtime_ns
    done = call("stubs")
    assert (done.code, done.out, file.stat().st_mtime_ns) == (0, "", before)


def test_another_directory(call: Call) -> None:
    """DIR replaces ``typings``, relative to ``--project``."""
    assert call("stubs", "types").code == 0
    assert call("--project", "there", "stubs").code == 0
    assert Path("types/metaflow/__init__.pyi").is_file()
    assert Path("there/typings/metaflow/__init__.pyi").is_file()


def test_checked(call: Call) -> None:
    """``--check`` names what is missing, and writes nothing; once all is there it is content."""
    done = call("stubs", "--check")
    assert (done.code, len(done.out.splitlines()), Path("typings").exists()) == (1, len(_tree(SHIPPED)), False)
    assert "run `typedflow stubs`" in done.err
    call("stubs")
    assert call("stubs", "--check").code == 0


def test_what_is_old_is_renewed(call: Call) -> None:
    """Files of an older version are rewritten, and those that no longer exist are removed."""
    call("stubs")
    root = Path("typings/metaflow")
    head = (root / "__init__.pyi").read_text().splitlines()[0]
    (root / "__init__.pyi").write_text(f"{head}\nold = 1\n")
    (root / "older").mkdir()
    (root / "older/gone.pyi").write_text(f"{head}\n")
    expected = "typings/metaflow/__init__.pyi\ntypings/metaflow/older/gone.pyi\n"
    assert call("stubs", "--check").out == expected
    assert call("stubs").out == expected
    assert _tree(root) == _tree(SHIPPED)
    assert not (root / "older").exists()


@pytest.mark.parametrize("option", [(), ("--check",)], ids=["write", "check"])
def test_nobody_elses_file_is_overwritten(call: Call, option: tuple[str, ...]) -> None:
    """A file of the same name that somebody else wrote is named, and nothing is written."""
    file = Path("typings/metaflow/flowspec.pyi")
    file.parent.mkdir(parents=True)
    file.write_text("class FlowSpec: ...\n")
    done = call("stubs", *option)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(
        "typings/metaflow/flowspec.pyi: error TF511 unwritable-file: the file was not written by"
    )
    assert _tree(Path("typings")) == {"metaflow/flowspec.pyi": "class FlowSpec: ...\n"}


def test_nobody_elses_stub_is_taken_away(call: Call) -> None:
    """A stub of the user's own, for a module that we have none for, stays."""
    own = Path("typings/metaflow/extension.pyi")
    own.parent.mkdir(parents=True)
    own.write_text("x: int\n")
    assert call("stubs").code == 0
    assert call("stubs", "--check").code == 0
    assert own.read_text() == "x: int\n"


def test_a_file_where_the_directory_should_be(call: Call) -> None:
    """Nothing of a tree that cannot be written stays."""
    Path("typings").write_text("")
    done = call("stubs")
    assert (done.code, done.out) == (1, "")
    assert "TF511 unwritable-file" in done.err
