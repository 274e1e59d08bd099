"""Real flows, run by real Metaflow in a directory of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import metaflow
import pytest

if TYPE_CHECKING:
    from tests.conftest import Start

FLOWS = Path(__file__).with_name("flows")


Flow = Callable[..., subprocess.CompletedProcess[str]]
"""Runs a flow's script with arguments and environment variables; standard error follows standard output."""


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A directory with copies of all test flows."""
    (tmp_path / ".metaflow").mkdir()  # or the datastore of a directory above would be used
    shutil.copytree(FLOWS, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


@pytest.fixture
def flow(here: Path, start: Start) -> Flow:
    """Runs one of the test flows."""

    def run(script: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        environ = {**os.environ, "COLUMNS": "120", **variables}
        return start(script, *arguments, cwd=here, environ=environ, together=True)

    return run


@pytest.fixture
def artifact(here: Path) -> Callable[[str, str], str]:
    """Reads an artifact of a flow's last run through the Client, in a process without typedflow's classes."""

    def read(flow_name: str, name: str) -> str:
        code = (
            "import sys, json; from metaflow import Flow, namespace; namespace(None); "
            f"value = Flow({flow_name!r}).latest_run['end'].task[{name!r}].data; "
            "assert 'typedflow' not in sys.modules; print(type(value).__name__, json.dumps(value))"
        )
        done = subprocess.run([sys.executable, "-c", code], cwd=here, check=False, text=True, capture_output=True)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    return read


@pytest.fixture
def python(here: Path) -> Callable[[str], subprocess.CompletedProcess[str]]:
    """Runs Python code among the test flows."""

    def run(code: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", code],
            cwd=here,
            check=False,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    return run


def _metaflow() -> tuple[int, ...]:
    return tuple(int(part) for part in metaflow.__version__.split(".")[:3])


@pytest.fixture
def has_mutators() -> None:
    """Skips where this Metaflow's mutators do not take what the test needs."""
    if _metaflow() < (2, 19, 30):
        pytest.skip("mutators of flows with configs work since Metaflow 2.19.30")


@pytest.fixture
def has_plain() -> None:
    """Skips where this Metaflow stores only mappings, under names in lower case."""
    if _metaflow() < (2, 19, 10):
        pytest.skip("lists as configs, and dashes in their names, work since Metaflow 2.19.10")
