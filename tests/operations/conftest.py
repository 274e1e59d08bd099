"""A project of files, opened."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest

from typedflow.project import open_project

if TYPE_CHECKING:
    from collections.abc import Callable

    from typedflow.project import LoadedProject

    Make: TypeAlias = Callable[..., LoadedProject]

_FLOW = """\
from metaflow import FlowSpec, step
from settings import Settings

from typedflow import SettingsMixin


class Training(SettingsMixin[Settings], FlowSpec):
    @step
    def start(self):
        self.next(self.end)

    @step
    def end(self):
        print(self.settings.alpha)


if __name__ == "__main__":
    Training()
"""
_FILES = {
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
from typedflow import ConfigModel


class Settings(ConfigModel):
    alpha: float = 0.5
""",
    "flows/training.py": _FLOW,
    "flows/report.py": _FLOW,
    "settings/settings.yaml": "alpha: 0.1\n",
    "settings/settings.environment.dev.yaml": "{}\n",
    "settings/settings.configuration.EXP_01.yaml": "alpha: 0.2\n",
    "settings/settings.configuration.EXP_02.yaml": "alpha: 0.3\n",
}


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Make":
    """Make a project with two flows, two bindings and an environment, with some files of another text, and open it."""
    root = tmp_path.resolve()
    monkeypatch.chdir(root)
    # Every project of these tests has a module `settings`, in a directory of its own.
    monkeypatch.setattr(sys, "path", [*sys.path])

    def made(files: dict[str, str] | None = None, **environ: str) -> "LoadedProject":
        for name, text in {**_FILES, **(files or {})}.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        return open_project(root, environ)

    return made


@pytest.fixture
def own_datastore(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a datastore, and let Metaflow's Client find it: it remembers what it found first, for an earlier test."""
    import metaflow

    (tmp_path / ".metaflow").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("metaflow.plugins.datastores.local_storage.LocalStorage.datastore_root", None)
    metaflow.default_metadata()
