"""A worker: the process that imports user code, so that user code cannot break a check."""

from __future__ import annotations

import faulthandler
import gc
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from traceback import format_exception
from types import ModuleType

from typedflow.check._cases import Cases
from typedflow.check._dependencies import Dependencies
from typedflow.check._worker_messages import OUTCOMES, SCOPES, TASKS, Outcome, Task
from typedflow.project import enter_folder, open_project
from typedflow.units import judge_sql_file
from typedflow.values import TypedflowError
from typedflow.workspace import set_drafts, tell_parent

PROGRAM = f"{__name__}:judge_in"
#: Marks the traceback of an internal error, in the place of an outcome.
BROKEN = "!"
#: Collect rarely: variants create few reference cycles, and the search for them took a fifth of the time.
_COLLECTIONS = (200_000, 20, 20)


def judge_in(request: str) -> Callable[[str], str]:
    """Return a function that runs the tasks of a scope."""
    faulthandler.enable()  # its lines are the user's, if the process ends
    gc.set_threshold(*_COLLECTIONS)
    scope = SCOPES.validate_json(request)
    dependencies, folder = Dependencies(scope.root), ""
    cases = Cases(open_project(Path(scope.root)), scope) if scope.root else None
    set_drafts(scope.drafts)

    def judge(request: str) -> str:
        nonlocal folder
        task = TASKS.validate_json(request)
        if task.file and folder != (folder := str(Path(task.file).parent)):
            enter_folder(Path(folder), Path(scope.root or folder))
        dependencies.forget()
        return _answer(task, cases, dependencies)

    return judge


def _answer(task: Task, cases: Cases | None, dependencies: Dependencies) -> str:
    """Return the outcome of a task as a line, or the traceback of an internal error."""
    try:
        outcome = _judged(task, cases)
    except Exception as error:  # noqa: BLE001 # an internal error is not a finding
        return BROKEN + "".join(format_exception(error)).replace("\n", "\r")
    if task.about == "sql" and cases is not None:  # they have been read, perhaps for an earlier task
        dependencies.note(*(str(cases.project.root / unit.file) for unit in cases.project.tables.units))
    files = dependencies.digests(*_modules(task, cases))
    return OUTCOMES.dump_json(replace(outcome, files=files)).decode()


def _judged(task: Task, cases: Cases | None) -> Outcome:
    try:
        if task.about == "unit":
            from typedflow.check._unit import judge_unit

            tell_parent()  # Metaflow has been imported; the time limit is for the user's code
            return judge_unit(task, cases, tell_parent)
        from typedflow.check._settings import judge_bindings, judge_settings

        if cases is None:
            return Outcome()
        if task.about == "sql":
            return Outcome(tuple(judge_sql_file(cases.project, task.name, task.glob)))
        if task.about == "bindings":
            return judge_bindings(cases.project, task.bindings or (), tell_parent)
        return judge_settings(cases.project, tell_parent)
    except TypedflowError as error:
        return Outcome(error.diagnostics)


def _modules(task: Task, cases: Cases | None) -> Iterator[ModuleType]:
    """Yield the modules that a task's outcome always depends on: the models' and the flow's."""
    if cases is not None and task.about != "sql":
        yield from cases.model_modules()
    module = sys.modules.get(Path(task.file).stem)
    if task.file and module is not None:
        yield module
