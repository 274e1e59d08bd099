"""Metaflow's Deployer, given model instances."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

_MODELS = """\
from pydantic import Field

from typedflow import ConfigModel


class Train(ConfigModel):
    epochs: int
    rate: float = Field(default=0.1, alias="learning-rate")
"""
_FLOW = """\
from metaflow import FlowSpec, resources, step
from models import Train

from typedflow import Config, ref


class DeployedFlow(FlowSpec):
    train = Config("train", model=Train)

    @resources(cpu=ref(Train, "train").epochs)
    @step
    def start(self):
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    DeployedFlow()
"""
_CODE = """\
import sys
from metaflow import Deployer
from models import Train
import typedflow
train = Train(epochs=3, **{"learning-rate": 0.5})
given = typedflow.config_value(train=train)
deployed = Deployer("flow.py", show_output=False, config_value=given).step_functions(name="given").create()
print(deployed.name)
"""


def test_a_deployer_takes_model_instances(aws: tuple[dict[str, str], Callable[[str], Any]], tmp_path: Path) -> None:
    """What a deployment is given is what its decorators see."""
    (tmp_path / "models.py").write_text(_MODELS)
    (tmp_path / "flow.py").write_text(_FLOW)
    environ = {**os.environ, **aws[0], "METAFLOW_HOME": str(tmp_path / "home")}
    command = [sys.executable, "-c", _CODE]
    done = subprocess.run(command, cwd=tmp_path, env=environ, check=False, capture_output=True, text=True)
    assert done.stdout.splitlines() == ["given"], done.stderr
    client = aws[1]("stepfunctions")
    (machine,) = (item for item in client.list_state_machines()["stateMachines"] if item["name"] == "given")
    definition = json.loads(client.describe_state_machine(stateMachineArn=machine["stateMachineArn"])["definition"])
    assert "batch:cpu=3" in definition["States"]["start"]["Parameters"]["ContainerOverrides"]["Command"][-1]
