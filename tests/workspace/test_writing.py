"""Files that cannot be written: nothing half written stays."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from typedflow.values import Diagnostic
from typedflow.workspace import new_folder, write_all, write_atomically

Findings = Callable[..., list[Diagnostic]]


def test_writing_creates_directories(tmp_path: Path) -> None:
    """A file's directories are made, and nothing else is left beside it."""
    file = tmp_path / "a" / "b" / "c.json"
    write_atomically(file, "größe\n")
    write_atomically(file, "x\r\ny\n")
    assert file.read_bytes() == b"x\r\ny\n"
    assert _names(file.parent) == ["c.json"]


def test_a_directory_in_the_way_is_a_diagnostic(tmp_path: Path, findings: Findings) -> None:
    """Where a directory has the file's name, nothing is written and nothing is left."""
    (tmp_path / "c.json").mkdir()
    (problem,) = findings(write_atomically, tmp_path / "c.json", "x")
    assert (problem.rule.name, str(problem.location)) == ("unwritable-file", str(tmp_path / "c.json"))
    assert _names(tmp_path) == ["c.json"]


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="needs a limit on the size of files")
def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    """A write that fails half-way leaves what was there, and no temporary file."""
    file = tmp_path / "c.json"
    write_atomically(file, "old")
    program = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from typedflow.workspace import write_atomically; from typedflow.values import TypedflowError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: write_atomically(Path(sys.argv[1]), 'new' * 100_000)\n"
        "except TypedflowError as error: print(error.diagnostics[0].rule.name)"
    )
    environ = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    done = subprocess.run(
        [sys.executable, "-c", program, str(file)], env=environ, check=True, capture_output=True, text=True
    )
    assert done.stdout == "unwritable-file\n"
    assert _names(tmp_path) == ["c.json"]
    assert file.read_text(encoding="utf-8") == "old"


def test_an_interrupted_write_leaves_no_temporary_file(tmp_path: Path, findings: Findings) -> None:
    """Whatever stops a write, text that cannot be encoded too, nothing half written stays."""
    (problem,) = findings(write_atomically, tmp_path / "c.json", "\ud800")
    assert problem.message == "the file cannot be written: its content is not valid UTF-8"
    assert _names(tmp_path) == []


def test_files_are_written_together_or_not_at_all(tmp_path: Path, findings: Findings) -> None:
    """Where one of several files cannot be written, the new ones and their directories go again, the old one stays."""
    (tmp_path / "old").write_text("old", encoding="utf-8")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    files = {tmp_path / "old": "new", tmp_path / "a" / "b": "new", tmp_path / "file" / "c": "new"}
    (problem,) = findings(write_all, files)
    assert problem.rule.name == "unwritable-file"
    assert _names(tmp_path) == ["file", "old"]
    assert (tmp_path / "old").read_text(encoding="utf-8") == "old"
    del files[tmp_path / "file" / "c"]
    write_all(files)
    assert [file.read_text(encoding="utf-8") for file in files] == ["new", "new"]


def _names(directory: Path) -> list[str]:
    return sorted(file.name for file in directory.iterdir())


def test_a_new_folder_is_nobody_elses(tmp_path: Path) -> None:
    """A number follows a name that is taken; only the owner may write into it."""
    before = os.umask(0)
    try:
        made = [new_folder(tmp_path / "logs", "now") for _ in range(3)]
    finally:
        os.umask(before)
    assert [folder.name for folder in made] == ["now", "now-2", "now-3"]
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in (*made, tmp_path / "logs")} == {0o755}


def test_a_new_folder_in_a_file(tmp_path: Path, findings: Findings) -> None:
    """It is said that it cannot be written."""
    (tmp_path / "logs").touch()
    (problem,) = findings(new_folder, tmp_path / "logs", "now")
    assert problem.rule.name == "unwritable-file"
