"""Child processes that answer one request."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from typedflow.values import Diagnostic
from typedflow.workspace import ask_child

Findings = Callable[..., list[Diagnostic]]


def _asked(tmp_path: Path, code: str, timeout: float = 30) -> str:
    place = tmp_path / "there"
    place.mkdir(exist_ok=True)
    (place / "answering.py").write_text(code)
    environ = dict(os.environ)
    os.environ["PYTHONPATH"] = str(place)
    try:
        return ask_child("answering:answer", "a question", tmp_path, timeout)
    finally:
        os.environ.clear()
        os.environ.update(environ)


@pytest.mark.slow
def test_another_process_answers(tmp_path: Path) -> None:
    """It works in its folder, and what it prints is not the answer."""
    code = (
        "import os, sys\nprint('noise')\ndef answer(to, question):\n    print(sys.stdin.read())\n"
        "    os.write(to, f'{question} {os.getpid() == os.getppid()} {os.getcwd()}\\n'.encode())\n"
    )
    assert _asked(tmp_path, code) == f"a question False {tmp_path.resolve()}\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("raise ValueError('bad')", "with exit code 1; it last printed: ValueError: bad"),
        ("import os\nos._exit(3)", "with exit code 3"),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)", "by signal SIGSEGV"),
        ("import sys\nsys.exit()", "with exit code 0"),
        ("def answer(to, question):\n    pass", "with exit code 0"),
    ],
)
def test_a_process_that_ends_is_a_finding(tmp_path: Path, findings: Findings, code: str, message: str) -> None:
    """Without an answer it is said how the process ended, and what it last printed."""
    (found,) = findings(_asked, tmp_path, code)
    assert (found.rule.name, found.message) == ("import-failed", f"the code ended the process {message}")


@pytest.mark.slow
def test_a_process_that_does_not_end_is_given_up(tmp_path: Path, findings: Findings) -> None:
    """After the time limit the process is killed, and what it has started."""
    code = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"open({str(tmp_path / 'child')!r}, 'w').write(str(child.pid))\ntime.sleep(60)\n"
    )
    (found,) = findings(_asked, tmp_path, code, 3)
    assert (found.rule.name, found.message) == (
        "import-timeout",
        "the code has not come back after 3 seconds, and was given up",
    )
    child = (tmp_path / "child").read_text()
    state = subprocess.run(["ps", "-o", "stat=", "-p", child], capture_output=True, text=True, check=False)  # noqa: S607
    assert state.stdout.strip()[:1] in {"", "Z"}
