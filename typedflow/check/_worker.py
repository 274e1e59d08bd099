"""A worker: the process in which user code is imported, so that nothing that it does can break a check.

It reads tasks from one pipe and writes outcomes to another, a line of JSON each; a line ``.`` says that it is alive,
and a line that begins with ``!`` is the traceback of an internal error.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from traceback import format_exception
from types import ModuleType
from typing import TextIO

from typedflow.check._cases import Cases
from typedflow.check._opened import Opened
from typedflow.check._outcomes import OUTCOMES, SCOPES, TASKS, Outcome, Task
from typedflow.project import open_project
from typedflow.values import TypedflowError
from typedflow.workspace import drafts, working_directory

ALIVE = "."
BROKEN = "!"
_SECONDS_BETWEEN = 0.2
#: Rarely: what is resolved and judged for each variant has few cycles, and looking for them took a fifth of the time.
_COLLECTIONS = (200_000, 20, 20)
_PACKAGE = __name__.partition(".")[0]


def work(requests: int, answers: int) -> None:
    """Answer tasks until there are no more; the first line tells what all of them have in common."""
    _settle()
    here, folder = working_directory(), ""
    with os.fdopen(requests, encoding="utf-8") as lines, os.fdopen(answers, "w", encoding="utf-8") as out:
        scope = SCOPES.validate_json(next(lines))
        opened, pulse = Opened(scope.root), _Pulse(out)
        pulse.beat()
        cases = Cases(open_project(Path(scope.root)), scope) if scope.root else None
        with drafts(scope.drafts):
            for line in lines:
                task = TASKS.validate_json(line)
                if task.file and folder != (folder := str(Path(task.file).parent)):
                    _enter(folder, scope.root or folder)
                opened.forget()
                answer = _answer(task, cases, pulse, opened)
                os.chdir(here)
                out.write(answer + "\n")
                out.flush()


def _settle() -> None:
    """Be a quiet guest: write no bytecode beside the user's files, say where the code is when asked."""
    sys.dont_write_bytecode = True
    sys.argv = [""]
    faulthandler.enable()
    faulthandler.register(signal.SIGUSR1)
    gc.set_threshold(*_COLLECTIONS)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)


class _Pulse:
    """Says now and then that the work goes on."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._last = time.monotonic()

    def __call__(self) -> None:
        """Say it, if that was not said just now."""
        if time.monotonic() - self._last > _SECONDS_BETWEEN:
            self.beat()

    def beat(self) -> None:
        """Say it."""
        self._last = time.monotonic()
        self._out.write(f"{ALIVE}\n")
        self._out.flush()


def _answer(task: Task, cases: Cases | None, pulse: _Pulse, opened: Opened) -> str:
    """Give the outcome of a task as a line, or what is wrong with ourselves."""
    try:
        outcome = _judged(task, cases, pulse)
    except Exception as error:  # noqa: BLE001 # an internal error is one of the check, not a finding
        return BROKEN + "".join(format_exception(error)).replace("\n", "\r")
    files = opened.digests(*_modules(task, cases))
    return OUTCOMES.dump_json(replace(outcome, files=files)).decode()


def _judged(task: Task, cases: Cases | None, pulse: _Pulse) -> Outcome:
    try:
        if task.kind == "flow":
            from typedflow.check._flow import judge_flow

            pulse.beat()  # Metaflow itself has been imported; the rest of the time is the user's
            return judge_flow(task, cases, pulse)
        from typedflow.check._settings import judge_bindings, judge_settings

        if cases is None:
            return Outcome()
        if task.kind == "bindings":
            return judge_bindings(cases.project, task.bindings or (), pulse)
        return judge_settings(cases.project, pulse)
    except TypedflowError as error:
        return Outcome(error.diagnostics)


def _modules(task: Task, cases: Cases | None) -> Iterator[ModuleType]:
    """Give the modules that a task's outcome surely depends on: the model's, and the flow's."""
    if cases is not None and cases.model_module is not None:
        yield cases.model_module
    module = sys.modules.get(Path(task.file).stem)
    if task.file and module is not None:
        yield module


def _enter(folder: str, root: str) -> None:
    """Forget what flows of another folder imported: a script finds the modules of its own folder first."""
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None) or ""
        is_ours = name.partition(".")[0] == _PACKAGE or "-packages" in file
        if file.startswith(root + os.sep) and not is_ours and str(Path(file).parent) != folder:
            del sys.modules[name]
    if folder in sys.path:
        sys.path.remove(folder)
