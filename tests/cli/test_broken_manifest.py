"""An invalid manifest: a finding at its location, in the requested format, and the exit code 1."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Call, Project

UNKNOWN = 'model = "flows/settings.py:Settings"\nfoo = 1\n[flows.training]\nfile = "flows/training.py"\n'
CONFLICT = "<<<<<<< HEAD\nfoo = 1\n=======\n>>>>>>> other\n"
SYNTAX = 'model = "flows/settings.py:Settings"\nfoo =\n'
OUTSIDE = 'model = "flows/settings.py:Settings"\nsettings = "../other"\n'
BROKEN = {
    "a key": (UNKNOWN, "typedflow.toml:2:1: error TF302 unknown-key: `foo` is not a field"),
    "a conflict": (CONFLICT, "typedflow.toml:1:1: error TF101 invalid-syntax: unresolved merge conflict"),
    "syntax": (SYNTAX, "typedflow.toml:2:6: error TF101 invalid-syntax: "),
    "a path": (OUTSIDE, "typedflow.toml:2:12: error TF516 outside-project: "),
}
COMMANDS = (
    ("check",),
    ("check", "flows/training.py"),
    ("check", "--binding", "EXP_01", "--env", "dev"),
    ("check", "--select", "TF4"),
    ("check", "--fix"),
    ("check", "--diff"),
    ("list",),
    ("list", "--format", "json"),
    ("show", "training"),
    ("lock",),
    ("runs", "training"),
    ("diff", "training", "EXP_01", "EXP_02"),
    ("fuzz", "training"),
    ("fuzz", "flows/training.py"),
    ("deploy", "training", "--to", "airflow"),
    ("schema", "export"),
    ("run", "training"),
)
PLACES = {
    "text": "typedflow.toml:2:1: error TF302",
    "concise": "typedflow.toml:2:1: TF302",
    "json": '"file": "typedflow.toml",\n      "line": 2,',
    "github": "::error file=typedflow.toml,line=2,col=1",
    "gitlab": '"path": "typedflow.toml"',
    "junit": "typedflow.toml:2:1",
    "sarif": '"uri": "typedflow.toml"',
}


@pytest.mark.parametrize(("text", "words"), BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_each_command_says_so(project: Project, call: Call, command: tuple[str, ...], text: str, words: str) -> None:
    """A mistake in a file is not a mistake of the command line."""
    project.write("typedflow.toml", text)
    done = call(*command)
    assert done.code == 1
    assert words in " ".join((done.out + done.err).split())


@pytest.mark.parametrize(("format_", "place"), PLACES.items())
def test_the_report_is_in_the_format(project: Project, call: Call, format_: str, place: str) -> None:
    """On standard output, or in the requested file."""
    project.write("typedflow.toml", UNKNOWN)
    done = call("check", "--format", format_)
    assert done.code == 1
    assert place in done.out
    assert done.err == "1 problem in 0 flows, 0 variants, 0 settings files\n"
    assert call("check", "--format", format_, "--output-file", "report").code == 1
    assert place in project.files()["report"]


def test_a_project_elsewhere(project: Project, call: Call, tmp_path: Path) -> None:
    """It is named by the path to it, also where several are broken."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "typedflow.toml").write_text(UNKNOWN)
    project.write("typedflow.toml", UNKNOWN)
    done = call("check", "--format", "json", ".", str(other))
    assert [item["file"] for item in json.loads(done.out)["diagnostics"]] == ["other/typedflow.toml", "typedflow.toml"]


def test_a_conflict_in_pyproject(project: Project, call: Call) -> None:
    """It may be that of a manifest."""
    (project.root / "typedflow.toml").unlink()
    project.write("pyproject.toml", "[tool.typedflow]\n" + CONFLICT)
    done = call("check")
    assert done.code == 1
    assert done.out.startswith("pyproject.toml:2:1: error TF101 invalid-syntax: unresolved merge conflict")
