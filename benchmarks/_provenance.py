"""Provenance: it must cost nothing until it is requested."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

from benchmarks._figures import Figure
from benchmarks._medians import cpu_timed, medians
from benchmarks._project import FLOW, binding_name, make_project
from typedflow.layers import provenance
from typedflow.project import provenance_of, resolve


def figures(rounds: int) -> Iterator[Figure]:
    """Compare resolving with and without the origin of each leaf; count what is computed without a request."""
    with TemporaryDirectory() as place:
        project = make_project(Path(place), "yaml")

        def plain() -> object:
            return resolve(project, FLOW, binding_name(0))

        def with_origins() -> object:
            return provenance(resolve(project, FLOW, binding_name(0)).merged)

        def with_places() -> object:
            return provenance_of(resolve(project, FLOW, binding_name(0)), project.root)

        plain()  # work that is done once per process
        yield Figure("calls into provenance and positions while nobody asks", _calls(plain), 0.0)
        seconds = medians(
            {"plain": cpu_timed(plain), "origins": cpu_timed(with_origins), "places": cpu_timed(with_places)}, rounds
        )
    yield Figure("resolve and ask for all origins / resolve", seconds["origins"] / seconds["plain"])
    yield Figure("resolve and ask for all lines and columns / resolve", seconds["places"] / seconds["plain"])


def _calls(function: Callable[[], object]) -> float:
    """Count the calls of functions that compute origins or positions."""
    found: list[str] = []

    def watch(frame: FrameType, event: str, _: object) -> None:
        name = frame.f_globals.get("__name__", "")
        if event == "call" and name.startswith("typedflow.") and name.endswith(("._provenance", "_places")):
            found.append(name)

    sys.setprofile(watch)
    try:
        function()
    finally:
        sys.setprofile(None)
    return float(len(found))
