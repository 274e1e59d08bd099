"""The side of a child process: requests come in, answers and signs of life go out; see ``_child_process``."""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import threading
import time
from importlib import import_module
from typing import TextIO

from typedflow.workspace._child_process import SIGN_OF_LIFE

_SECONDS_BETWEEN = 0.2
_SECONDS_BETWEEN_LOOKS = 1.0


def serve(program: str, requests: str, answers: str, opening: str, parent: str) -> None:
    """Answer requests with a function ``module:name`` until there are no more, or the parent has ended.

    ``parent``: the process that this process and its group end with; empty if they outlive it.
    """
    sys.argv = [""]
    if parent:
        threading.Thread(target=_end_with, args=(int(parent),), daemon=True).start()
    sys.dont_write_bytecode = True  # beside the user's files
    faulthandler.register(signal.SIGUSR1)
    here = os.getcwd()  # noqa: PTH109 # as it is called here, links and all
    with (
        os.fdopen(int(requests), encoding="utf-8", newline="\n") as lines,
        os.fdopen(int(answers), "w", encoding="utf-8") as out,
    ):
        module, _, name = program.partition(":")
        answer = getattr(import_module(module), name)
        _parent.out = out
        if opening:
            tell_parent()
            answer = answer(next(lines).removesuffix("\n"))
        for line in lines:
            _write(answer(line.removesuffix("\n")))
            os.chdir(here)  # the answer may have changed it


def _end_with(parent: int) -> None:
    """End this process and its group soon after the parent has ended: user code may hang."""
    while os.getppid() == parent:
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)


class _Parent:
    out: TextIO | None = None
    last = 0.0


_parent = _Parent()


def tell_parent(progress: str = "") -> None:
    """Report progress to the process that waits for an answer, or only, periodically, that the work continues."""
    if progress or time.monotonic() - _parent.last > _SECONDS_BETWEEN:
        _write(SIGN_OF_LIFE + progress)


def _write(line: str) -> None:
    _parent.last = time.monotonic()
    if _parent.out is not None:
        _parent.out.write(f"{line}\n")
        _parent.out.flush()
