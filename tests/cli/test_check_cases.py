"""``typedflow check`` names every variant that has a finding, whatever bindings are called."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Call, Project

pytestmark = pytest.mark.slow

MANIFEST = """\
model = "flows/settings.py:Settings"

[flows.training]
file = "flows/training.py"
bindings = ["run*"]
"""
FLOW = """\
from metaflow import FlowSpec, step


class Training(FlowSpec):
    @step
    def start(self):
        self.next(self.end)

    @step
    def end(self):
        pass
"""
GLOBAL = "settings/settings.yaml"


@pytest.fixture(autouse=True)
def bindings(project: Project) -> None:
    """Two bindings; the name of one reads like the other in an environment."""
    project.write("typedflow.toml", MANIFEST)
    project.write("flows/training.py", FLOW)
    for name in ("run", "run in prod"):
        project.write(f"settings/settings.configuration.{name}.yaml", "model:\n  alpha: 0.3\n")


def test_bindings_whose_names_read_alike(project: Project, call: Call) -> None:
    """A mistake that both have names both, in text and in data."""
    project.write(GLOBAL, f"owner: [1]\n{project.files()[GLOBAL]}")
    arguments = ("check", "--select=TF301", "--env=dev")
    assert "; binding run, `run in prod`\n" in call(*arguments).out
    cases = [
        {"unit": "training", "kind": "flow", "binding": name, "environment": "dev", "identity": None}
        for name in ("run", "run in prod")
    ]
    (item,) = json.loads(call(*arguments, "--format=json").out)["diagnostics"]
    assert item["cases"] == cases
    (result,) = json.loads(call(*arguments, "--format=sarif").out)["runs"][0]["results"]
    assert result["message"]["text"].endswith(" (binding run, `run in prod`)")
    assert result["properties"] == {"cases": cases}


def test_an_environment_and_a_binding(project: Project, call: Call) -> None:
    """A binding in an environment is distinguished from a binding of that name, also from the cache."""
    (project.root / "settings/settings.environment.production.toml").rename(
        project.root / "settings/settings.environment.prod.toml"
    )
    project.write("settings/settings.environment.prod.toml", "owner = [1]\n")
    for _ in range(2):
        assert "; binding run in prod, `run in prod` in prod\n" in call("check", "--select=TF301").out
