"""Child processes that answer one request."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from typedflow.values import Diagnostic
from typedflow.workspace import ChildEndedError, ChildProcess, ask_child

Findings = Callable[..., list[Diagnostic]]
Ask = Callable[..., str]


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Writes a module `answering` that child processes find."""

    def write(code: str) -> None:
        (tmp_path / "there").mkdir(exist_ok=True)
        (tmp_path / "there" / "answering.py").write_text(code)
        monkeypatch.setenv("PYTHONPATH", str(tmp_path / "there"))

    return write


@pytest.fixture
def ask(tmp_path: Path, elsewhere: Callable[[str], None]) -> Ask:
    """Return a function that sends a request to a child process with the given code."""

    def asked(code: str, timeout: float = 30) -> str:
        elsewhere(code)
        return ask_child("answering:answer", "a question", tmp_path, timeout)

    return asked


@pytest.mark.slow
def test_another_process_answers(tmp_path: Path, ask: Ask) -> None:
    """It works in its folder, and what it prints is not the answer."""
    code = (
        "import os, sys\nprint('noise')\ndef answer(request):\n    print(sys.stdin.read())\n"
        "    return f'{request} {os.getpid() == os.getppid()} {os.getcwd()}'\n"
    )
    assert ask(code) == f"a question False {tmp_path.resolve()}"


@pytest.mark.slow
def test_a_process_answers_several_requests(elsewhere: Callable[[str], None]) -> None:
    """With an opening there is a state; progress comes before the answer to which it leads."""
    elsewhere(
        "import os\nfrom typedflow.workspace import tell_parent\n"
        "def answer(opening):\n    def again(request):\n        tell_parent(f'half of {request}')\n"
        "        os.chdir('/')\n        return f'{opening} {request} {os.getcwd()}'\n    return again\n"
    )
    child, told = ChildProcess("answering:answer", opening="hello"), list[str]()
    try:
        assert [child.ask(request, 30, told.append) for request in ("a", "ü" * 100_000)] == [
            "hello a /",
            f"hello {'ü' * 100_000} /",
        ]
    finally:
        child.close()
    assert [line[:9] for line in told] == ["half of a", "half of ü"]


@pytest.mark.slow
def test_a_process_that_ends_has_ended_for_all_requests(elsewhere: Callable[[str], None]) -> None:
    """What is wrong with its start shows with each request."""
    elsewhere("def answer(opening):\n    raise ValueError('bad')\n")
    child = ChildProcess("answering:answer", opening="hello")
    try:
        for _ in range(2):
            with pytest.raises(ChildEndedError, match=r"^with exit code 1; it last printed: ValueError: bad$"):
                child.ask("a", 30)
    finally:
        child.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("raise ValueError('bad')", "with exit code 1; it last printed: ValueError: bad"),
        ("import os\nos._exit(3)", "with exit code 3"),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)", "by signal SIGSEGV"),
        ("import sys\nsys.exit()", "with exit code 0"),
        ("import sys\ndef answer(request):\n    sys.exit()", "with exit code 0"),
    ],
)
def test_a_process_that_ends_is_a_finding(ask: Ask, findings: Findings, code: str, message: str) -> None:
    """Without an answer it is said how the process ended, and what it last printed."""
    (found,) = findings(ask, code)
    assert (found.rule.name, found.message) == ("import-failed", f"the code ended the process {message}")


@pytest.mark.slow
def test_a_process_that_does_not_end_is_given_up(tmp_path: Path, ask: Ask, findings: Findings) -> None:
    """After the time limit the process is killed, and what it has started."""
    code = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"open({str(tmp_path / 'child')!r}, 'w').write(str(child.pid))\ntime.sleep(60)\n"
    )
    (found,) = findings(ask, code, 3)
    assert (found.rule.name, found.message) == (
        "import-timeout",
        "importing the code timed out after 3 seconds",
    )
    child = (tmp_path / "child").read_text()
    state = subprocess.run(["ps", "-o", "stat=", "-p", child], capture_output=True, text=True, check=False)  # noqa: S607
    assert state.stdout.strip()[:1] in {"", "Z"}


@pytest.mark.slow
@pytest.mark.parametrize("is_own_group", [True, False])
def test_a_process_ends_with_its_parent(
    tmp_path: Path, elsewhere: Callable[[str], None], *, is_own_group: bool
) -> None:
    """One that hangs is not left behind if its parent is killed; one that is to outlive its parent does."""
    elsewhere(
        "import os, time\ndef answer(request):\n    open(request, 'w').write(str(os.getpid()))\n    time.sleep(60)\n"
    )
    file = tmp_path / "pid"
    start = f"ChildProcess('answering:answer', is_own_group={is_own_group}).ask({str(file)!r})"
    code = f"from typedflow.workspace import ChildProcess\n{start}"
    with subprocess.Popen([sys.executable, "-c", code]) as parent:
        _wait_until(lambda: file.exists() and bool(file.read_text()))
        parent.kill()
    child = int(file.read_text())
    if is_own_group:
        _wait_until(lambda: not _is_alive(child))
    else:
        time.sleep(2)
        assert _is_alive(child)
        os.kill(child, signal.SIGKILL)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/status")
    return not status.exists() or "Z (zombie)" not in status.read_text()


def _wait_until(is_done: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while not is_done():
        assert time.monotonic() < until
        time.sleep(0.05)
