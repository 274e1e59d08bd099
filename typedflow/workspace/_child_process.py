"""Child processes: Python in a separate process, which may crash, answers requests, a line of text each.

A child reads requests from one pipe and writes answers to another. A line from the child that begins with ``.`` is a
sign of life, with the progress that it reports, if any; any other line answers a request. ``_child_side`` is the child.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO

from typedflow.values import TypedflowError
from typedflow.workspace._shared_findings import import_failed, import_timeout

SIGN_OF_LIFE = "."
#: The working directory is not searched for modules: neither does ``python flow.py``.
_BOOTSTRAP = """\
import sys
sys.path[:] = filter(None, sys.path)
from typedflow.workspace._child_side import serve
serve(*sys.argv[1:])
"""
#: Sets have the same order in each process.
_OWN_VARIABLES = {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
_START = 120.0
_GRACE = 2.0
_MOST_PRINTED = 1 << 16


class ChildTimeoutError(Exception):
    """A child has shown no sign of life for too long."""


class ChildEndedError(Exception):
    """A child has ended without an answer; the text describes how. ``output``: the end of what it printed."""

    def __init__(self, code: int, output: str) -> None:
        """Describe the exit code, and the last line that was printed."""
        how = f"by signal {signal.Signals(-code).name}" if code < 0 else f"with exit code {code}"
        last = next((line for line in reversed(output.splitlines()) if line.strip()), "")
        super().__init__(how + (f"; it last printed: {last[:200]}" if last else ""))
        self.code = code
        self.output = output


class ChildProcess:
    """A process that answers requests with a function ``module:name``; what it prints is not shown.

    With an ``opening``, the function is called with it once, and returns the function that answers. A child that is
    not ``is_own_group`` receives the terminal's interrupts, and is not killed: it outlives this process.
    """

    def __init__(
        self,
        program: str,
        *,
        opening: str | None = None,
        folder: Path | None = None,
        environ: Mapping[str, str] | None = None,
        is_own_group: bool = True,
    ) -> None:
        """Start the process in a folder, or in this process's working directory, and wait until it is ready."""
        # Open as long as the process lives; in append mode, since reading moves the position.
        self._printed: IO[bytes] = tempfile.TemporaryFile("a+b")  # noqa: SIM115
        requests, ours = os.pipe()
        self._answers, answers = os.pipe()
        self._requests = os.fdopen(ours, "wb")
        self._buffer = b""
        self._is_own_group = is_own_group
        try:
            self._process = subprocess.Popen(  # noqa: S603 # this Python, and a program of ours
                [sys.executable, "-c", _BOOTSTRAP, program, str(requests), str(answers), *self._options(opening)],
                cwd=folder,
                env={**os.environ, **_OWN_VARIABLES} if environ is None else environ,
                pass_fds=(requests, answers),
                stdin=subprocess.DEVNULL,
                stdout=self._printed,
                stderr=self._printed,
                start_new_session=is_own_group,
            )
        finally:
            os.close(requests)
            os.close(answers)
        if opening is not None:
            self.send(opening)
            with contextlib.suppress(ChildTimeoutError, ChildEndedError):  # the first request shows them
                self._line(_START)

    def _options(self, opening: str | None) -> tuple[str, str]:
        """Whether an opening comes first, and the parent that the child's group ends with, if it has one of its own."""
        return "opening" if opening else "", str(os.getpid()) if self._is_own_group else ""

    def ask(self, request: str, timeout: float | None = None, tell: Callable[[str], None] | None = None) -> str:
        """Return the answer to a request; ``tell`` is called with each progress that the child reports before it.

        Units: ``timeout`` in seconds, from one sign of life to the next.

        Raises:
            ChildTimeoutError: the child shows no sign of life.
            ChildEndedError: the child has ended.
        """
        self.send(request)
        return self.receive(timeout, tell)

    def send(self, request: str) -> None:
        """Send a request, whose answer is to be received."""
        with contextlib.suppress(BrokenPipeError):  # it has ended, as its answer will show
            self._requests.write(f"{request}\n".encode())
            self._requests.flush()

    def receive(self, timeout: float | None = None, tell: Callable[[str], None] | None = None) -> str:
        """Return the answer to a request that was sent, as ``ask`` does; after a timeout, it can be called again.

        Raises:
            ChildTimeoutError: the child shows no sign of life.
            ChildEndedError: the child has ended.
        """
        while (line := self._line(timeout)).startswith(SIGN_OF_LIFE):
            if tell is not None and line != SIGN_OF_LIFE:
                tell(line.removeprefix(SIGN_OF_LIFE))
        return line

    def stack(self) -> str:
        """Return the child's traceback, from faulthandler, which works even if the child is blocked."""
        self._printed.truncate(0)
        with contextlib.suppress(OSError):
            os.kill(self._process.pid, signal.SIGUSR1)
        until = time.monotonic() + _GRACE
        while "File " not in self._output() and time.monotonic() < until:
            time.sleep(0.02)
        return self._output()

    def interrupt(self) -> None:
        """Interrupt the child, and what it has started, as a terminal's Ctrl-C does."""
        self._signal(signal.SIGINT)

    def kill(self) -> None:
        """Kill the child, and what it has started; also from another thread than the one that waits for an answer."""
        self._signal(signal.SIGKILL)

    def _signal(self, number: int) -> None:
        with contextlib.suppress(OSError):
            os.killpg(self._process.pid, number)

    def close(self, grace: float = _GRACE) -> None:
        """End the child; it has ``grace`` seconds to end by itself."""
        with contextlib.suppress(BrokenPipeError):
            self._requests.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(grace)
        if self._is_own_group:
            self.kill()
            self._process.wait()
        os.close(self._answers)
        self._printed.close()

    def _line(self, timeout: float | None) -> str:
        until = None if timeout is None else time.monotonic() + timeout
        while b"\n" not in self._buffer:
            left = None if until is None else max(0.0, until - time.monotonic())
            if not select.select([self._answers], [], [], left)[0]:
                raise ChildTimeoutError
            more = os.read(self._answers, 1 << 16)
            if not more:
                raise ChildEndedError(self._exit_code(), self._output())
            self._buffer += more
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line.decode()

    def _exit_code(self) -> int:
        """Return the exit code of a process that no longer answers; kill it if it does not end."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._process.wait(_GRACE)
        self._process.kill()
        return self._process.wait()

    def _output(self) -> str:
        """Return the end of what was printed, which may be very long."""
        size = self._printed.seek(0, os.SEEK_END)
        self._printed.seek(max(0, size - _MOST_PRINTED))
        return self._printed.read().decode(errors="replace")


def ask_child(
    program: str, request: str, folder: Path, timeout: float, tell: Callable[[str], None] | None = None
) -> str:
    """Return the answer of ``module:function`` to one request, from a child process that works in a folder.

    Units: ``timeout`` in seconds, from one sign of life to the next.

    Raises:
        TypedflowError: ``import-timeout`` without an answer in time; ``import-failed`` if the process ends.
    """
    child = ChildProcess(program, folder=folder)
    try:
        return child.ask(request, timeout, tell)
    except ChildTimeoutError:
        message = f"importing the code timed out after {timeout:g} seconds"
        hint = "do not wait for anything while a model is imported"
        raise TypedflowError([import_timeout(message, hint=hint)]) from None
    except ChildEndedError as error:
        message = f"the code ended the process {error}"
        raise TypedflowError([import_failed(message)]) from None
    finally:
        child.close(grace=0)
