"""Run tasks in worker processes, which may hang, end or fail."""

from __future__ import annotations

import os
import re
from pathlib import Path

from typedflow.check._worker import BROKEN, PROGRAM
from typedflow.check._worker_messages import OUTCOMES, SCOPES, TASKS, Outcome, Scope, Task
from typedflow.values import Diagnostic, Location, Span
from typedflow.workspace import ChildEndedError, ChildProcess, ChildTimeoutError, import_failed, import_timeout

_FRAME = re.compile(r'File "([^"\n]+)", line (\d+)')
_FOREIGN = ("-packages", str(Path(os.__file__).parent), str(Path(__file__).parents[1]))


class Workers:
    """One worker at a time; a new one is started if one is lost."""

    def __init__(self, scope: Scope, timeout: float) -> None:
        """Start no process yet. Units: ``timeout`` in seconds without progress."""
        self._scope = SCOPES.dump_json(scope).decode()
        self._timeout = timeout
        self._worker: ChildProcess | None = None
        #: Whether no more tasks are to be judged.
        self.is_stopped = False

    def judge(self, task: Task) -> Outcome:
        """Return the outcome of a task; if user code hangs or ends the process, that is the finding.

        Raises:
            RuntimeError: an internal error of the worker, with its traceback.
        """
        self._worker = self._worker or ChildProcess(PROGRAM, opening=self._scope)
        try:
            answer = self._worker.ask(TASKS.dump_json(task).decode(), self._timeout)
        except ChildTimeoutError:
            found = _hanging(task, self._timeout, self._worker.stack())
        except ChildEndedError as error:
            found = _ended(task, error)
        else:
            if answer.startswith(BROKEN):
                raise RuntimeError(answer.removeprefix(BROKEN).replace("\r", "\n").strip())
            return OUTCOMES.validate_json(answer)
        self._worker.close(grace=0)
        self._worker = None
        return Outcome((found,))

    def stop(self) -> None:
        """Kill the worker, from another thread than the one that waits for it."""
        self.is_stopped = True
        if self._worker is not None:
            self._worker.kill()

    def close(self) -> None:
        """End the worker, if there is one."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None


def _hanging(task: Task, timeout: float, stack: str) -> Diagnostic:
    message = f"{_work_of(task)} timed out after {timeout:g} seconds"
    advice = "" if task.about == "sql" else "code should not wait during an import; "
    hint = f"{advice}`--timeout SECONDS` allows more time"
    return import_timeout(message, _innermost(stack) or _start(task), hint=hint)


def _ended(task: Task, error: ChildEndedError) -> Diagnostic:
    message = f"{_work_of(task)} ended the process {error}"
    return import_failed(message, _innermost(error.output) or _start(task))


def _work_of(task: Task) -> str:
    if task.about == "sql":
        return f"judging the SQL file `{task.name}`"
    return f"importing the {task.kind} `{task.name}`" if task.about == "unit" else "importing the project's model"


def _innermost(stack: str) -> Location | None:
    """Return the innermost line of user code in faulthandler's output, which begins with the most recent call."""
    for file, line in _FRAME.findall(stack):
        if not file.startswith("<") and not any(place in file for place in _FOREIGN):
            return Location(file, Span(int(line), 1, int(line), 1))
    return None


def _start(task: Task) -> Location | None:
    name = task.name if task.about == "sql" else task.file
    return Location(name) if name else None
