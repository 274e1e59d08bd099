"""Programs that are checked by mypy with the plugin, many in one run."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

STUBS = Path(__file__).parents[3] / "stubs"
CONFIGURATION = f"""\
[mypy]
plugins = typedflow.mypy
mypy_path = {STUBS}
strict = true
enable_error_code = truthy-bool, redundant-expr
show_column_numbers = true
show_error_end = true
show_error_context = false
error_summary = false
"""

#: A file, the start's line and column, the end's, which is inclusive.
LINE = re.compile(r"(.+?)\.pyi?:(\d+):(?:(\d+):(\d+):(\d+):)? (error|note): (.*?)(?:  \[([a-z-]+)\])?")


@dataclass(frozen=True)
class Message:
    """What mypy says at a place: lines from 1, columns from 0, the end exclusive."""

    file: str
    line: int
    column: int
    end: tuple[int, int]
    severity: str
    text: str
    code: str


Check = Callable[[dict[str, str], list[str]], list[Message]]
"""Runs mypy on files, given by the names of their modules, with some options."""

Generate = Callable[[int, int, int], list[dict[str, Any]]]
"""Writes programs: a seed, how many, how many expressions in each."""

#: The seed of the environment `fuzz`, which does ten times as much.
STRESS = int(os.environ.get("STRESS", "0"))
PROGRAMS = Path(__file__).with_name("programs.py")


@pytest.fixture(scope="session")
def fuzz() -> int:
    """The seed of the environment `fuzz`, or 0."""
    return STRESS


@pytest.fixture(scope="session")
def generate() -> Generate:
    """Writes programs that hold the same expressions as texts and natively."""

    def run(seed: int, programs: int, expressions: int) -> list[dict[str, Any]]:
        numbers = [seed + STRESS * 1000, programs * (10 if STRESS else 1), expressions, 1 if STRESS else 0.04]
        command = [sys.executable, str(PROGRAMS), *map(str, numbers)]
        done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
        written: list[dict[str, Any]] = json.loads(done.stdout)
        return written

    return run


@pytest.fixture(scope="session")
def check(tmp_path_factory: pytest.TempPathFactory) -> Check:
    """Runs mypy with the plugin."""

    def run(files: dict[str, str], options: list[str]) -> list[Message]:
        here = tmp_path_factory.mktemp("checked")
        (here / "mypy.ini").write_text(CONFIGURATION, encoding="utf-8")
        for name, text in files.items():
            (here / f"{name}.py").write_text(text, encoding="utf-8", newline="")
        return _messages(here, [*options, *(f"{name}.py" for name in files)])

    return run


def _messages(here: Path, arguments: list[str]) -> list[Message]:
    command = [sys.executable, "-m", "mypy", "--cache-dir", os.devnull, "--soft-error-limit", "-1", *arguments]
    done = subprocess.run(command, cwd=here, check=False, capture_output=True, encoding="utf-8")
    assert done.returncode in {0, 1}, done.stdout[-2000:] + done.stderr
    assert done.stderr == ""
    matches = [LINE.fullmatch(line) for line in done.stdout.splitlines()]
    assert all(matches), [line for line, match in zip(done.stdout.splitlines(), matches, strict=True) if not match]
    found = [match.groups(default="") for match in matches if match]
    return [
        Message(file, int(line), int(column or 0) - 1, (int(end_line or line), int(end or 0)), severity, text, code)
        for file, line, column, end_line, end, severity, text, code in found
    ]
