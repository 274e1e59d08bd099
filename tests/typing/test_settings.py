"""The settings that docs/type-checkers.md shows, in a project with the stubs that ``typedflow stubs`` writes."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FLOW = """\
from metaflow import FlowSpec, Parameter, resources, retry, step


class Right(FlowSpec):
    alpha = Parameter("alpha", default=1)

    @retry
    @resources(cpu="many")
    @step
    def start(self) -> None:
        print(self.alpha + 1)
        self.alpha.upper()
        self.next(self.end)

    @step
    def end(self) -> None:
        pass
"""
WRONG = [8, 12]
COMMANDS = {
    "basedpyright": ("--level", "error", "--pythonpath", sys.executable),
    "mypy": ("--no-error-summary",),
    "pyrefly": ("check", "--output-format", "min-text", "--python-interpreter-path", sys.executable),
    "ty": ("check", "--output-format", "concise", "--python", sys.prefix),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_settings_of_the_page(name: str, tmp_path: Path) -> None:
    """With them a checker sees our stubs, and finds in a flow what is wrong."""
    pytest.importorskip(name)
    if name == "ty" and find_spec("metaflow-stubs") is not None:
        pytest.skip("ty prefers metaflow-stubs to any search path")
    (tmp_path / "flow.py").write_text(FLOW)
    shutil.copy(HERE / "settings.toml", tmp_path / "pyproject.toml")
    subprocess.run([sys.executable, "-m", "typedflow", "stubs"], cwd=tmp_path, check=True, capture_output=True)
    program = str(Path(sysconfig.get_path("scripts")) / name)
    command = [program, *COMMANDS[name], "flow.py"]
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    places = re.findall(r"flow\.py:(\d+):(?:\d+(?:-\d+)?:?)?.*", done.stdout)
    assert sorted({int(line) for line in places}) == WRONG, done.stdout


@pytest.mark.slow
def test_the_whole_project_is_checked(tmp_path: Path) -> None:
    """A strict ``mypy .`` reads the stubs as sources, too, and finds only the flow's mistakes."""
    pytest.importorskip("mypy")
    (tmp_path / "flow.py").write_text(FLOW)
    shutil.copy(HERE / "settings.toml", tmp_path / "pyproject.toml")
    subprocess.run([sys.executable, "-m", "typedflow", "stubs"], cwd=tmp_path, check=True, capture_output=True)
    command = [sys.executable, "-m", "mypy", "--strict", "."]
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert {line.partition(":")[0] for line in done.stdout.splitlines()[:-1]} == {"flow.py"}, done.stdout
    assert done.stdout.endswith("errors in 1 file (checked 61 source files)\n")
