"""Ctrl-C while a flow runs: the flow ends, then the caller is interrupted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.operations.conftest import Make

_WAITS = """\
import time
try:
    print("there", flush=True)
    for _ in range(400):
        time.sleep(0.05)  # a signal that comes just before a sleep is seen after it
except KeyboardInterrupt:
    print("cleaned up", flush=True)
"""
_LOOP = """\
import typedflow
try:
    for _ in range(3):
        print(typedflow.Project.open().run("report").exit_code, flush=True)
except KeyboardInterrupt:
    print("stopped")
"""
_PROGRAMS = {
    "python": (["-c", _LOOP], 0, "cleaned up\nstopped\n"),
    "command": (["-m", "typedflow", "run", "report"], 130, "cleaned up\n"),
}


@pytest.mark.parametrize(("program", "code", "out"), _PROGRAMS.values(), ids=_PROGRAMS)
def test_ctrl_c_ends_a_loop_of_runs(make: Make, program: list[str], code: int, out: str) -> None:
    """``Project.run`` raises KeyboardInterrupt after the flow's clean-up; the command exits with 130, silently."""
    root = make({"flows/report.py": _WAITS}).root
    command, pipe = [sys.executable, *program], subprocess.PIPE
    environ = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, cwd=root, env=environ, stdout=pipe, stderr=pipe, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "there\n"
        process.send_signal(signal.SIGINT)
        found = process.communicate(timeout=20)
    assert (process.returncode, found[0]) == (code, out)
    assert "Traceback" not in found[1]
