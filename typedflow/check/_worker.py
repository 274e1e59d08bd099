"""A worker: the process in which user code is imported, so that nothing that it does can break a check."""

from __future__ import annotations

import faulthandler
import gc
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from traceback import format_exception
from types import ModuleType

from typedflow.check._cases import Cases
from typedflow.check._opened import Opened
from typedflow.check._worker_messages import OUTCOMES, SCOPES, TASKS, Outcome, Task
from typedflow.project import open_project
from typedflow.values import TypedflowError
from typedflow.workspace import set_drafts, tell_parent

PROGRAM = f"{__name__}:judge_in"
#: Begins the traceback of an internal error, in the place of an outcome.
BROKEN = "!"
#: Rarely: what is resolved and judged for each variant has few cycles, and looking for them took a fifth of the time.
_COLLECTIONS = (200_000, 20, 20)
_PACKAGE = __name__.partition(".")[0]


def judge_in(request: str) -> Callable[[str], str]:
    """Return what judges tasks in a scope, which is what all of them have in common."""
    faulthandler.enable()  # its lines are the user's, if the process ends
    gc.set_threshold(*_COLLECTIONS)
    scope = SCOPES.validate_json(request)
    opened, folder = Opened(scope.root), ""
    cases = Cases(open_project(Path(scope.root)), scope) if scope.root else None
    set_drafts(scope.drafts)

    def judge(request: str) -> str:
        nonlocal folder
        task = TASKS.validate_json(request)
        if task.file and folder != (folder := str(Path(task.file).parent)):
            _enter(folder, scope.root or folder)
        opened.forget()
        return _answer(task, cases, opened)

    return judge


def _answer(task: Task, cases: Cases | None, opened: Opened) -> str:
    """Return the outcome of a task as a line, or what is wrong with ourselves."""
    try:
        outcome = _judged(task, cases)
    except Exception as error:  # noqa: BLE001 # an internal error is one of the check, not a finding
        return BROKEN + "".join(format_exception(error)).replace("\n", "\r")
    files = opened.digests(*_modules(task, cases))
    return OUTCOMES.dump_json(replace(outcome, files=files)).decode()


def _judged(task: Task, cases: Cases | None) -> Outcome:
    try:
        if task.about == "unit":
            from typedflow.check._unit import judge_unit

            tell_parent()  # Metaflow itself has been imported; the rest of the time is the user's
            return judge_unit(task, cases, tell_parent)
        from typedflow.check._settings import judge_bindings, judge_settings

        if cases is None:
            return Outcome()
        if task.about == "bindings":
            return judge_bindings(cases.project, task.bindings or (), tell_parent)
        return judge_settings(cases.project, tell_parent)
    except TypedflowError as error:
        return Outcome(error.diagnostics)


def _modules(task: Task, cases: Cases | None) -> Iterator[ModuleType]:
    """Yield the modules that a task's outcome surely depends on: the model's, and the flow's."""
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
