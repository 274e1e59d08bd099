"""Flows that a glob of the manifest declares are flows like any other, and a missing file is said by every command."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Call, Project

MANIFEST = 'model = "flows/settings.py:Settings"\n[flows."flows/batch/*.py"]\nbindings = ["EXP_*"]\n'
FLOW = """\
from metaflow import FlowSpec, step
from flows.settings import Settings

from typedflow import SettingsMixin


class {name}(SettingsMixin[Settings], FlowSpec):
    @step
    def start(self):
        self.next(self.end)

    @step
    def end(self):
        print("alpha", self.settings.model.alpha)


if __name__ == "__main__":
    {name}()
"""


@pytest.fixture
def batch(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The project, with a glob of two flows and a helper in place of its flows."""
    project.write("typedflow.toml", MANIFEST)
    project.write("flows/batch/daily.py", FLOW.format(name="Daily"))
    project.write("flows/batch/hourly.py", FLOW.format(name="Hourly"))
    project.write("flows/batch/helpers.py", "x = 1\n")
    monkeypatch.setenv("PYTHONPATH", str(project.root))
    monkeypatch.setenv("METAFLOW_USER", "me")
    return project


@pytest.mark.slow
def test_check_and_run(batch: Project, spawn: Call) -> None:
    """A check judges each file, and a run starts one."""
    done = spawn("check")
    assert (done.code, done.out) == (0, ""), done.err
    assert "no problems in 2 flows" in done.err
    done = spawn("run", "hourly", "--binding", "EXP_01")
    assert done.code == 0, done.err
    assert "alpha 0.3" in done.out
    done = spawn("check", "flows/batch/daily.py")
    assert "no problems in 1 flow" in done.err
    batch.write("flows/batch/daily.py", f"1 / 0\n{FLOW.format(name='Daily')}")
    done = spawn("check")
    assert (done.code, "flows/batch/daily.py:1:1: error TF409 import-failed" in done.out) == (1, True)


def test_lock(batch: Project, call: Call) -> None:
    """The lock file has each flow under its own name."""
    assert call("lock").code == 0
    locked = json.loads((batch.root / "typedflow.lock").read_text(encoding="utf-8"))["units"]["flow"]
    assert sorted(locked) == ["daily", "hourly"]
    assert sorted(locked["daily"])[:2] == sorted(locked["hourly"])[:2] == ["EXP_01", "EXP_01@dev"]


def test_show_and_diff(batch: Project, call: Call) -> None:
    """A flow is named by its file's stem; what is wrong with its bindings is at the glob."""
    assert call("show", "daily", "--binding", "EXP_01", "--path", "model.alpha").out == "0.3\n"
    assert call("diff", "daily", "EXP_01", "EXP_02").code == 1
    done = call("show", "helpers")
    assert (done.code, "its flows: `daily`, `hourly`" in done.err) == (2, True)
    batch.write("settings/settings.configuration.OTHER.yaml", "")
    done = call("show", "daily", "--binding", "OTHER")
    assert done.code == 2
    assert "typedflow.toml:3:12: error TF504 unknown-binding" in done.err
    assert 'add "OTHER" to `bindings` of `flows."flows/batch/*.py"`' in done.err


COMMANDS = {
    "list": ("list",),
    "show": ("show", "daily", "--binding", "EXP_01"),
    "show, all": ("show", "daily", "--all-bindings"),
    "check": ("check",),
    "check, with types": ("check", "--types"),
    "run": ("run", "daily", "--binding", "EXP_01"),
    "deploy": ("deploy", "daily", "--binding", "*", "--to", "argo-workflows"),
    "lock": ("lock",),
    "lock, checked": ("lock", "--check"),
    "diff": ("diff", "daily", "EXP_01", "EXP_02"),
    "runs": ("runs", "daily"),
    "schema export": ("schema", "export"),
    "fuzz": ("fuzz", "daily"),
}
MISSING = """\
typedflow.toml:3:8: error TF505 missing-file: the file `flows/dialy.py` does not exist
  3 | file = "flows/dialy.py"
    |        ^^^^^^^^^^^^^^^^ did you mean `daily.py`?
"""


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_a_flow_file_that_is_missing_is_said_by_every_command(
    project: Project, spawn: Call, command: tuple[str, ...]
) -> None:
    """Once, at the manifest's line, with what was meant; nothing is written."""
    model = 'model = "flows/settings.py:Settings"\n'
    project.write("typedflow.toml", f'{model}[flows.daily]\nfile = "flows/dialy.py"\nbindings = ["EXP_*"]\n')
    project.write("flows/daily.py", "")
    before = project.files().keys()
    done = spawn(*command)
    assert done.code == (2 if command[0] == "schema" else 1)
    assert (done.out if command[0] == "check" else done.err).startswith(MISSING)
    assert f"{done.out}{done.err}".count("missing-file") == 1
    assert {name for name in project.files().keys() - before if not name.startswith(".")} == set()
