"""A project with a flow, and what it is deployed to: AWS as moto serves it, and the Kubernetes API."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

_FILES = {
    "typedflow.toml": """\
model = "flows/settings.py:Settings"

[flows.training]
file = "flows/training.py"
bindings = ["EXP_*"]

[check]
ignore = ["TF205"]
""",
    "flows/settings.py": """\
from typedflow import ConfigModel


class Settings(ConfigModel):
    alpha: float
    cron: str = "0 0 * * *"
""",
    "flows/training.py": """\
from metaflow import FlowSpec, schedule, step
from settings import Settings

from typedflow import SettingsMixin, ref


@schedule(cron=ref(Settings, "settings").cron)
class Training(SettingsMixin[Settings], FlowSpec):
    @step
    def start(self):
        self.next(self.end)

    @step
    def end(self):
        print(self.settings.alpha)


if __name__ == "__main__":
    Training()
""",
    "settings/settings.yaml": "alpha: 0.5\n",
    "settings/settings.configuration.EXP_01.yaml": "alpha: 0.1\n",
    "settings/settings.configuration.EXP_02.yaml": "cron: 0 1 * * *\n",
}
_KUBECONFIG = {
    "apiVersion": "v1",
    "kind": "Config",
    "contexts": [{"name": "c", "context": {"cluster": "c", "user": "u"}}],
    "users": [{"name": "u", "user": {}}],
    "current-context": "c",
}


@dataclass
class Cloud:
    """Where things are deployed: the environment that leads there, and what is there."""

    environ: dict[str, str]
    objects: dict[str, dict[str, Any]]
    client: Callable[[str], Any]

    def of_kind(self, kind: str) -> list[dict[str, Any]]:
        """Return the objects of a kind, by name."""
        return [item for _, item in sorted(self.objects.items()) if item["kind"] == kind]

    def templates(self) -> dict[str, int]:
        """Return the names of Argo's templates, and how often each was written."""
        found = (item["metadata"] for item in self.of_kind("WorkflowTemplate"))
        return {item["name"]: int(item["resourceVersion"]) for item in found}


@dataclass
class Place:
    """A project in a git repository, and the cloud that it is deployed to."""

    root: Path
    cloud: Cloud
    variables: dict[str, str] = field(default_factory=dict)

    def write(self, name: str, text: str) -> None:
        """Write one of its files."""
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text(text)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start ``typedflow deploy training``."""
        command = [sys.executable, "-m", "typedflow", "deploy", "training", *arguments]
        environ = {**os.environ, **self.cloud.environ, **self.variables}
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command, cwd=self.root, env=environ, text=True, stdout=pipe, stderr=pipe, start_new_session=True
        )

    def deploy(self, *arguments: str) -> tuple[int, str, str]:
        """Run it, and return its exit code and its output."""
        process = self.start(*arguments)
        out, err = process.communicate()
        return process.returncode, out, err

    def diff(self, one: str, other: str) -> list[str]:
        """Return the rows of ``typedflow diff training``."""
        command = [sys.executable, "-m", "typedflow", "diff", "training", one, other]
        done = subprocess.run(command, cwd=self.root, check=False, text=True, capture_output=True)
        return done.stdout.splitlines()[1:]

    def states(self, *arguments: str) -> tuple[int, dict[str, str]]:
        """Run it, and return its exit code and the state of each binding."""
        code, out, err = self.deploy(*arguments, "--format", "json")
        assert out, err
        return code, {row["binding"]: row["state"] for row in json.loads(out)["deployments"]}


@pytest.fixture
def cloud(aws: tuple[dict[str, str], Callable[[str], Any]], tmp_path: Path) -> Iterator[Cloud]:
    """AWS, and a Kubernetes API with nothing in it."""
    environ, client = aws
    spec = spec_from_file_location("kubernetes_api", Path(__file__).with_name("kubernetes_api.py"))
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    with module.kubernetes_api() as (address, objects):
        config = {**_KUBECONFIG, "clusters": [{"name": "c", "cluster": {"server": address}}]}
        (tmp_path / "kubeconfig").write_text(json.dumps(config))
        home = {"METAFLOW_HOME": str(tmp_path / "home"), "METAFLOW_USER": "tester"}
        yield Cloud({**environ, **home, "KUBECONFIG": str(tmp_path / "kubeconfig")}, objects, client)


@pytest.fixture
def place(cloud: Cloud, tmp_path: Path) -> Place:
    """A project on the branch `main`."""
    made = Place(tmp_path / "project", cloud)
    for name, text in _FILES.items():
        made.write(name, text)
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main"], cwd=made.root, check=True)  # noqa: S607 # the git of PATH
    return made
