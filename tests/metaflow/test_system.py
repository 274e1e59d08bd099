"""Git facts in real runs: stored with a run, read by its tasks, new in each run."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

Flow = Callable[..., "subprocess.CompletedProcess[str]"]

FLOW = """\
import os

from metaflow import FlowSpec, environment, step

from typedflow import Config, ConfigModel, SystemSettings, config_expr, config_value


class Settings(ConfigModel):
    alpha: float = 0.5
    system: SystemSettings = SystemSettings()


class SystemFlow(FlowSpec):
    settings = Config("settings", model=Settings, default="settings.toml")

    @environment(vars={"CODE_VERSION": config_expr("settings.system.commit or 'unknown'")})
    @step
    def start(self):
        os.environ["PATH"] = ""  # a task asks nobody
        print("seen", self.settings.system.commit, os.environ["CODE_VERSION"])
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    SystemFlow()
"""


def _git(folder: Path, *arguments: str) -> str:
    command = [
        "git",
        "-c",
        "user.name=t",
        "-c",
        "user.email=t@example.org",
        "-c",
        "init.defaultBranch=main",
        *arguments,
    ]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def commit(here: Path) -> str:
    """Make a repository of the flow, with one commit."""
    (here / "system_flow.py").write_text(FLOW)
    (here / "settings.toml").write_text("alpha = 0.25\n")
    _git(here, "init", "-q")
    _git(here, "add", "system_flow.py", "settings.toml")
    _git(here, "commit", "-qm", "first")
    return _git(here, "rev-parse", "HEAD")


def test_a_run_has_the_facts_of_its_code(
    here: Path, flow: Flow, commit: str, artifact: Callable[[str, str], str]
) -> None:
    """Decorators and steps see them, and readers of the run do, with Metaflow alone; a given dump has new ones."""
    run = flow("system_flow.py", "run")
    assert f"seen {commit} {commit}" in run.stdout, run.stdout
    stored = json.loads(artifact("SystemFlow", "settings").partition(" ")[2])
    assert stored["system"] == {"repository": None, "branch": "main", "commit": commit, "dirty": False}
    _git(here, "commit", "-q", "--allow-empty", "-m", "second")
    second = _git(here, "rev-parse", "HEAD")
    run = flow("system_flow.py", "--config-value", "settings", json.dumps(stored), "run")
    assert f"seen {second} {second}" in run.stdout, run.stdout


def test_a_file_that_sets_them_is_refused(here: Path, flow: Flow, commit: str) -> None:
    """Nothing is started."""
    (here / "settings.toml").write_text(f'system.commit = "{commit}"\n')
    run = flow("system_flow.py", "run")
    assert run.returncode == 1
    assert "settings.toml:1:8: error TF312 system-field: `system.commit` cannot be set" in run.stdout
    assert "seen" not in run.stdout
