"""Split a check of a project into tasks, small enough that an edited file invalidates little of the cache."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from types import MappingProxyType
from zlib import crc32

from typedflow.check._worker_messages import Scope, Task
from typedflow.project import LoadedProject, Unit
from typedflow.values import TypedflowError

#: The most bindings of a task: a worker checks about as many variants in the time that it takes to import a flow.
_MOST = 256
#: The most files of SQL that are judged by one worker, if there is another: so many take a second or two.
_MOST_SQL = 128


def project_tasks(
    project: LoadedProject, scope: Scope, files: Mapping[Unit, str], sql: Mapping[str, str] = MappingProxyType({})
) -> Iterator[Task]:
    """Yield the tasks of a project: its settings as a whole, the files of its bindings, units by their files, and SQL.

    ``sql`` has the names of SQL files, each with the glob that declares it.
    """
    yield Task("settings")
    for number, names in _parts(_files(project)):
        yield Task("bindings", bindings=tuple(names), part=number)
    for unit, file in files.items():
        bound = _bindings(project, scope, unit)
        if bound is None:
            yield Task("unit", unit.kind, unit.name, file)
            continue
        for number, names in _parts(bound):
            yield Task("unit", unit.kind, unit.name, file, tuple(names), number)
    for name, glob in sql.items():
        yield Task("sql", name=name, glob=glob)


def groups(tasks: Sequence[Task]) -> list[list[Task]]:
    """Return tasks as one worker runs them: files of SQL together, since their parser is slow to load."""
    sql = [task for task in tasks if task.about == "sql"]
    others = [[task] for task in tasks if task.about != "sql"]
    return [*(sql[at : at + _MOST_SQL] for at in range(0, len(sql), _MOST_SQL)), *others]


def _files(project: LoadedProject) -> Sequence[str]:
    try:
        return list(project.files.bindings)
    except TypedflowError:  # reported with the settings
        return ()


def _bindings(project: LoadedProject, scope: Scope, unit: Unit) -> Sequence[str] | None:
    """Return the bindings of a unit that are to be judged; None where what is wrong with them is a finding."""
    try:
        names = project.bindings(unit)
    except TypedflowError:
        return None
    return [name for name in names if not scope.bindings or any(fnmatchcase(name, glob) for glob in scope.bindings)]


def _parts(names: Sequence[str]) -> Iterable[tuple[int, Sequence[str]]]:
    """Return bindings in numbered parts; a binding's part depends only on its name and the number of parts."""
    count = 1
    while count * _MOST < len(names):
        count *= 2
    if count == 1:
        return [(0, names)]
    parts: list[list[str]] = [[] for _ in range(count)]
    for name in names:
        parts[crc32(name.encode(errors="surrogateescape")) % count].append(name)
    return [(number, part) for number, part in enumerate(parts) if part]
