"""A full disk: existing files stay as they are, writes are atomic, and one sentence has the reason.

The limit of a file's size stands for the disk: a write beyond it fails, as on a full disk.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Project

pytestmark = pytest.mark.process

_ROOM = 20
"""Bytes: no file that typedflow writes is as short, but the one that tells git to ignore the others."""


def _full() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (_ROOM, _ROOM))


def _spawn(root: Path, *arguments: str, unlimited: bool = False) -> subprocess.CompletedProcess[str]:
    """Run a command line; its output goes into pipes, which are not limited."""
    # Without measuring coverage, which writes a file of its own when the process ends.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    environ = {**kept, "NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "typedflow", *arguments]
    before = None if unlimited else _full
    return subprocess.run(
        command, cwd=root, env=environ, check=False, capture_output=True, text=True, preexec_fn=before
    )


def _files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def _without_output(project: Project) -> None:
    """Have flows that write nothing themselves."""
    for name in ("training", "report"):
        project.write(f"flows/{name}.py", "")


WRITING = {
    "run": ("run", "training", "--binding", "EXP_01"),
    "lock": ("lock",),
    "schema export": ("schema", "export"),
    "init": ("init", "new"),
    "check --fix": ("check", "--no-cache", "--fix"),
    "check --output-file": ("check", "--no-cache", "--output-file", "report.txt"),
}


@pytest.mark.parametrize("arguments", WRITING.values(), ids=WRITING)
def test_nothing_is_left_half_written(project: Project, arguments: tuple[str, ...]) -> None:
    """The file that cannot be written is named, and every file is unchanged, even the one to be replaced."""
    _without_output(project)
    if "--fix" in arguments:
        project.write("settings/settings.configuration.EXP_01.yaml", "model:\n  alpha: 0.3\ntitel: something long\n")
    project.write("report.txt", "an older report, which is longer than the limit\n")
    project.write("typedflow.lock", "an older lock file, which is longer than the limit\n")
    before = _files(project.root)
    done = _spawn(project.root, *arguments)
    assert done.returncode in {1, 2}
    assert "TF511 unwritable-file: the file cannot be written: File too large" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    after = _files(project.root)
    after.pop(".typedflow/.gitignore", None)
    assert after == before


def test_an_older_compiled_config_stays(project: Project) -> None:
    """A run that cannot compile leaves the compiled config of an earlier run."""
    assert _spawn(project.root, *WRITING["run"], unlimited=True).returncode == 7
    before = _files(project.root)
    assert _spawn(project.root, *WRITING["run"]).returncode == 1
    assert _files(project.root) == before


def test_a_check_needs_no_memory(project: Project) -> None:
    """A cache that cannot be written is not a finding: the report is the same, and no file is left."""
    _without_output(project)
    known = _spawn(project.root, "check", "--no-cache", unlimited=True)
    before = _files(project.root)
    done = _spawn(project.root, "check")
    assert (done.returncode, done.stdout) == (known.returncode, known.stdout)
    after = _files(project.root)
    after.pop(".typedflow/.gitignore", None)
    assert after == before
