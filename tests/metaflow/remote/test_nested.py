"""A flow that a task starts."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.metaflow.remote.conftest import Pod, Store

pytestmark = pytest.mark.slow

_OUTER = """\
import subprocess
import sys

from metaflow import FlowSpec, Runner, step
from settings import Settings

import typedflow
from typedflow import SettingsMixin


class RemoteFlow(SettingsMixin[Settings], FlowSpec):
    @step
    def start(self):
        with Runner("inner.py", show_output=False).run() as running:
            self.by_runner = running.run["start"].task.data.cpu
        subprocess.run([sys.executable, "inner.py", "run"], check=True)
        self.own = self.settings.cpu
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    RemoteFlow()
"""
_INNER = """\
from metaflow import FlowSpec, step
from settings import Settings

from typedflow import Config


class InnerFlow(FlowSpec):
    settings = Config("settings", model=Settings, default_value={"cpu": 7})

    @step
    def start(self):
        self.cpu = self.settings.cpu
        assert self.cpu == 7
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    InnerFlow()
"""


def test_it_reads_its_own_config(compiled: Callable[..., str], pod: Pod, launching_image: Path, store: Store) -> None:
    """The config of the flow that starts it does not leak into it, though their names are the same."""
    files = {"flows/remote.py": _OUTER, "flows/inner.py": _INNER}
    states = json.loads(compiled("step-functions", "--only-json", **files))["States"]
    container = states["start"]["Parameters"]["ContainerOverrides"]
    variables = {item["Name"]: item.get("Value", "nested") for item in container["Environment"]}
    batch = {"AWS_BATCH_JOB_ID": "s", "AWS_BATCH_JOB_ATTEMPT": "1", "AWS_BATCH_CE_NAME": "here"}
    batch |= {"AWS_BATCH_JQ_NAME": "queue", "AWS_EXECUTION_ENV": "here", "METAFLOW_USER": "tester"}
    replace(pod, python=launching_image).succeed(container["Command"][-1], {**variables, **batch})
    assert store.artifact("sfn-nested", "start", "own") == 2
    assert store.artifact("sfn-nested", "start", "by_runner") == 7
