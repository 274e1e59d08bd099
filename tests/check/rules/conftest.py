"""Layers, models and projects as input of rules."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

import pytest

from typedflow.check import Facts
from typedflow.layers import Layer, Rank, layer
from typedflow.parsing import format_of, parse
from typedflow.project import open_project, resolve
from typedflow.values import Diagnostic, Source, TypedflowError

MANIFEST = """\
model = "settings.py:Settings"

[flows.training]
file = "training.py"
bindings = ["EXP_*"]
"""

MakeLayer: TypeAlias = Callable[..., Layer]
MakeFacts: TypeAlias = Callable[[Mapping[str, str]], Facts]
FactsOf: TypeAlias = Callable[[Path], Facts]
Show: TypeAlias = Callable[[Diagnostic], str]


@pytest.fixture
def make_layer() -> MakeLayer:
    """Makes a layer of a text."""

    def made(text: str, name: str = "settings.yaml", rank: Rank = Rank.GLOBAL) -> Layer:
        source = Source(name, text, format_of(name))
        return layer(source, parse(source), rank)

    return made


@pytest.fixture
def facts_of(monkeypatch: pytest.MonkeyPatch) -> FactsOf:
    """Gives the facts of a project on disk, whose model is in a module `settings` as that of others is."""
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.delitem(sys.modules, "settings", raising=False)
    return _facts


@pytest.fixture
def make_facts(tmp_path: Path, facts_of: FactsOf) -> Iterator[MakeFacts]:
    """Makes a project of files (settings by what follows `settings.` in their names) and resolves all its variants."""

    def made(files: Mapping[str, str]) -> Facts:
        for name, text in {"typedflow.toml": MANIFEST, **files}.items():
            is_settings = name.endswith(("yaml", "json", "toml")) and name != "typedflow.toml"
            file = tmp_path / (f"settings/settings.{name}" if is_settings else name)
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return facts_of(tmp_path)

    yield made
    sys.modules.pop("settings", None)


def _facts(root: Path) -> Facts:
    project = open_project(root, {})
    files = project.files
    ranked = [(Rank.GLOBAL, file) for file in files.base]
    ranked += [(Rank.ENVIRONMENT, file) for file in project.environments.values()]
    ranked += [(Rank.BINDING, file) for files in files.bindings.values() for file in files]
    environments: list[str | None] = [*project.environments] or [None]
    cases = []
    for unit in project.units:
        for binding in project.bindings(unit):
            for environment in environments:
                try:
                    cases.append(resolve(project, unit, binding, environment))
                except TypedflowError:
                    continue
    return Facts(project, tuple(project.settings.read(file, rank) for rank, file in ranked), tuple(cases))


@pytest.fixture
def show() -> Show:
    """Shows where a finding is, without the directory of settings and the line's text."""

    def shown(item: Diagnostic) -> str:
        return str(item.location).removeprefix("settings/settings.")

    return shown
