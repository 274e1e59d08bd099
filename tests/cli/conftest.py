"""A project of files, and the command line in it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest

from typedflow.cli import main

if TYPE_CHECKING:
    from tests.conftest import Start

FILES = {
    "typedflow.toml": """\
model = "flows/settings.py:Settings"

[flows.training]
file = "flows/training.py"
bindings = ["EXP_*"]

[flows.report]
file = "flows/report.py"

[environments]
default = "dev"
""",
    "flows/settings.py": """\
from typing import Annotated, Literal

from pydantic import Field

from typedflow import ConfigModel


class Adam(ConfigModel):
    kind: Literal["adam"]
    beta: float = 0.9


class Sgd(ConfigModel):
    kind: Literal["sgd"]


class Model(ConfigModel):
    alpha: float
    features: list[str] = []
    optimizer: Annotated[Adam | Sgd, Field(discriminator="kind")]


class Settings(ConfigModel):
    model: Model
    title: str = "Diabetes"
    owner: str | None = None
""",
    "flows/training.py": """\
import json, os, sys

print(json.dumps([sys.argv, os.environ.get("TYPEDFLOW_BINDING"), os.environ.get("TYPEDFLOW_ENV")]))
print("to stderr", file=sys.stderr)
sys.exit(7)
""",
    "flows/report.py": "print('reported')\n",
    "settings/settings.yaml": """\
model:
  alpha: 0.1
  features: [age, bmi]
  optimizer:
    kind: adam
    beta: 0.8
""",
    "settings/settings.environment.dev.yaml": "model:\n  alpha: 0.2\n",
    "settings/settings.environment.production.toml": "[model]\nalpha = 0.4\n",
    "settings/settings.configuration.EXP_01.yaml": "model:\n  alpha: 0.3\n",
    "settings/settings.configuration.EXP_02.json": '{"model": {"optimizer": {"kind": "sgd"}}}\n',
}


@dataclass(frozen=True)
class Done:
    """The result of a command line."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Project:
    """A project on disk."""

    root: Path

    def write(self, name: str, text: str) -> None:
        """Write one of its files."""
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def files(self) -> dict[str, str]:
        """Return the text of every file except bytecode."""
        found = (path for path in sorted(self.root.rglob("*")) if path.is_file() and path.suffix != ".pyc")
        return {path.relative_to(self.root).as_posix(): path.read_text(encoding="utf-8") for path in found}


@pytest.fixture(scope="session")
def files() -> dict[str, str]:
    """Return the files of a project with two flows, two bindings and two environments."""
    return FILES


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Create a project with two flows, two bindings and two environments, and work in it."""
    made = Project(tmp_path.resolve())
    (tmp_path / ".metaflow").mkdir()  # or the datastore of a directory above would be used
    for name, text in FILES.items():
        made.write(name, text)
    monkeypatch.chdir(tmp_path)
    return made


Call: TypeAlias = Callable[..., Done]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Run a command line in this process: fast, with visible exceptions."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    # Every project of these tests has a module `settings`, in a directory of its own.
    monkeypatch.setattr(sys, "path", [*sys.path])

    def run(*arguments: str) -> Done:
        code = main(arguments)
        out, err = capsys.readouterr()
        return Done(code, out, err)

    return run


@pytest.fixture
def spawn(start: Start) -> Call:
    """Run a command line in a separate process, as users do."""

    def run(*arguments: str, **variables: str) -> Done:
        environ = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", **variables}
        done = start("-m", "typedflow", *arguments, cwd=Path.cwd(), environ=environ)
        return Done(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def spawn_cold() -> Call:
    """Run a command line in a separate interpreter, with random hashes."""

    def run(*arguments: str, **variables: str) -> Done:
        command = [sys.executable, "-m", "typedflow", *arguments]
        environ = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", **variables}
        done = subprocess.run(command, env=environ, check=False, capture_output=True, text=True, encoding="utf-8")
        return Done(done.returncode, done.stdout, done.stderr)

    return run
