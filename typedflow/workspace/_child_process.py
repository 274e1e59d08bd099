"""Asking another process: where code of the user's is run, this one is to survive it."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

from typedflow.values import TypedflowError
from typedflow.workspace._shared_findings import import_failed, import_timeout

_PROGRAM = """\
import sys
sys.path[:] = [place for place in sys.path if place]
from {module} import {function}
{function}(int(sys.argv[1]), sys.argv[2])
"""
_GRACE = 5
_MOST_PRINTED = 1 << 16


def ask_child(
    program: str, question: str, folder: Path, timeout: float, tell: Callable[[str], None] | None = None
) -> str:
    """Give what ``module:function`` answers to a question, in a Python process of its own that works in a folder.

    The function is called with a descriptor, to which it writes one line, and with the question. Lines before that
    which begin with ``.`` say that the work goes on: ``tell`` is given the rest of each. What the function prints
    disturbs nobody. Units: ``timeout`` in seconds, from one line to the next.

    Raises:
        TypedflowError: ``import-timeout`` without an answer in time; ``import-failed`` where the process ends.
    """
    module, _, function = program.partition(":")
    code = _PROGRAM.format(module=module, function=function)
    answers, given = os.pipe()
    with os.fdopen(answers, "rb") as pipe, tempfile.TemporaryFile() as printed:
        try:
            process = subprocess.Popen(  # noqa: S603 # this Python, and a program of ours
                [sys.executable, "-c", code, str(given), question],
                cwd=folder,
                # Sets are written in the same order by each process.
                env={**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"},
                pass_fds=(given,),
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=printed,
                start_new_session=True,
            )
        finally:
            os.close(given)
        try:
            buffer = bytearray()
            line = _line(pipe, buffer, timeout)
            while line and line.startswith(b"."):
                if tell is not None:
                    tell(line[1:-1].decode())
                line = _line(pipe, buffer, timeout)
            if line is None:
                raise _late(timeout)
            if not line.endswith(b"\n"):
                raise _ended(_waited(process), printed)
            return line.decode()
        finally:
            with contextlib.suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _line(pipe: IO[bytes], buffer: bytearray, timeout: float) -> bytes | None:
    """Give the next line, as far as it comes; None where it does not come in time."""
    until = time.monotonic() + timeout
    while b"\n" not in buffer:
        left = until - time.monotonic()
        if left <= 0 or not select.select([pipe], [], [], left)[0]:
            return None
        more = os.read(pipe.fileno(), 1 << 16)
        if not more:
            break
        buffer += more
    length = buffer.find(b"\n") + 1 or len(buffer)
    line = bytes(buffer[:length])
    del buffer[:length]
    return line


def _waited(process: subprocess.Popen[bytes]) -> int:
    """Give the exit code of a process that says nothing more; it may be one that does not end."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(_GRACE)
    process.kill()
    return process.wait()


def _late(timeout: float) -> TypedflowError:
    message = f"the code has not come back after {timeout:g} seconds, and was given up"
    hint = "nothing should wait while a model is imported"
    return TypedflowError([import_timeout(message, hint=hint)])


def _ended(code: int, printed: IO[bytes]) -> TypedflowError:
    size = printed.seek(0, os.SEEK_END)
    printed.seek(max(0, size - _MOST_PRINTED))
    lines = [line for line in printed.read().decode(errors="replace").splitlines() if line.strip()]
    how = f"by signal {signal.Signals(-code).name}" if code < 0 else f"with exit code {code}"
    last = f"; it last printed: {lines[-1][:200]}" if lines else ""
    return TypedflowError([import_failed(f"the code ended the process {how}{last}")])
