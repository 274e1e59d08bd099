"""Launching: streams, exit codes and signals, with small scripts in place of flows."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from typedflow.metaflow import command, launch
from typedflow.values import TypedflowError

LAUNCH = """\
import sys
from typedflow.metaflow import launch
try:
    sys.exit(launch([sys.executable, *sys.argv[1:]]))
except KeyboardInterrupt:
    sys.exit(130)
"""

#: Says that it is there, waits, and cleans up when it is asked to end.
PATIENT = """\
import os, signal, sys, time

def end(number, frame):
    os.write(1, f"asked {number}\\n".encode())  # print may be what was interrupted
    sys.exit(5)

signal.signal(signal.SIGTERM, end)
try:
    print("there", flush=True)
    for _ in range(400):
        time.sleep(0.05)  # a signal that comes just before a sleep is seen after it
except KeyboardInterrupt:
    time.sleep(0.3)
    print("cleaned up", flush=True)
"""


def _started(script: Path, *, new_session: bool = False) -> subprocess.Popen[str]:
    script.write_text(PATIENT)
    command = [sys.executable, "-c", LAUNCH, str(script)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=new_session)
    assert process.stdout is not None
    assert process.stdout.readline() == "there\n"
    return process


OPTIONS_BEFORE = {
    "metadata": (["--metadata", "local", "show"], ["--metadata", "local", "show"]),
    "equals-sign": (["--metadata=local", "--max-workers", "2"], ["--metadata=local", "run", "--max-workers", "2"]),
    "before-run-options": (["--with", "retry", "--tag", "a"], ["--with", "retry", "run", "--tag", "a"]),
    "flag": (["--no-pylint", "--tag", "a"], ["--no-pylint", "run", "--tag", "a"]),
    "two-values": (["--config-value", "other", "{}"], ["--config-value", "other", "{}", "run"]),
    "only-options": (["--quiet"], ["--quiet", "run"]),
    "value-missing": (["--metadata"], ["--metadata", "run"]),
    "help": (["--help"], ["run", "--help"]),
}


@pytest.mark.parametrize(("given", "expected"), OPTIONS_BEFORE.values(), ids=OPTIONS_BEFORE)
def test_run_stands_after_the_options_of_the_flow(given: list[str], expected: list[str]) -> None:
    """Options of the flow's own command stay before the subcommand, which is ``run`` where none is named."""
    assert command("f.py", "settings", "c.json", given) == [
        *(sys.executable, "f.py", "--config", "settings", "c.json"),
        *expected,
    ]


def test_resume_after_options_has_no_config() -> None:
    """``resume`` is found after the flow's own options as well."""
    assert command("f.py", "c", "c.json", ["--metadata", "local", "resume"])[2:] == ["--metadata", "local", "resume"]


def test_nothing_of_metaflow_is_loaded() -> None:
    """The launching process does not need Metaflow, which takes half a second to import."""
    code = "import sys; from typedflow.metaflow import command, launch; sys.exit('metaflow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_streams_are_inherited(tmp_path: Path) -> None:
    """The child has this process's streams, byte for byte, standard input as well."""
    script = tmp_path / "echo.py"
    script.write_text(
        "import sys\ndata = sys.stdin.buffer.read()\nsys.stdout.buffer.write(data)\nsys.stderr.write('e')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", LAUNCH, str(script)], input=b"\xff\x00", capture_output=True, check=True
    )
    assert (done.stdout, done.stderr) == (b"\xff\x00", b"e")


@pytest.mark.parametrize("code", [0, 1, 3, 255])
def test_the_exit_code_is_the_childs(code: int) -> None:
    """The exit code is that of the child."""
    assert launch([sys.executable, "-c", f"raise SystemExit({code})"]) == code


def test_a_signal_is_a_code_as_in_a_shell() -> None:
    """The code of a killed child is 128 plus the signal's number."""
    assert launch([sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"]) == 137


def test_the_working_directory_and_the_environment_are_passed_on(tmp_path: Path) -> None:
    """``cwd`` and ``environ`` are the child's."""
    check = f"import os, sys; sys.exit(os.getcwd() != {str(tmp_path.resolve())!r} or os.environ['A'] != 'b')"
    assert launch([sys.executable, "-c", check], tmp_path, {**os.environ, "A": "b"}) == 0


def test_what_cannot_be_started_is_a_diagnostic(tmp_path: Path) -> None:
    """A command that does not exist raises ``launch-failed``."""
    with pytest.raises(TypedflowError) as caught:
        launch([str(tmp_path / "nowhere")])
    (found,) = caught.value.diagnostics
    assert (found.rule.name, found.message) == (
        "launch-failed",
        "the flow cannot be started: No such file or directory",
    )


def test_handlers_are_put_back() -> None:
    """After a launch, signal handlers are restored."""
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    launch([sys.executable, "-c", ""])
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before


class _Ending(Mapping[str, str]):
    """The variables of this process, which receives SIGTERM while they are read, just before the child starts."""

    def __getitem__(self, name: str) -> str:
        return os.environ[name]

    def __len__(self) -> int:
        return len(os.environ)

    def __iter__(self) -> Iterator[str]:
        signal.raise_signal(signal.SIGTERM)
        return iter(os.environ)


def test_a_request_that_comes_early_is_not_lost(tmp_path: Path) -> None:
    """A signal during the start of the child is passed on as soon as it runs."""
    assert launch([sys.executable, "-c", "import time; time.sleep(20)"], tmp_path, _Ending()) == 143


def test_outside_of_the_main_thread() -> None:
    """Signals belong to the main thread; elsewhere a launch leaves them alone."""
    with ThreadPoolExecutor() as pool:
        assert pool.submit(launch, [sys.executable, "-c", "raise SystemExit(4)"]).result() == 4


def test_a_request_to_terminate_is_passed_on(tmp_path: Path) -> None:
    """SIGTERM reaches the child, which ends by itself; the code is that of the child."""
    process = _started(tmp_path / "patient.py")
    process.send_signal(signal.SIGTERM)
    out, _ = process.communicate(timeout=20)
    assert (process.returncode, out) == (5, "asked 15\n")


def test_an_interrupt_of_this_process_alone_is_passed_on(tmp_path: Path) -> None:
    """Where no terminal sends SIGINT to the child as well, it is passed on; only then are we interrupted."""
    process = _started(tmp_path / "patient.py", new_session=True)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=20)
    assert (process.returncode, out) == (130, "cleaned up\n")


def test_ctrl_c_reaches_the_child_once(tmp_path: Path) -> None:
    """The terminal interrupts both; the child ends its clean-up undisturbed, and only then are we interrupted."""
    script = tmp_path / "patient.py"
    script.write_text(PATIENT)
    main, side = pty.openpty()
    code = f"import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0)\n{LAUNCH}"
    command = [sys.executable, "-c", code, str(script)]
    process = subprocess.Popen(command, stdin=side, stdout=side, stderr=side, start_new_session=True)
    shown = _read_until(main, b"there")
    os.write(main, b"\x03")
    shown += _read_until(main, b"cleaned up")
    assert process.wait(timeout=20) == 130
    assert b"Traceback" not in shown
    os.close(main)
    os.close(side)


def _read_until(terminal: int, expected: bytes) -> bytes:
    seen = b""
    while expected not in seen:
        ready, _, _ = select.select([terminal], [], [], 20)
        assert ready, seen
        seen += os.read(terminal, 1000)
    return seen
