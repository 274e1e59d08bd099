"""Flows written for Metaflow's own Config, run as they are, with typedflow's Config, and with a model.

The kinds differ by what somebody who moves to typedflow writes: ``from typedflow import Config, config_expr``, then
``model=``. Each test is first of all one of Metaflow's own Config ("theirs"): what fails there is no promise of it.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import metaflow
import pytest

if TYPE_CHECKING:
    from tests.conftest import Start

FLOWS = Path(__file__).with_name("flows")
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module", params=["theirs", "ours", "typed"])
def kind(request: pytest.FixtureRequest) -> str:
    """Which Config the flows use: Metaflow's, typedflow's without a model, typedflow's with a model."""
    return str(request.param)


@pytest.fixture(scope="module")
def place(kind: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with the flows, rewritten for a kind of Config; all tests of a module share it."""
    folder = tmp_path_factory.mktemp(kind)
    (folder / ".metaflow").mkdir()
    for file in sorted(FLOWS.iterdir()):
        if file.is_file() and (file.name != "settings.py" or kind == "typed"):
            text = file.read_text(encoding="utf-8")
            (folder / file.name).write_text(_rewritten(text, kind) if _has_config(file, text) else text)
    return folder


@pytest.fixture(scope="module")
def run(place: Path, start: Start) -> Run:
    """Runs Python with arguments among the flows; standard error follows standard output."""

    def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        environ = {**os.environ, "COLUMNS": "120", **variables}
        return start(*arguments, cwd=place, environ=environ, together=True)

    return run


@pytest.fixture(scope="module")
def facts_of(run: Run) -> Callable[..., dict[str, Any]]:
    """Runs a flow that must succeed, and gives what its steps told."""

    def facts(*arguments: str, **variables: str) -> dict[str, Any]:
        done = run(*arguments, **variables)
        assert done.returncode == 0, done.stdout
        return dict(json.loads(line) for line in re.findall(r"FACT (\[.*\])$", done.stdout, re.MULTILINE))

    return facts


@pytest.fixture(scope="module")
def version() -> tuple[int, ...]:
    """Metaflow's version."""
    return tuple(int(part) for part in metaflow.__version__.split(".")[:3])


def _has_config(file: Path, text: str) -> bool:
    return file.suffix == ".py" and "Config(" in text


def _rewritten(text: str, kind: str) -> str:
    if kind == "theirs":
        return text
    imports = "from typedflow import Config, config_expr\n"
    if kind == "typed":
        imports += "from settings import *\n"
        text = re.sub(r"Config\((.*)\)  # typed: (\w+)$", r"Config(\1, model=\2)", text, flags=re.MULTILINE)
    return re.sub(r"^(?=class |@|def |[A-Z]+ = )", imports, text, count=1, flags=re.MULTILINE)
