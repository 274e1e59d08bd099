"""``typedflow show`` against a program that does the same by hand, as processes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from benchmarks._figures import Figure
from benchmarks._medians import medians
from benchmarks._processes import cpu_seconds
from benchmarks._project import FLOW, binding_name, make_project

_HERE = Path(__file__).parent
_TARGET = 1.15
_OURS = "from typedflow import ConfigModel\n"
_PLAIN = """from pydantic import BaseModel, ConfigDict


class ConfigModel(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
"""


def figures(rounds: int) -> Iterator[Figure]:
    """Compare the commands; both print the same settings."""
    with TemporaryDirectory() as place:
        root = Path(place)
        make_project(root, "yaml")
        model = root / "model.py"
        model.write_text((_HERE / "_settings.py").read_text(encoding="utf-8").replace(_OURS, _PLAIN), encoding="utf-8")
        binding = binding_name(0)
        ways = {
            "ours": [sys.executable, "-m", "typedflow", "show", FLOW, "--binding", binding],
            "by hand": [sys.executable, str(_HERE / "_by_hand.py"), str(model), binding],
        }
        environ = {**os.environ, "PYTHONPATH": str(_HERE.parent)}
        texts = [
            subprocess.run(way, cwd=root, env=environ, check=True, capture_output=True).stdout for way in ways.values()
        ]
        if yaml.safe_load(texts[0]) != yaml.safe_load(texts[1]):
            raise ValueError("the compared ways print different settings")
        seconds = medians(
            {name: partial(cpu_seconds, way, cwd=root, environ=environ) for name, way in ways.items()}, rounds
        )
    yield Figure("typedflow show / the same by hand, with pydantic", seconds["ours"] / seconds["by hand"], _TARGET)
