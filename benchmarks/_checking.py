"""The cost of the mypy plugin: 200 flows of 50 expressions, as texts and as lambdas, cold and unchanged."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks._figures import Figure
from benchmarks._flows import as_lambda, as_text, make_flows
from benchmarks._medians import medians
from benchmarks._processes import cpu_seconds

_COLD = 1.0
_WARM = 1.1
_STUBS = Path(__file__).parents[1] / "stubs"
_PLUGIN = "plugins = typedflow.mypy\n"


def figures(rounds: int, flows: int) -> Iterator[Figure]:
    """Compare mypy with the plugin to mypy on the same flows written with lambdas, and to mypy without the plugin."""
    for decorators, label in (("plain", "decorators of the project"), ("metaflow", "Metaflow's decorators")):
        with TemporaryDirectory() as place:
            projects = _projects(Path(place), decorators, flows)
            cold = medians({name: partial(_cold, root) for name, root in projects.items()}, rounds)
            warm = medians({name: partial(_seconds, root) for name, root in projects.items()}, 3 * rounds)
        yield Figure(f"mypy, {label}: plugin / native lambdas", cold["plugin"] / cold["lambdas"], _COLD)
        yield Figure(f"mypy, {label}: plugin / texts unchecked", cold["plugin"] / cold["texts"])
        yield Figure(f"mypy, {label}, warm: plugin / no plugin", warm["plugin"] / warm["texts"], _WARM)


def _projects(place: Path, decorators: str, flows: int) -> dict[str, Path]:
    ways = {"lambdas": (as_lambda, ""), "texts": (as_text, ""), "plugin": (as_text, _PLUGIN)}
    for name, (spelling, plugin) in ways.items():
        make_flows(place / name, spelling, decorators, flows, f"mypy_path = {_STUBS}\n{plugin}")
    return {name: place / name for name in ways}


def _cold(root: Path) -> float:
    shutil.rmtree(root / ".mypy_cache", ignore_errors=True)
    return _seconds(root)


def _seconds(root: Path) -> float:
    return cpu_seconds([sys.executable, "-m", "mypy", "."], cwd=root, system=False)
