"""Commands whose output goes to a file: their codes, how they are stopped, and that none is left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from typedflow.workspace import LoggedProcess

pytestmark = [pytest.mark.process, pytest.mark.usefixtures("in_time")]

#: Says that it is there, and waits; a child of it does the same.
_WAITS = """\
import os, subprocess, sys, time
from pathlib import Path

def wait(name):
    Path(name).write_text(str(os.getpid()))
    try:
        while True:
            time.sleep(0.05)
    except KeyboardInterrupt:
        os.write(1, f"cleaned up {name}\\n".encode())  # at once: the other writes into the same file

if "alone" not in sys.argv:
    child = subprocess.Popen([sys.executable, "-c", "import waits; waits.wait('child')", "alone"])
if __name__ == "__main__":
    wait("there")
"""
_PARENT = """\
import os, sys
from pathlib import Path
from typedflow.workspace import LoggedProcess
LoggedProcess([sys.executable, "waits.py"], Path("log"), os.environ).wait(60)
"""
#: Is interrupted just before the command is started.
_EARLY = """\
import os, signal, sys
from typedflow.workspace._logged_process import answer

def interrupt(event, arguments):
    if event == "subprocess.Popen":
        os.kill(os.getpid(), signal.SIGINT)

sys.addaudithook(interrupt)
print(answer(sys.argv[1]))
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The directory in which processes work."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "waits.py").write_text(_WAITS)
    return tmp_path


@contextmanager
def _started(*arguments: str) -> Iterator[LoggedProcess]:
    process = LoggedProcess([sys.executable, *arguments], Path("log"), os.environ)
    try:
        yield process
    finally:
        process.close()


CODES = {
    "success": ("print('out')", 0),
    "failure": ("import sys; sys.exit(3)", 3),
    "signal": ("import os, signal; os.kill(os.getpid(), signal.SIGTERM)", 143),
}


@pytest.mark.parametrize(("code", "expected"), CODES.values(), ids=CODES)
def test_the_exit_code_is_that_of_a_shell(code: str, expected: int) -> None:
    """It can be asked for again."""
    with _started("-c", code) as process:
        assert [process.wait(60), process.wait(60)] == [expected, expected]


def test_both_streams_are_appended(here: Path) -> None:
    """What is in the log already stays; there is no input."""
    (here / "log").write_text("before\n")
    code = "import sys; print(repr(sys.stdin.read()), flush=True); print('err', file=sys.stderr)"
    with _started("-c", code) as process:
        assert process.wait(60) == 0
    assert (here / "log").read_text() == "before\n''\nerr\n"


def test_while_it_runs_there_is_no_code() -> None:
    """Waiting ends after some time."""
    with _started("waits.py", "alone") as process:
        assert process.wait(0.01) is None


def test_an_interrupt_reaches_the_whole_group(here: Path) -> None:
    """As with Ctrl-C, and the command ends by itself."""
    with _started("waits.py") as process:
        _wait_for(here / "there", here / "child")
        process.interrupt()
        assert process.wait(60) == 0
    assert "cleaned up there" in (here / "log").read_text()


def test_an_interrupt_before_the_process_is_ready() -> None:
    """The command is not started."""
    with _started("waits.py", "alone") as process:
        process.interrupt()
        assert process.wait(60) is not None


def test_an_interrupt_while_the_command_is_started() -> None:
    """It is passed on as soon as there is a command."""
    request = json.dumps({"command": [sys.executable, "waits.py", "alone"], "log": "log"})
    done = subprocess.run([sys.executable, "-c", _EARLY, request], check=True, capture_output=True, text=True)
    assert done.stdout.strip().isdigit()


@pytest.mark.parametrize("ends", ["by kill", "by itself"])
def test_nothing_is_left_of_the_group(here: Path, ends: str) -> None:
    """Neither after a kill, nor of a command that has ended without its child."""
    code = f"import waits; waits.child.poll(); {'waits.wait(`there`)' if ends == 'by kill' else ''}".replace("`", "'")
    with _started("-c", code) as process:
        _wait_for(here / "child")
        if ends == "by kill":
            _wait_for(here / "there")
            process.kill()
        assert process.wait(60) == (137 if ends == "by kill" else 0)
    _wait_until(lambda: not _is_alive(here / "child"))


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_with_its_parent(here: Path, number: int) -> None:
    """However that ends, and with all that it has started."""
    with subprocess.Popen([sys.executable, "-c", _PARENT]) as parent:
        _wait_for(here / "there", here / "child")
        parent.send_signal(number)
    _wait_until(lambda: not _is_alive(here / "there") and not _is_alive(here / "child"))


def _wait_for(*files: Path) -> None:
    _wait_until(lambda: all(file.exists() and file.read_text() for file in files))


def _wait_until(is_done: Callable[[], bool]) -> None:
    while not is_done():  # the fixture `in_time` ends this
        time.sleep(0.02)


def _is_alive(file: Path) -> bool:
    try:
        os.kill(int(file.read_text()), 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{file.read_text()}/status")
    return not status.exists() or "Z (zombie)" not in status.read_text()
