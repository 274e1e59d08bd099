"""Workers as a check sees them: processes that answer tasks, and that may hang, end or break while they do."""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO

from typedflow.check._outcomes import OUTCOMES, SCOPES, TASKS, Outcome, Scope, Task
from typedflow.check._worker import ALIVE, BROKEN
from typedflow.values import Diagnostic, Location, Span
from typedflow.workspace import import_failed, import_timeout

#: The working directory is not searched for modules: `python flow.py` does not do so, either.
_PROGRAM = """\
import sys
sys.path[:] = filter(None, sys.path)
from typedflow.check._worker import work
work(int(sys.argv[1]), int(sys.argv[2]))
"""
_FRAME = re.compile(r'File "([^"\n]+)", line (\d+)')
_GRACE = 2.0
_START = 120.0
_MOST_PRINTED = 1 << 16
_FOREIGN = ("-packages", str(Path(os.__file__).parent), str(Path(__file__).parents[1]))


class Workers:
    """One worker at a time; another is started where one was lost."""

    def __init__(self, scope: Scope, timeout: float) -> None:
        """Start nothing yet. Units: ``timeout`` in seconds without a sign of life."""
        self._scope = scope
        self._timeout = timeout
        self._worker: _Worker | None = None

    def judge(self, task: Task) -> Outcome:
        """Give the outcome of a task: where user code hangs or ends the process, that is the finding."""
        self._worker = self._worker or _Worker(self._scope)
        answer = self._worker.ask(task, self._timeout)
        if isinstance(answer, Outcome):
            return answer
        self.close()
        return Outcome((answer,))

    def stop(self) -> None:
        """Kill the worker, from another thread than the one that waits for it."""
        if self._worker is not None:
            self._worker.kill()

    def close(self) -> None:
        """End the worker, if there is one."""
        if self._worker is not None:
            self._worker.end()
            self._worker = None


class _Worker:
    """A process, the pipes to it, and the file that takes what it prints."""

    def __init__(self, scope: Scope) -> None:
        # Open as long as the process lives, and to append, wherever it is read.
        self._printed: IO[bytes] = tempfile.TemporaryFile("a+b")  # noqa: SIM115
        tasks, self._tasks = os.pipe()
        self._answers, answers = os.pipe()
        self._process = subprocess.Popen(  # noqa: S603 # this Python, and a program of ours
            [sys.executable, "-c", _PROGRAM, str(tasks), str(answers)],
            pass_fds=(tasks, answers),
            stdin=subprocess.DEVNULL,
            stdout=self._printed,
            stderr=self._printed,
            start_new_session=True,
        )
        os.close(tasks)
        os.close(answers)
        self._rest = b""
        self._is_lost = False
        self._tell(SCOPES.dump_json(scope))
        self._line(_START)  # its first sign of life; what is wrong with it, the first task shows

    def ask(self, task: Task, timeout: float) -> Outcome | Diagnostic:
        """Give what the process answers, or the finding that it does not.

        Raises:
            RuntimeError: an internal error of the worker's, with its traceback.
        """
        self._tell(TASKS.dump_json(task))
        while True:
            line = self._line(timeout)
            self._is_lost = not line
            if line is None:
                return _hanging(task, timeout, self._stack())
            if line == b"":
                return _ended(task, self._process.wait(), self._output())
            if line.startswith(BROKEN.encode()):
                raise RuntimeError(line.decode()[len(BROKEN) :].replace("\r", "\n").strip())
            if line != ALIVE.encode():
                return OUTCOMES.validate_json(line)

    def end(self) -> None:
        """End the process, and what it has started; one that has nothing to do is let end by itself."""
        os.close(self._tasks)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(0 if self._is_lost else _GRACE)
        self.kill()
        self._process.wait()
        os.close(self._answers)
        self._printed.close()

    def kill(self) -> None:
        """Kill the process, and what it has started."""
        with contextlib.suppress(OSError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def _tell(self, line: bytes) -> None:
        with contextlib.suppress(BrokenPipeError):  # it has ended, as its answer will show
            os.write(self._tasks, line + b"\n")

    def _line(self, timeout: float) -> bytes | None:
        """Give the next line; nothing after the end of the process; None where it says nothing for too long."""
        until = time.monotonic() + timeout
        while b"\n" not in self._rest:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self._answers], [], [], left)[0]:
                return None
            more = os.read(self._answers, 1 << 16)
            if not more:
                return b""
            self._rest += more
        line, _, self._rest = self._rest.partition(b"\n")
        return line

    def _stack(self) -> str:
        """Ask the process where it is; Python answers between two instructions, and faulthandler at any time."""
        self._printed.truncate(0)
        with contextlib.suppress(OSError):
            os.kill(self._process.pid, signal.SIGUSR1)
        until = time.monotonic() + _GRACE
        while "File " not in self._output() and time.monotonic() < until:
            time.sleep(0.02)
        return self._output()

    def _output(self) -> str:
        """Give the end of what was printed; it may be very long."""
        size = self._printed.seek(0, os.SEEK_END)
        self._printed.seek(max(0, size - _MOST_PRINTED))
        return self._printed.read().decode(errors="replace")


def _hanging(task: Task, timeout: float, stack: str) -> Diagnostic:
    what = f"the flow `{task.name}`" if task.kind == "flow" else "the project's model"
    message = f"the code of {what} has not come back after {timeout:g} seconds, and was given up"
    hint = "nothing should wait while a flow is imported; `--timeout SECONDS` gives it more time"
    return import_timeout(message, _innermost(stack) or _start(task), hint=hint)


def _ended(task: Task, code: int, output: str) -> Diagnostic:
    how = f"by signal {signal.Signals(-code).name}" if code < 0 else f"with exit code {code}"
    what = f"the flow `{task.name}`" if task.kind == "flow" else "the project's model"
    last = next((line for line in reversed(output.splitlines()) if line.strip()), "")
    message = f"importing {what} ended the process {how}" + (f"; it last printed: {last[:200]}" if last else "")
    return import_failed(message, _innermost(output) or _start(task))


def _innermost(stack: str) -> Location | None:
    """Give the innermost line of the user's in what faulthandler printed: it begins with the most recent call."""
    for file, line in _FRAME.findall(stack):
        if not file.startswith("<") and not any(place in file for place in _FOREIGN):
            return Location(file, Span(int(line), 1, int(line), 1))
    return None


def _start(task: Task) -> Location | None:
    return Location(task.file) if task.file else None
