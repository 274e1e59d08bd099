"""The cost of starting: the command's help, and importing typedflow."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from functools import partial

from benchmarks._figures import Figure
from benchmarks._medians import medians
from benchmarks._processes import cpu_seconds

_HELP = 3.0
_IMPORT = 0.010
_EMPTY = "import argparse; argparse.ArgumentParser().parse_args(['--help'])"


def figures(rounds: int) -> Iterator[Figure]:
    """Compare processes: the help and an empty argparse program, importing typedflow and a bare interpreter."""
    programs = {
        "help": ["-m", "typedflow", "--help"],
        "argparse": ["-c", _EMPTY],
        "import": ["-c", "import typedflow"],
        "python": ["-c", ""],
    }
    measures = {name: partial(cpu_seconds, [sys.executable, *options]) for name, options in programs.items()}
    seconds = medians(measures, rounds)
    yield Figure("typedflow --help / an empty argparse program's", seconds["help"] / seconds["argparse"], _HELP)
    python = seconds["python"]
    yield Figure("import typedflow / bare Python (10 ms more)", seconds["import"] / python, (python + _IMPORT) / python)
    yield Figure("modules of pydantic after import typedflow", _pydantic_modules(), 0.0)


def _pydantic_modules() -> float:
    code = "import sys, typedflow; print(sum(name.startswith('pydantic') for name in sys.modules))"
    return float(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout)
