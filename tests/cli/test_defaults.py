"""The model's defaults as the lowest layer, as the command line shows them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Call, Project

MODEL = """\
from typing import Annotated
from typedflow import ConfigModel, Merge
class Optimizer(ConfigModel):
    name: str
    lr: float = 9.0
class Scheduled(Optimizer):
    decay: float = 0.5
class Settings(ConfigModel):
    opt: Optimizer = Optimizer(name="sgd", lr=0.5)
    tags: Annotated[list[str], Merge.append] = ["a"]
    other: Optimizer = Scheduled(name="x")
    size: int = 1
"""
FLOW = """\
from metaflow import FlowSpec, step
from settings import Settings
from typedflow import SettingsMixin
class Defaulted(SettingsMixin[Settings], FlowSpec):
    @step
    def start(self):
        self.next(self.end)
    @step
    def end(self):
        pass
"""


@pytest.fixture
def defaulted(project: Project) -> Project:
    """A project whose model has such defaults."""
    project.write("flows/settings.py", MODEL)
    project.write("flows/training.py", FLOW)
    for name in ("settings/settings.environment.dev.yaml", "settings/settings.configuration.EXP_01.yaml"):
        project.write(name, "{}\n")
    project.write("settings/settings.configuration.EXP_02.json", '{"tags": ["c"]}\n')
    project.write("settings/settings.environment.production.toml", "")
    project.write("flows/report.py", FLOW.replace("Defaulted", "Report"))
    project.write("settings/settings.yaml", "size: 2\nopt: {lr: 0.25}\ntags: [b]\n")
    return project


@pytest.mark.usefixtures("defaulted")
def test_origins_of_defaults(call: Call) -> None:
    """A default says where its field is declared; what is above it says that it shadows the default."""
    base, binding = "settings/settings.yaml", "settings/settings.configuration.EXP_02.json"
    done = call("show", "training", "--binding", "EXP_02", "--origins", "--set", "opt.lr=1", "--path", "opt")
    assert done.out == (
        "name: sgd  # default, flows/settings.py:9\n"
        f"lr: 1.0  # --set opt.lr=1, shadows {base}:2:11, default, flows/settings.py:9\n"
    )
    done = call("show", "training", "--binding", "EXP_02", "--origins", "--path", "tags")
    assert done.out == f"- a  # default, flows/settings.py:10\n- b  # {base}:3:8\n- c  # {binding}:1:11\n"


@pytest.mark.usefixtures("defaulted")
def test_origins_of_defaults_in_json(call: Call) -> None:
    """JSON marks the default among what is shadowed."""
    found = json.loads(call("show", "training", "--binding", "EXP_01", "--origins", "--format", "json").out)
    declared = {"source": "flows/settings.py", "line": 9, "column": 1}
    assert found["opt.lr"]["shadows"] == [{**declared, "default": True}]
    assert found["opt.name"] == {"value": "sgd", "origin": declared, "shadows": [], "default": True}


@pytest.mark.usefixtures("defaulted")
def test_a_variable_sets_a_part(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """Environment variables are layers as files are."""
    monkeypatch.setenv("TYPEDFLOW__SETTINGS__OPT__LR", "7")
    done = call("show", "training", "--binding", "EXP_01", "--path", "opt", "--format", "json")
    assert json.loads(done.out) == {"name": "sgd", "lr": 7.0}


def test_a_default_that_cannot_be_merged(defaulted: Project, call: Call) -> None:
    """A finding of the line that sets a part, in `check` and in `show`."""
    defaulted.write("settings/settings.configuration.EXP_01.yaml", "size: 3\nother: {lr: 0.25}\n")
    for command in (["check"], ["show", "training", "--binding", "EXP_01"]):
        done = call(*command)
        assert done.code == 1
        shown = done.out + done.err
        assert "settings/settings.configuration.EXP_01.yaml:2:1: error TF206 unmergeable-default: `other`" in shown
        assert "declared at flows/settings.py:11 (Settings.other)" in shown
        assert "`$merge: {replace: [other]}`" in shown


def test_a_value_that_is_written_out_once_is_no_finding(defaulted: Project, call: Call) -> None:
    """What is only the model's default may be repeated by a file."""
    defaulted.write("settings/settings.configuration.EXP_01.yaml", "opt: {name: sgd}\n")
    done = call("check", "--select", "redundant-override")
    assert (done.code, done.out) == (0, "")
