"""Run the tasks of a check in parallel workers, and cache their outcomes."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from types import MappingProxyType

from typedflow.check._case_identities import with_identities
from typedflow.check._cases import environments_of
from typedflow.check._memory import Memory
from typedflow.check._tasks import groups, project_tasks
from typedflow.check._worker_messages import Outcome, Scope, Task
from typedflow.check._workers import Workers
from typedflow.project import LoadedProject, Unit, is_unambiguous, unread_variables
from typedflow.values import Diagnostic, Location, Report, TypedflowError, merge_findings
from typedflow.workspace import real_path

Progress = Callable[[int, int], None]
"""Is called with the number of finished tasks, and of all tasks."""

_GRACE = 5.0
_UNREAD = "unread-variable"


def check_project(
    project: LoadedProject,
    scope: Scope,
    units: Sequence[Unit],
    sql: Mapping[str, str] = MappingProxyType({}),
    *,
    timeout: float,
    jobs: int = 0,
    cached: bool = True,
    progress: Progress | None = None,
) -> Report:
    """Judge the settings, some units and some SQL files of a project, and remember what was found.

    ``sql`` has the names of SQL files, each with the glob that declares it.

    Units: ``timeout`` in seconds without a sign of life. ``jobs`` is the number of processes; 0 is one for each core.
    """
    memory = Memory(project, scope) if cached else None
    files = {unit: str(real_path(project.root / unit.file)) for unit in units}
    ordered = sorted(units, key=lambda unit: (str(Path(files[unit]).parent), unit.name))
    tasks = list(project_tasks(project, scope, {unit: files[unit] for unit in ordered}, sql))
    outcomes = run(tasks, scope, timeout=timeout, jobs=jobs, memory=memory, progress=progress)
    if memory is not None:
        memory.save()
    pairs = list(zip(tasks, outcomes, strict=True))
    judged = [outcome for task, outcome in pairs if task.about == "unit"]
    with_project = frozenset(f"{task.kind}.{task.name}" for task, outcome in pairs if outcome.has_project)
    outcomes = [*(_placed(outcome, project) for outcome in outcomes), _unread(project, units, outcomes, judged)]
    outcomes.append(Outcome(project.sql_files.problems))
    report = _report(outcomes, Counter(unit.kind for unit in units), _count(project))
    report = replace(report, diagnostics=with_identities(report.diagnostics, project), sql_files=len(sql))
    notes = memory.notes if memory else ()
    environments = _environments(project, scope, units)
    return replace(report, notes=notes, with_project=with_project, environments=environments)


def _environments(project: LoadedProject, scope: Scope, units: Sequence[Unit]) -> dict[str, list[str | None]]:
    try:
        return dict.fromkeys((unit.name for unit in units), environments_of(project, scope))
    except TypedflowError:  # reported with the settings, and no variant is judged
        return {}


def _unread(
    project: LoadedProject, units: Sequence[Unit], outcomes: Sequence[Outcome], judged: Sequence[Outcome]
) -> Outcome:
    """Return the variables that no unit reads, where all units were judged and the configs of each are known."""
    if set(units) != set(project.units) or any(outcome.configs is None for outcome in judged):
        return Outcome()
    configs = {*(unit.config for unit in units), *(config for outcome in judged for config in outcome.configs or ())}
    known = {item.location for outcome in outcomes for item in outcome.diagnostics if item.rule.name == _UNREAD}
    found = unread_variables(project.variables, configs)
    return Outcome(tuple(item for item in found if item.location not in known))


def _placed(outcome: Outcome, project: LoadedProject) -> Outcome:
    """Return an outcome whose findings all have a location; the default is the project's model."""
    if all(item.location for item in outcome.diagnostics):
        return outcome
    place = project.place("model") or Location(project.source.name)
    found = (item if item.location else replace(item, location=place) for item in outcome.diagnostics)
    return replace(outcome, diagnostics=tuple(found))


def check_files(
    files: Sequence[Path], scope: Scope, *, timeout: float, jobs: int = 0, progress: Progress | None = None
) -> Report:
    """Check flows without a project, with the defaults of their configs."""
    tasks = [Task("unit", "flow", file.stem, str(real_path(file))) for file in sorted(files)]
    outcomes = run(tasks, scope, timeout=timeout, jobs=jobs, memory=None, progress=progress)
    return _report(outcomes, {"flow": len(files)}, 0)


def run(
    tasks: Sequence[Task],
    scope: Scope,
    *,
    timeout: float,
    jobs: int,
    memory: Memory | None,
    progress: Progress | None,
) -> list[Outcome]:
    """Return the outcome of each task, in order, from the cache or from a worker."""
    known = {task: memory.known(task) for task in tasks} if memory else {}
    missing = [task for task in tasks if known.get(task) is None]
    # Most of the time is spent on starting workers and importing flows; the other tasks are quick.
    most = max(1, sum(group[0].about in {"unit", "sql"} for group in groups(missing))) if missing else 0
    done = len(tasks) - len(missing)
    found: dict[Task, Outcome] = {task: outcome for task, outcome in known.items() if outcome is not None}
    for task, outcome in _judged(missing, scope, timeout, min(jobs or os.cpu_count() or 1, most)):
        found[task] = outcome
        done += 1
        if memory is not None:
            memory.keep(task, outcome)
        if progress is not None:
            progress(done, len(tasks))
    return [found[task] for task in tasks]


def _judged(tasks: Sequence[Task], scope: Scope, timeout: float, jobs: int) -> Iterator[tuple[Task, Outcome]]:
    """Yield outcomes as they arrive, in any order."""
    waiting: SimpleQueue[list[Task]] = SimpleQueue()
    answers: SimpleQueue[tuple[Task, Outcome] | BaseException] = SimpleQueue()
    for group in groups(tasks):
        waiting.put(group)
    pool = [Workers(scope, timeout) for _ in range(jobs)]
    threads = [Thread(target=_serve, args=(workers, waiting, answers), daemon=True) for workers in pool]
    for thread in threads:
        thread.start()
    try:
        for _ in tasks:
            answer = answers.get()
            if isinstance(answer, BaseException):
                raise answer
            yield answer
    finally:  # also after an interrupt, so that no process is left
        while not waiting.empty():
            waiting.get()
        for workers in pool:
            workers.stop()
        for thread in threads:
            thread.join(_GRACE)


def _serve(
    workers: Workers, waiting: SimpleQueue[list[Task]], answers: SimpleQueue[tuple[Task, Outcome] | BaseException]
) -> None:
    """Run tasks in one worker at a time until none is left."""
    try:
        while True:
            for task in waiting.get_nowait():
                if workers.is_stopped:
                    return
                answers.put((task, workers.judge(task)))
    except Empty:
        pass
    except BaseException as error:  # noqa: BLE001 # raised in the main thread
        answers.put(error)
    finally:
        workers.close()


def _report(outcomes: Sequence[Outcome], units: Mapping[str, int], files: int) -> Report:
    keys = frozenset(key for outcome in outcomes for key in outcome.keys)
    found = merge_findings(item for outcome in outcomes for item in outcome.diagnostics)
    return Report(
        tuple(_without_doubtful_fix(item, keys) for item in found),
        dict(units),
        sum(outcome.variants for outcome in outcomes),
        files,
    )


def _without_doubtful_fix(item: Diagnostic, keys: frozenset[str]) -> Diagnostic:
    """Return a finding without its fix if the key to rename may mean something else."""
    return replace(item, fix=None) if item.fix and not is_unambiguous(item.fix, keys) else item


def _count(project: LoadedProject) -> int:
    """Return the number of settings files; errors in their directory are reported elsewhere."""
    try:
        return len(project.files.all())
    except TypedflowError:
        return 0
