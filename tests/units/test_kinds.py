"""A kind of units is one entry in the table of ``project`` and one module of ``units``."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

import typedflow
from typedflow.project import KINDS
from typedflow.units import DeployableKind, RunnableKind, UnitKind, flow, kinds, table

Cli: TypeAlias = Callable[..., "subprocess.CompletedProcess[str]"]

ENTRY = 'Kind("flow", "flows", {"config": (Name, _FLOW_CONFIG)}, _flows),'
NOTE = '''\
"""Notes: text files that must have a title."""

from typedflow.units._kinds import Subject
from typedflow.units._unit_file import unit_file
from typedflow.values import RULES, Diagnostic, Location


def judge(file, unit, project):
    """Yield a note."""
    text = unit_file(project, unit).read_text()
    problem = Diagnostic(RULES["invalid-value"], "the note has no title", Location(str(file)))
    yield Subject(problems=() if text.startswith("#") else (problem,))


def models(project, unit):
    """Return the models of a note's own configs, which has none."""
    return {}


def describe(unit):
    """Return nothing more of a note."""
    return {}
'''
FILES = {
    "typedflow.toml": (
        'model = "model.py:Settings"\n'
        '[notes.readme]\nfile = "readme.md"\nbindings = ["EXP_*"]\n[notes.both]\nfile = "both.md"\n'
        '[flows.both]\nfile = "flow.py"\n'
    ),
    "model.py": "from typedflow import ConfigModel\n\nclass Settings(ConfigModel):\n    alpha: float = 0.5\n",
    "flow.py": "",
    "readme.md": "# Title\n",
    "both.md": "# Both\n",
    "settings/settings.configuration.EXP_01.yaml": "alpha: 0.1\n",
}


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    """Run the command line of a copy of typedflow that has one entry and one file more, in a project with notes."""
    package = tmp_path / "packages" / "typedflow"
    shutil.copytree(Path(typedflow.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    table = package / "project" / "_kinds.py"
    text = table.read_text()
    assert text.count(ENTRY) == 1
    table.write_text(text.replace(ENTRY, f'{ENTRY} Kind("note", "notes"),'))
    (package / "units" / "note.py").write_text(NOTE)
    project = tmp_path / "project"
    for name, content in FILES.items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(content)
    environ = {**os.environ, "PYTHONPATH": str(package.parent), "USERNAME": "me"}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "typedflow", *arguments]
        return subprocess.run(command, cwd=project, env=environ, capture_output=True, text=True, check=False)  # our own

    return run


def test_every_kind_has_its_module() -> None:
    """And flows can be run and deployed."""
    modules: dict[str, UnitKind] = {"flow": flow, "table": table}
    assert kinds() == modules
    assert list(KINDS) == ["flow", "table"]
    assert isinstance(flow, RunnableKind)
    assert isinstance(flow, DeployableKind)


@pytest.mark.process
def test_a_kind_is_an_entry_and_a_file(cli: Cli, tmp_path: Path) -> None:
    """Its units are listed, checked, resolved and locked, each under its kind."""
    listed = cli("list")
    assert (listed.returncode, listed.stderr) == (0, "")
    assert [line.split()[:2] for line in listed.stdout.splitlines()] == [
        ["FLOW", "BINDING"],
        ["both", "-"],
        [],
        ["NOTE", "BINDING"],
        ["readme", "EXP_01"],
        ["both", "-"],
    ]
    units = json.loads(cli("list", "--format", "json").stdout)["units"]
    assert [(unit["kind"], unit["name"], "config" in unit) for unit in units] == [
        ("flow", "both", True),
        ("note", "readme", False),
        ("note", "both", False),
    ]
    assert cli("show", "readme").stdout == "alpha: 0.1\n"
    assert cli("lock").returncode == 0
    locked = json.loads((tmp_path / "project" / "typedflow.lock").read_text())["units"]
    assert {kind: sorted(entries) for kind, entries in locked.items()} == {"flow": ["both"], "note": ["both", "readme"]}


@pytest.mark.process
def test_names_are_unique_within_a_kind(cli: Cli) -> None:
    """A name that two kinds have is written with its kind; what a kind cannot do, none of its units is asked."""
    done = cli("show", "both")
    assert done.returncode == 2
    assert "several units have the name `both`" in done.stderr
    assert "`flow:both`, `note:both`" in done.stderr
    assert cli("show", "note:both").stdout == "alpha: 0.5\n"
    done = cli("run", "readme")
    assert done.returncode == 2
    assert "`readme` is a note, not a flow; the flows: `both`" in done.stderr


@pytest.mark.process
def test_a_unit_of_another_kind_is_checked(cli: Cli, tmp_path: Path) -> None:
    """By its own file in ``units``, and under its name in the report; a file edited since is read again."""
    done = cli("check", "readme.md")
    assert (done.returncode, done.stdout) == (0, "")
    assert "no problems in 1 note, 1 variant, 1 settings file" in done.stderr
    (tmp_path / "project" / "readme.md").write_text("no title\n")
    done = cli("check", "readme.md")
    assert done.returncode == 1
    assert "readme.md: error TF301 invalid-value: the note has no title" in done.stdout


@pytest.mark.process
def test_a_kind_may_be_declared_by_globs(cli: Cli, tmp_path: Path) -> None:
    """Every file that matches is a unit, unless the kind finds its units in another way."""
    manifest = 'model = "model.py:Settings"\n[notes."*.md"]\nbindings = ["EXP_*"]\n[flows."*.py"]\n'
    (tmp_path / "project" / "typedflow.toml").write_text(manifest)
    (tmp_path / "project" / "flow.py").write_text("class Both(FlowSpec): pass\n")
    done = cli("list")
    assert (done.returncode, done.stderr) == (0, "1 file of *.py has no flow: `model.py`\n")
    assert [line.split()[:2] for line in done.stdout.splitlines()] == [
        ["FLOW", "BINDING"],
        ["flow", "-"],
        [],
        ["NOTE", "BINDING"],
        ["both", "EXP_01"],
        ["readme", "EXP_01"],
    ]
    assert "no problems in 1 note, 1 variant" in cli("check", "readme.md").stderr
