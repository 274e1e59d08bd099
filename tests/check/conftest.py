"""A project on disk, and the findings of a check of it."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from typedflow.check import Options, check
from typedflow.project import targets
from typedflow.values import Diagnostic, Report

FILES = {
    "typedflow.toml": """\
model = "flows/settings.py:Settings"

[flows.training]
file = "flows/training.py"
bindings = ["EXP_*"]
""",
    "flows/settings.py": """\
from typing import Annotated, Literal

from pydantic import Field

from typedflow import ConfigModel


class Model(ConfigModel):
    alpha: float
    kind: Literal["ols", "ridge"] = "ols"


class Settings(ConfigModel):
    model: Model
    cron: str = "0 6 * * *"
    cpu: Annotated[int, Field(ge=1)] = 1
    labels: list[str] = []
""",
    "flows/training.py": """\
from metaflow import FlowSpec, resources, schedule, step
from settings import Settings

from typedflow import SettingsMixin, config_expr, ref

settings = ref(Settings, "settings")


@schedule(cron=settings.cron)
class Training(SettingsMixin[Settings], FlowSpec):
    @resources(cpu=config_expr("settings.cpu * 2"))
    @step
    def start(self):
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    Training()
""",
    "settings/settings.yaml": "model:\n  alpha: 0.1\n",
    "settings/settings.environment.dev.yaml": "cpu: 2\n",
    "settings/settings.configuration.EXP_01.yaml": "model:\n  alpha: 0.3\n",
    "settings/settings.configuration.EXP_02.yaml": "model:\n  kind: ridge\n",
}

Found: TypeAlias = list[tuple[str, str, int, int]]
"""Findings: the rule's name, the file, the line and the column (0 where they are unknown)."""


class Checked:
    """A project on disk, and what a check of it finds."""

    def __init__(self, root: Path, files: Mapping[str, str]) -> None:
        """Write the project."""
        self.root = root
        self.report = Report()
        for name, text in files.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        """Write one file."""
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a text that occurs once in a file."""
        text = (self.root / name).read_text(encoding="utf-8")
        assert text.count(old) == 1
        self.write(name, text.replace(old, new))

    def check(self, *paths: str, **options: Any) -> Found:
        """Return the findings, with files relative to the project's root."""
        found, alone, _ = targets([self.root / path for path in paths or (".",)], {})
        self.report = check(found, alone, Options(**{"jobs": 1, "cached": False, **options}))
        return [self._place(item) for item in self.report.diagnostics]

    def messages(self) -> str:
        """Return the messages of the last check, one on each line."""
        return "\n".join(f"{item.message}; {item.label}; {item.hint}" for item in self.report.diagnostics)

    def _place(self, item: Diagnostic) -> tuple[str, str, int, int]:
        place = item.location
        span = place.span if place else None
        name = place.name.removeprefix(f"{self.root}/") if place else ""
        return item.rule.name, name, span.line if span else 0, span.column if span else 0


Make: TypeAlias = Callable[..., Checked]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Return a function that makes the project, with some files replaced and some (None) left out."""

    def made(changed: Mapping[str, str | None] | None = None) -> Checked:
        files = {**FILES, **(changed or {})}
        return Checked(tmp_path.resolve() / "project", {name: text for name, text in files.items() if text is not None})

    return made
