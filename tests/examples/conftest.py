"""Examples, run as their readers run them, each in a copy of its directory."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
_READ = """
import json, sys
from metaflow import Flow, namespace
namespace(None)
value = getattr(Flow(sys.argv[1]).latest_successful_run.data, sys.argv[2])
assert "typedflow" not in sys.modules
print(json.dumps(value))
"""


class Example:
    """A copy of an example's directory."""

    def __init__(self, directory: Path) -> None:
        """Take the directory."""
        self.directory = directory

    def python(self, *arguments: str, code: int = 0, **variables: str) -> str:
        """Run Python in the directory, which ends with an exit code; give what it prints, log and errors together."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.directory,
            env={**os.environ, "NO_COLOR": "1", "COLUMNS": "120", **variables},
            check=False,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        assert done.returncode == code, done.stdout
        return done.stdout

    def artifact(self, flow: str, name: str) -> Any:
        """Read an artifact of the last run through Metaflow's Client, where nobody knows typedflow."""
        return json.loads(self.python("-c", _READ, flow, name))


@pytest.fixture
def example(tmp_path: Path) -> Callable[[str], Example]:
    """Copies an example to a directory of its own."""

    def copy(name: str) -> Example:
        ignored = shutil.ignore_patterns("__pycache__", ".metaflow", ".typedflow")
        directory = shutil.copytree(EXAMPLES / name, tmp_path / name, ignore=ignored)
        (directory / ".metaflow").mkdir()  # or the datastore of a directory above would be used
        return Example(directory)

    return copy
