"""Projects of real files."""

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from typedflow.project import LoadedProject, open_project
from typedflow.values import Diagnostic, TypedflowError

Make: TypeAlias = Callable[..., LoadedProject]
Problems: TypeAlias = Callable[..., list[Diagnostic]]

MANIFEST = """
model = "model.py:Settings"

[flows.train]
file = "flows/train.py"
bindings = ["EXP_*"]

[flows.report]
file = "flows/report.py"
"""

MODEL = '''
from typing import Annotated, Literal
from pydantic import Field
from typedflow import ConfigModel, Merge

class Model(ConfigModel):
    learning_rate: float = Field(0.1, alias="learning-rate")
    epochs: int = 1
    note: str = "plain"

class Settings(ConfigModel):
    """The settings."""
    name: str = "unnamed"
    model: Model = Model()
    features: Annotated[list[str], Merge.append] = []
    tags: set[str] = set()
    table: dict[str, int] = {}
'''


@pytest.fixture
def write(tmp_path: Path) -> Callable[[Mapping[str, str]], Path]:
    """Write files below the test's directory, and return that directory."""

    def written(files: Mapping[str, str]) -> Path:
        for name, text in files.items():
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return tmp_path

    return written


@pytest.fixture
def make(write: Callable[[Mapping[str, str]], Path]) -> Make:
    """Open a project: a manifest, a model and an empty settings directory, plus some files."""

    def made(files: Mapping[str, str] | None = None, environ: Mapping[str, str] | None = None) -> LoadedProject:
        root = write({"typedflow.toml": MANIFEST, "model.py": MODEL, **(files or {})})
        (root / "settings").mkdir(exist_ok=True)
        return open_project(root, environ or {})

    return made


@pytest.fixture(scope="session")
def findings() -> Callable[..., list[Diagnostic]]:
    """Return the diagnostics that a call raises."""

    def found(call: Callable[..., object], *arguments: Any, **options: Any) -> list[Diagnostic]:
        with pytest.raises(TypedflowError) as caught:
            call(*arguments, **options)
        return list(caught.value.diagnostics)

    return found


@pytest.fixture
def git(tmp_path: Path) -> Callable[..., str]:
    """Run git in the test's directory, without the user's settings."""

    def run(*arguments: str) -> str:
        settings = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"]
        done = subprocess.run(["git", *settings, *arguments], cwd=tmp_path, check=True, capture_output=True, text=True)  # noqa: S607
        return done.stdout.strip()

    return run


@pytest.fixture(autouse=True)
def forget_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Import each project's model again, since all of them have the same name."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.delitem(sys.modules, "model", raising=False)
