"""Tasks as pods run them: Metaflow's own commands in bash, without any of the files that they were compiled from."""

from __future__ import annotations

import gzip
import json
import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import requires
from pathlib import Path
from typing import Any

import pytest

FILES = {
    "typedflow.toml": """\
model = "flows/settings.py:Settings"

[flows.remote]
file = "flows/remote.py"
bindings = ["EXP_01"]
""",
    "flows/settings.py": """\
from datetime import timedelta

from typedflow import ConfigModel


class Model(ConfigModel):
    rate: float = 0.1


class Settings(ConfigModel):
    model: Model = Model()
    rounds: tuple[int, ...] = (1, 2)
    patience: timedelta = timedelta(minutes=1)
    cpu: int = 1
""",
    "flows/remote.py": """\
from metaflow import FlowSpec, resources, step
from settings import Settings

from typedflow import SettingsMixin, ref


class RemoteFlow(SettingsMixin[Settings], FlowSpec):
    @resources(cpu=ref(Settings, "settings").cpu)
    @step
    def start(self):
        assert isinstance(self.settings, Settings)
        self.rounds = self.settings.rounds
        self.next(self.each, foreach="rounds")

    @step
    def each(self):
        self.score = self.input * self.settings.model.rate
        self.next(self.join)

    @step
    def join(self, inputs):
        self.patience = inputs[0].settings.patience.total_seconds()
        self.total = sum(each.score for each in inputs)
        self.next(self.end)

    @step
    def end(self):
        self.origin = self.settings_origins["leaves"]["model.rate"]["origin"]


if __name__ == "__main__":
    RemoteFlow()
""",
    "settings/settings.yaml": "cpu: 2\nmodel: {rate: 0.5}\n",
    "settings/settings.configuration.EXP_01.yaml": "patience: 90\nrounds: [1, 2, 4]\nmodel:\n  rate: 0.25\n",
}
#: What Metaflow's commands have from a pod's volumes.
_MOUNTED = "/tmp/mf-input-paths"  # noqa: S108 # it is Metaflow's


@dataclass
class Pod:
    """Runs commands as a pod of an image does that has Python and some packages, but not typedflow."""

    python: Path
    environ: dict[str, str]
    folder: Path
    count: int = 0

    def run(self, command: str, variables: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        """Run one task's command in an empty directory, with its variables and no others."""
        self.count += 1
        here = self.folder / f"pod-{self.count}"
        here.mkdir()
        environ = {
            "PATH": f"{self.python.parent}{os.pathsep}/usr/local/bin{os.pathsep}/usr/bin{os.pathsep}/bin",
            "HOME": str(here),
            "METAFLOW_SKIP_INSTALL_DEPENDENCIES": "1",  # they are installed
            **{name: value for name, value in self.environ.items() if name.startswith("AWS_")},
            **variables,
        }
        bash = shutil.which("bash") or "/bin/bash"
        text = command.replace(_MOUNTED, str(here / "input-paths"))
        return subprocess.run([bash, "-c", text], cwd=here, env=environ, check=False, capture_output=True, text=True)

    def succeed(self, command: str, variables: Mapping[str, str]) -> None:
        """Run one that must not fail."""
        done = self.run(command, variables)
        assert done.returncode == 0, done.stdout + done.stderr


@dataclass
class Store:
    """What tasks have left in S3."""

    client: Any
    flow: str = "RemoteFlow"
    names: list[str] = field(default_factory=list)

    def artifact(self, run: str, step: str, name: str, task: str = "") -> Any:
        """Return an artifact of a step's task; of the last task by name if none is given."""
        prefix = f"metaflow/{self.flow}/{run}/{step}/{task}"
        found = self.client.list_objects_v2(Bucket="bucket", Prefix=prefix)["Contents"]
        key = [item["Key"] for item in found if item["Key"].endswith(".data.json")][-1]
        objects = json.loads(self._read(key))["objects"]
        digest = objects[name]
        return pickle.loads(gzip.decompress(self._read(f"metaflow/{self.flow}/data/{digest[:2]}/{digest}")))  # noqa: S301 # our own

    def _read(self, key: str) -> bytes:
        data: bytes = self.client.get_object(Bucket="bucket", Key=key)["Body"].read()
        return data


def _virtual_environment(folder: Path, *packages: str) -> Path:
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    python = folder / "bin" / "python"
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", *packages], check=True)
    return python


@pytest.fixture(scope="session")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python with what a task needs beside its code package."""
    return _virtual_environment(tmp_path_factory.mktemp("image") / "venv", "boto3", "requests", "pydantic")


@pytest.fixture(scope="session")
def image_with_duckdb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python with what a task needs that reads and writes tables of DuckDB."""
    return _virtual_environment(tmp_path_factory.mktemp("duckdb") / "venv", "boto3", "requests", "pydantic", "duckdb")


@pytest.fixture(scope="session")
def bare_image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python with what Metaflow needs, and no pydantic."""
    return _virtual_environment(tmp_path_factory.mktemp("bare") / "venv", "boto3", "requests")


@pytest.fixture(scope="session")
def launching_image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python with what typedflow needs to launch flows, but without typedflow: that comes with the code package."""
    packages = [line for line in requires("typedflow") or () if "extra ==" not in line and "metaflow" not in line]
    return _virtual_environment(tmp_path_factory.mktemp("launching") / "venv", "boto3", "requests", *packages)


@pytest.fixture
def mounted() -> Iterator[Callable[[Path], Path]]:
    """Makes a directory that pods have from a volume, and empties it in the end; without it the test is skipped."""
    made: list[Path] = []

    def mount(directory: Path) -> Path:
        try:
            directory.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            pytest.skip(f"{directory} cannot be made: {error}")
        made.append(directory)
        return directory

    yield mount
    for directory in made:
        for file in directory.iterdir():
            file.unlink()


@pytest.fixture
def environ(aws: tuple[dict[str, str], Callable[[str], Any]], tmp_path: Path) -> dict[str, str]:
    """The environment that a project is compiled in."""
    own = {
        "METAFLOW_HOME": str(tmp_path / "home"),
        "METAFLOW_USER": "tester",
        "METAFLOW_KUBERNETES_NAMESPACE": "default",
    }
    return {**aws[0], **own}


@pytest.fixture
def store(aws: tuple[dict[str, str], Callable[[str], Any]]) -> Store:
    """S3."""
    return Store(aws[1]("s3"))


@pytest.fixture
def pod(environ: dict[str, str], image: Path, tmp_path: Path) -> Pod:
    """Runs tasks' commands."""
    return Pod(image, environ, tmp_path)


@pytest.fixture
def compiled(environ: dict[str, str], tmp_path: Path) -> Callable[..., str]:
    """Compiles the flow for a target; its project is gone afterwards, so that no task can find it."""
    root = tmp_path / "project"

    def compile_for(target: str, *arguments: str, **files: str) -> str:
        for name, text in {**FILES, **files}.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text)
        command = [sys.executable, "-m", "typedflow", "deploy", "remote", "--to", target, *arguments]
        around = {**os.environ, **environ}
        done = subprocess.run(command, cwd=root, env=around, check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        text = "".join(file.read_text() for file in root.glob("dags/*.py")) or done.stdout
        shutil.rmtree(root)
        return text

    return compile_for
