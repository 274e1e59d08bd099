"""Split a check of a project into tasks, small enough that an edited file invalidates little of the cache."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from zlib import crc32

from typedflow.check._worker_messages import Scope, Task
from typedflow.project import LoadedProject, Unit
from typedflow.values import TypedflowError

#: The most bindings of a task: a worker checks about as many variants in the time that it takes to import a flow.
_MOST = 256


def project_tasks(project: LoadedProject, scope: Scope, files: Mapping[Unit, str]) -> Iterator[Task]:
    """Yield the tasks of a project: its settings as a whole, the files of its bindings, and units, by their files."""
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
