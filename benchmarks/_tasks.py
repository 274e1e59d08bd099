"""The cost of a task process: the exact process that Metaflow starts for a step, started again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from benchmarks._figures import Figure
from benchmarks._medians import Measure, medians
from benchmarks._processes import cpu_seconds

_FLOWS = Path(__file__).with_name("flows")
_ADDED = 0.015


def figures(rounds: int) -> Iterator[Figure]:
    """Compare the tasks of one flow: raw, raw with a parser, and typed."""
    with TemporaryDirectory() as place:
        flows = Path(place, "flows")
        copytree(_FLOWS, flows)
        measures = {name: _task(flows, name) for name in ("raw", "raw_eager", "raw_lazy", "typed")}
        measures |= {"python": partial(cpu_seconds, [sys.executable, "-c", ""])}
        measures |= {"pydantic": partial(cpu_seconds, [sys.executable, "-c", "import schema"], cwd=flows)}
        seconds = medians(measures, rounds)
    raw, model = seconds["raw"], seconds["pydantic"] - seconds["python"]
    yield Figure("task: raw flow with a parser, model imported at the top / raw flow", seconds["raw_eager"] / raw)
    yield Figure("task: raw flow with a parser, model imported when called / raw flow", seconds["raw_lazy"] / raw)
    yield Figure(
        "task: typedflow / raw flow (pydantic and 15 ms more)", seconds["typed"] / raw, (raw + model + _ADDED) / raw
    )
    yield Figure(
        "task: typedflow / raw flow with a parser, model imported at the top", seconds["typed"] / seconds["raw_eager"]
    )


def _task(flows: Path, name: str) -> Measure:
    """Run a flow once, and return the measure of its first task's process."""
    record = flows / f"{name}.record.json"
    environ = {**os.environ, "USERNAME": "benchmark", "METAFLOW_DATASTORE_SYSROOT_LOCAL": str(flows / "store")}
    command = [sys.executable, f"{name}.py", "run"]
    recording = {**environ, "BENCHMARK_RECORD": str(record)}
    subprocess.run(command, cwd=flows, env=recording, check=True, capture_output=True)
    started = json.loads(record.read_text(encoding="utf-8"))
    return partial(cpu_seconds, started["command"], environ=started["environ"], cwd=flows)
