"""``typedflow check`` of many flows: compared with importing them, with an unchanged check, and as they grow."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

from benchmarks._figures import Figure
from benchmarks._many_flows import BINDINGS, make_many
from benchmarks._processes import cpu_seconds

_COLD = 3.0
_WARM = 0.05
_EDITED = 0.1
_GROWTH = 1.15
_IMPORT = """\
import sys
from pathlib import Path
from typedflow.project import import_file
for file in sorted(Path("flows").glob("flow_*.py")):
    import_file(file)
"""
_CHECK = ("-m", "typedflow", "check", "--format", "json", "--output-file")


class _Seconds(NamedTuple):
    wall: float
    cpu: float


def figures(rounds: int, flows: int) -> Iterator[Figure]:
    """Measure a project of ``flows`` flows with ten bindings each, and how the time grows up to that size."""
    with TemporaryDirectory() as place:
        root = make_many(Path(place, "project"), flows)
        seconds = _measured(root, rounds)
        cold, warm, imports = seconds["cold"], seconds["warm"], seconds["import"]
        name = f"check {flows:,} flows of {BINDINGS} bindings"
        yield Figure(f"{name} / importing the flows", cold.wall / imports.wall, _COLD)
        yield Figure(f"{name} / importing the flows, CPU", cold.cpu / imports.cpu)
        yield Figure(f"{name}, unchanged / cold", warm.wall / cold.wall, _WARM)
        yield Figure(f"{name}, unchanged / cold, CPU", warm.cpu / cold.cpu, _WARM)
        edited = seconds["edited"]
        yield Figure(f"{name}, one file edited / cold, CPU", edited.cpu / cold.cpu, _EDITED)
        if "check-jsonschema" in seconds:
            yield Figure(f"{name} / check-jsonschema of their files", cold.wall / seconds["check-jsonschema"].wall)
        yield from _growth(Path(place), flows, rounds, cold)


def _growth(place: Path, flows: int, rounds: int, most: _Seconds) -> Iterator[Figure]:
    """Compare the time for each binding with that in a project of a tenth of the flows, and of a hundredth."""
    for fewer in (flows // 10, flows // 100):
        few = _measured(make_many(place / str(fewer), fewer), rounds, only={"cold"})["cold"]
        name = f"time for each of {flows * BINDINGS:,} bindings / of {fewer * BINDINGS:,}"
        target = _GROWTH if fewer == flows // 10 else None
        yield Figure(name, (most.wall / flows) / (few.wall / fewer), target)


def _measured(root: Path, rounds: int, only: set[str] | None = None) -> dict[str, _Seconds]:
    """Return the medians of all ways, in interleaved rounds; a cold check has no cache."""
    report = root / "report.json"
    ways = {
        "import": [sys.executable, "-c", _IMPORT],
        "cold": [sys.executable, *_CHECK, str(report), "--no-cache"],
        "warm": [sys.executable, *_CHECK, str(report)],
        "edited": [sys.executable, *_CHECK, str(report)],
    }
    tool = shutil.which("check-jsonschema", path=f"{Path(sys.executable).parent}:{_path()}")
    if tool and (not only or "check-jsonschema" in only):
        ways["check-jsonschema"] = [tool, "--schemafile", str(_schema(root)), *_settings(root)]
    ways = {name: command for name, command in ways.items() if not only or name in only}
    if "warm" in ways:
        subprocess.run(ways["warm"], cwd=root, check=True, capture_output=True)
    measures = {name: partial(_seconds, command, root) for name, command in ways.items()}
    seen: dict[str, list[_Seconds]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, measure in measures.items():
            if name == "edited":
                _edit(root)
            seen[name].append(measure())
            _judge(name, report)
    return {
        name: _Seconds(median(each.wall for each in found), median(each.cpu for each in found))
        for name, found in seen.items()
    }


def _seconds(command: list[str], root: Path) -> _Seconds:
    start = perf_counter()
    cpu = cpu_seconds(command, cwd=root)
    return _Seconds(perf_counter() - start, cpu)


def _edit(root: Path) -> None:
    """Change a value in the file of one binding to another value or back."""
    file = min((root / "settings").glob("settings.configuration.*"))
    text = file.read_text(encoding="utf-8")
    one, other = "description: Binding", "description: The binding"
    file.write_text(text.replace(one, other) if one in text else text.replace(other, one), encoding="utf-8")


def _judge(name: str, report: Path) -> None:
    """Require that a check has checked everything, and found nothing."""
    if name in {"cold", "warm", "edited"}:
        found = json.loads(report.read_text(encoding="utf-8"))
        if found["diagnostics"] or not found["variants"]:
            raise ValueError(f"not what was to be measured: {str(found)[:500]}")


def _path() -> str:
    import os

    return os.environ.get("PATH", "")


def _schema(root: Path) -> Path:
    """Export the schema for binding files."""
    subprocess.run([sys.executable, "-m", "typedflow", "schema", "export"], cwd=root, check=True, capture_output=True)
    found = sorted((root / "schemas").glob("*.schema.json"))
    schema = next((file for file in found if "overlay" in file.name), found[0]).rename(root / "overlay.json")
    shutil.rmtree(root / "schemas")
    return schema


def _settings(root: Path) -> list[str]:
    return [str(file.relative_to(root)) for file in sorted((root / "settings").iterdir())]
