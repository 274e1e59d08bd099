"""Many bindings: the time per binding must not grow with their number, nor the memory with those that are done."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks._figures import Figure
from benchmarks._medians import cpu_timed, medians
from benchmarks._project import FLOW, binding_name, make_project
from benchmarks._readings import readings
from typedflow.project import LoadedProject, resolve

_FEW = 100
_MEMORY = 1.02  # the memory of tracemalloc itself varies by about that
_TIME = 1.15  # the same files of a binding, in a larger directory


def figures(rounds: int, most: int) -> Iterator[Figure]:
    """Compare the time per binding in projects of 100 and of many bindings, and the memory."""
    counts = [count for count in (1_000, 10_000) if count <= most]
    with TemporaryDirectory() as place:
        projects = {count: make_project(Path(place, str(count)), "yaml", count) for count in (_FEW, *counts)}
        for project in projects.values():
            _resolve(project, 1)
        passes = {str(count): cpu_timed(partial(_resolve_each, project)) for count, project in projects.items()}
        seconds = medians(passes, rounds)
        for count in counts:
            per_binding = (seconds[str(count)] / count) / (seconds[str(_FEW)] / _FEW)
            yield Figure(f"time for each of {count:,} bindings / of {_FEW}", per_binding, _TIME)
        most = counts[-1]
        yield Figure(f"peak memory after {most:,} bindings / after {_FEW}", _growth(projects[most], most), _MEMORY)
        yield Figure(
            f"readings of the global file for {most:,} bindings",
            readings(projects[most].files.base[0].path, partial(_resolve_anew, projects[most])),
            1.0,
        )


def _resolve(project: LoadedProject, count: int) -> None:
    for index in range(count):
        resolve(project, FLOW, binding_name(index))


def _resolve_each(project: LoadedProject) -> None:
    _resolve(project, len(project.files.bindings))


def _resolve_anew(project: LoadedProject) -> None:
    _resolve_each(LoadedProject(project.root, project.manifest, project.source, project.table, project.environ))


def _growth(project: LoadedProject, count: int) -> float:
    """Return the growth of peak memory from the first few bindings to all; the results are dropped."""
    tracemalloc.start()
    try:
        open_ = LoadedProject(project.root, project.manifest, project.source, project.table, project.environ)
        _resolve(open_, _FEW)
        _, few = tracemalloc.get_traced_memory()
        _resolve(open_, count)
        gc.collect()
        _, all_ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return all_ / few
