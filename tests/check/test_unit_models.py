"""A check of a project whose units have models of their own: each mistake once, at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from typedflow.check import Options, check
from typedflow.project import targets

if TYPE_CHECKING:
    from tests.check.conftest import Checked, Make

pytestmark = pytest.mark.slow

MODELS = {"training": "Training", "serving": "Serving", "report": "Report"}
FLOW = """\
from metaflow import FlowSpec, Parameter, step
from MODULE_model import MODEL

from typedflow import SettingsMixin, config_expr, ref

settings = ref(MODEL, "settings")


class MODELFlow(SettingsMixin[MODEL], FlowSpec):
    owner = Parameter("owner", default=settings.owner)
    note = config_expr("settings.note")

    @step
    def start(self):
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    MODELFlow()
"""
FILES = {
    "typedflow.toml": """\
[flows.training]
file = "flows/training.py"
model = "flows/training_model.py:Training"
bindings = ["EXP_*"]

[flows.serving]
file = "flows/serving.py"
model = "flows/serving_model.py:Serving"
bindings = ["EXP_01", "LIVE"]

[flows.report]
file = "flows/report.py"
model = "flows/report_model.py:Report"

[environments.branches]
"release/*" = "prod"
""",
    "flows/base.py": """\
from typedflow import ConfigModel


class Limits(ConfigModel):
    cpu: int = 1


class Base(ConfigModel):
    owner: str
    note: str = ""
    limits: Limits = Limits()
""",
    "flows/training_model.py": """\
from base import Base, Limits


class TrainingLimits(Limits):
    trials: int = 10


class Training(Base):
    learning_rate: float = 0.1
    epochs: int = 3
    limits: TrainingLimits = TrainingLimits()
""",
    "flows/serving_model.py": """\
from base import Base, Limits


class ServingLimits(Limits):
    requests: int = 100


class Serving(Base):
    port: int
    limits: ServingLimits = ServingLimits()
""",
    "flows/report_model.py": """\
from base import Base


class Report(Base):
    title: str = ""
    password: str = ""
""",
    **{f"flows/{name}.py": FLOW.replace("MODULE", name).replace("MODEL", model) for name, model in MODELS.items()},
    "settings/settings.yaml": "owner: me\nlearning_rate: 0.2\nport: 80\nlimits: {trials: 3, requests: 4}\n",
    "settings/settings.environment.prod.yaml": "port: 443\ntitle: In production\n",
    "settings/settings.configuration.EXP_01.yaml": "epochs: 4\nport: 81\n",
    "settings/settings.configuration.EXP_02.yaml": "epochs: 5\n",
    "settings/settings.configuration.LIVE.yaml": "limits: {requests: 9}\n",
}
GLOBAL, PROD, EXP_01, EXP_02, LIVE = (name for name in FILES if name.startswith("settings/"))


@pytest.fixture
def project(make: Make) -> Checked:
    """A project of three flows with three models, which share files; nothing is wrong with it."""
    unused = ("flows/settings.py", "settings/settings.environment.dev.yaml")
    return make({**dict.fromkeys(unused), **FILES})


#: Mistakes: a file, a text in it and another one in its place, and all that is found, as `rule file:line`.
MISTAKES: dict[str, tuple[str, str, str, list[str]]] = {
    "a typo in a field of one model": (GLOBAL, "learning_rate", "lerning_rate", [f"unknown-key {GLOBAL}:2"]),
    "a typo in a field that all require": (GLOBAL, "owner", "ownr", [f"unknown-key {GLOBAL}:1"]),
    "a typo in a field that one requires": (GLOBAL, "port", "prot", [f"unknown-key {GLOBAL}:3"]),
    "a typo below a field": (GLOBAL, "trials", "trails", [f"unknown-key {GLOBAL}:4"]),
    "a key of no model below a field": (GLOBAL, "trials: 3", "memory: 3", [f"unknown-key {GLOBAL}:4"]),
    "a type of one model": (GLOBAL, "port: 80", "port: http", [f"invalid-value {GLOBAL}:3"]),
    "a type of all models": (GLOBAL, "owner: me", "owner: 1", [f"invalid-value {GLOBAL}:1"]),
    "a typo in an environment": (PROD, "title", "titel", [f"unknown-key {PROD}:2"]),
    "a type in an environment": (PROD, "443", "x", [f"invalid-value {PROD}:1"]),
    "a typo in a binding of two flows": (EXP_01, "epochs", "epochz", [f"unknown-key {EXP_01}:1"]),
    "a key of a flow that does not have the binding": (EXP_02, "epochs", "port", [f"unknown-key {EXP_02}:1"]),
    "a key of another flow": (LIVE, "limits: {requests: 9}", "epochs: 3", [f"unknown-key {LIVE}:1"]),
    "a directive for nothing": (EXP_01, "port: 81", "$merge: {delete: [prt]}", [f"delete-nothing {EXP_01}:2"]),
    "a value that repeats a lower one": (
        EXP_01,
        "epochs: 4",
        "epochs: 4\nlearning_rate: 0.2",
        [f"redundant-override {EXP_01}:2"],
    ),
    "a missing field of one flow": (GLOBAL, "port: 80\n", "", [f"missing-key {GLOBAL}:0"]),
    "a secret in a field of one model": (
        GLOBAL,
        "port: 80",
        "port: 80\npassword: hunter2-Xk39vQ",
        [f"secret-value {GLOBAL}:4"],
    ),
    "a merge conflict of kinds": (EXP_01, "port: 81", "limits: 1", [f"kind-conflict {EXP_01}:2"]),
    "another model in a flow": (
        "flows/serving.py",
        "from serving_model import Serving",
        "from training_model import Training as Serving",
        ["other-model flows/serving.py:9"],
    ),
    "a field of another model in an expression": (
        "flows/serving.py",
        "settings.note",
        "settings.epochs",
        ["unknown-name flows/serving.py:11"],
    ),
    "a model that does not exist": (
        "typedflow.toml",
        ":Serving",
        ":Servng",
        ["model-not-found typedflow.toml:8"],
    ),
    "a model that cannot be stored": (
        "flows/report_model.py",
        "class Report(Base):\n",
        "from pydantic import SecretStr\nclass Report(Base):\n    key: SecretStr\n",
        ["secret-in-config flows/report_model.py:6"],
    ),
    "a suspicious default of one model": (
        "flows/training_model.py",
        "epochs: int = 3",
        'epochs: int = "3.5"',
        ["invalid-value flows/training_model.py:10"],
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_found_once(project: Checked, name: str) -> None:
    """By all models that read the file, in every variant, and with nothing beside it."""
    file, old, new, expected = MISTAKES[name]
    project.edit(file, old, new)
    assert sorted(_shown(project)) == sorted(expected)


def _shown(project: Checked) -> list[str]:
    return [f"{rule} {name}:{line}" for rule, name, line, _ in project.check()]


def test_nothing_is_wrong(project: Checked) -> None:
    """Of three models, three flows and six files."""
    assert _shown(project) == []


def test_an_edit_of_any_model_is_seen(project: Checked) -> None:
    """What a file may have depends on all models; the cache knows, also for flows that have other models."""
    assert project.check(cached=True) == []
    project.edit("flows/training_model.py", "epochs: int", "rounds: int")
    assert {found[:2] for found in project.check(cached=True)} == {("unknown-key", EXP_01), ("unknown-key", EXP_02)}
    cases = {case.unit for item in project.report.diagnostics for case in item.cases}
    assert cases == {"training", "serving"}
    project.edit("flows/training_model.py", "rounds: int", "epochs: int")
    assert project.check(cached=True) == []


def test_a_new_flow_of_a_binding_is_seen(project: Checked) -> None:
    """Its model may have what the binding's file sets; the manifest is part of the cache's key."""
    project.edit(EXP_02, "epochs: 5", "title: x")
    assert [found[:2] for found in project.check(cached=True)] == [("unknown-key", EXP_02)]
    project.edit("typedflow.toml", ':Report"\n', ':Report"\nbindings = ["EXP_02"]\n')
    assert project.check(cached=True) == []


def test_mypy_knows_the_model_of_each_flow(project: Checked) -> None:
    """An expression with a field of another flow's model is a type error, too, at its column."""
    project.edit("flows/serving.py", 'config_expr("settings.note")', 'config_expr("settings.epochs")')
    found, _, _ = targets([project.root], {})
    report = check(found, [], Options(jobs=1, cached=False), types=True)
    places = {
        (item.rule.name, item.location.span.line) for item in report.diagnostics if item.location and item.location.span
    }
    assert places == {("unknown-name", 11), ("config-expr", 11)}
