"""``typedflow list``: units, bindings, environments and identities."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Call, Project

pytestmark = pytest.mark.usefixtures("project")

TEXT = """\
FLOW      BINDING  ENVIRONMENT  IDENTITY         DIGEST        FILE
training  EXP_01   dev          EXP_01.training  5f680d187297  flows/training.py
training  EXP_02   dev          EXP_02.training  45c3141b1d44  flows/training.py
report    -        dev          report           dc9f44b69ec2  flows/report.py
"""


def test_a_table(call: Call) -> None:
    """Every variant has a line, with the digest of its compiled config; a pipe gets whole lines, however long."""
    done = call("list")
    assert (done.code, done.out, done.err) == (0, TEXT, "")


def test_json(call: Call) -> None:
    """The JSON has a version and stable keys."""
    found = json.loads(call("list", "--format", "json").out)
    binding = {
        "binding": "default",
        "identity": "report",
        "valid": True,
        "digest": "dc9f44b69ec2",
    }
    unit = {"kind": "flow", "name": "report", "file": "flows/report.py", "config": "settings"}
    unit["model"] = "flows/settings.py:Settings"
    expected = {**unit, "bound": False, "bindings": [binding]}
    assert (found["version"], found["environment"], found["units"][1]) == (2, "dev", expected)
    assert found["project"] is None
    assert found["units"][0]["bound"] is True
    assert [item["binding"] for item in found["units"][0]["bindings"]] == ["EXP_01", "EXP_02"]


def test_a_binding_may_be_called_default(project: Project, call: Call) -> None:
    """A flow that names it is bound to it; a flow that names none has a dash."""
    text = '[flows.one]\nfile = "flows/report.py"\nbindings = ["default"]\n[flows.two]\nfile = "flows/training.py"\n'
    project.write("typedflow.toml", f'model = "flows/settings.py:Settings"\n{text}')
    assert [line.split()[:2] for line in call("list").out.splitlines()[1:]] == [["one", "default"], ["two", "-"]]
    units = json.loads(call("list", "--format", "json").out)["units"]
    assert [unit["bound"] for unit in units] == [True, False]
    assert [unit["bindings"][0]["identity"] for unit in units] == ["default.one", "two"]


def test_an_environment_changes_digests(call: Call) -> None:
    """Only the bindings whose settings differ in the other environment get another digest; identities stay."""
    done = call("list", "--env", "production")
    assert done.code == 0
    assert "training  EXP_01   production   EXP_01.training  5f680d187297" in done.out
    assert "45c3141b1d44" not in done.out


def test_no_environment_is_a_dash(project: Project, call: Call) -> None:
    """A project without environments shows none."""
    project.write("typedflow.toml", 'model = "flows/settings.py:Settings"\n[flows.report]\nfile = "flows/report.py"\n')
    assert "report  -        -            report " in call("list").out
    assert json.loads(call("list", "--format", "json").out)["environment"] is None


def test_what_does_not_resolve_is_invalid(project: Project, call: Call) -> None:
    """A binding that does not resolve is listed as invalid and reported; the code is 1."""
    project.write("settings/settings.configuration.EXP_01.yaml", "model: 1\n")
    done = call("list")
    assert done.code == 1
    assert "training  EXP_01   dev          EXP_01.training  invalid       flows/training.py\n" in done.out
    assert "EXP_02.training  45c3141b1d44" in done.out
    assert done.err.startswith("settings/settings.configuration.EXP_01.yaml:1:1: error TF201 kind-conflict")
    found = json.loads(call("list", "--format", "json").out)["units"][0]["bindings"][0]
    assert found == {"binding": "EXP_01", "identity": "EXP_01.training", "valid": False, "digest": None}


def test_a_declared_binding_without_a_file_is_invalid(project: Project, call: Call) -> None:
    """The flow's declared bindings are listed as invalid, other flows as ever."""
    manifest = (
        'model = "flows/settings.py:Settings"\n[flows.a]\nfile = "flows/training.py"\n'
        'bindings = ["EXP_01", "EXP_3"]\n[flows.b]\nfile = "flows/report.py"\n'
    )
    project.write("typedflow.toml", manifest)
    done = call("list")
    assert (done.code, done.out.count("invalid"), len(re.findall(r" b +[0-9a-f]{12} ", done.out))) == (1, 2, 1)
    assert "typedflow.toml:4:23: error TF504 unknown-binding: there is no binding `EXP_3`" in done.err


def test_a_model_that_cannot_be_loaded_is_one_finding(project: Project, call: Call) -> None:
    """Everything is invalid then, and the import that fails is reported once."""
    project.write("flows/settings.py", "import nowhere_at_all\n")
    done = call("list")
    assert (done.code, done.out.count("invalid"), done.err.count("TF508 model-not-found")) == (1, 3, 1)


def test_a_config_that_cannot_be_stored_is_invalid(project: Project, call: Call) -> None:
    """A digest needs a config that survives being stored."""
    project.write(
        "flows/settings.py",
        "from pydantic import BaseModel, field_validator\n\n\n"
        "class Settings(BaseModel):\n    title: str = 'a'\n    model: dict = {}\n\n"
        "    @field_validator('title', mode='before')\n    @classmethod\n    def longer(cls, value):\n"
        "        return value + '!'\n",
    )
    project.write("settings/settings.yaml", "title: a\n")
    done = call("list")
    assert done.code == 1
    assert "error TF305 not-round-trip" in done.err
    assert "report    -        dev          report           invalid" in done.out


def test_an_unknown_environment_is_a_wrong_command_line(call: Call) -> None:
    """``--env`` names what there is, or the code is 2 and nothing is listed."""
    done = call("list", "--env", "dve")
    assert (done.code, done.out) == (2, "")
    assert "did you mean `dev`?" in done.err


GLOB = 'model = "flows/settings.py:Settings"\n[flows."flows/batch/*.py"]\nbindings = ["EXP_*"]\n'
FLOW = "import nowhere_at_all\nfrom metaflow import FlowSpec\n\n\nclass Daily(FlowSpec):\n    pass\n"


def test_files_without_a_flow_are_counted(project: Project, call: Call) -> None:
    """What a glob skips is said, with its names; nothing that it matches is imported."""
    project.write("typedflow.toml", GLOB + '[flows."flows/[st]*.py"]\n')
    for name, text in {"daily": FLOW, "hourly": FLOW, "x": "raise SystemExit", "y": "1/0"}.items():
        project.write(f"flows/batch/{name}.py", text)
    project.write("flows/training.py", FLOW)
    done = call("list")
    assert done.code == 0
    assert [line.split()[:2] for line in done.out.splitlines()[1:]] == [
        ["daily", "EXP_01"],
        ["daily", "EXP_02"],
        ["hourly", "EXP_01"],
        ["hourly", "EXP_02"],
        ["training", "-"],
    ]
    assert done.err == (
        "2 files of flows/batch/*.py have no flow: `flows/batch/x.py`, `flows/batch/y.py`\n"
        "1 file of flows/[st]*.py has no flow: `flows/settings.py`\n"
    )
    assert json.loads(call("list", "--format", "json").out)["skipped"] == [
        {"kind": "flow", "glob": "flows/batch/*.py", "files": ["flows/batch/x.py", "flows/batch/y.py"]},
        {"kind": "flow", "glob": "flows/[st]*.py", "files": ["flows/settings.py"]},
    ]


def test_a_flow_file_that_is_missing_is_said(project: Project, call: Call) -> None:
    """Its variants are invalid, and it is one finding, at the manifest's line."""
    (project.root / "flows/training.py").unlink()
    done = call("list")
    assert (done.code, done.out.count("invalid"), done.out.count("dc9f44b69ec2")) == (1, 2, 1)
    assert done.err == (
        "typedflow.toml:4:8: error TF505 missing-file: the file `flows/training.py` does not exist\n"
        '  4 | file = "flows/training.py"\n'
        "    |        ^^^^^^^^^^^^^^^^^^^ did you mean `settings.py`?\n"
    )


EMPTY = {
    "typedflow.toml": ('model = "a:A"\n', "flows"),
    "pyproject.toml": ('[tool.typedflow]\nmodel = "a:A"\n', "tool.typedflow.flows"),
}


@pytest.mark.parametrize(("name", "content"), EMPTY.items(), ids=EMPTY)
def test_a_project_without_units(project: Project, call: Call, name: str, content: tuple[str, str]) -> None:
    """How to declare one is said in place of a table; that is no error."""
    (project.root / "typedflow.toml").unlink()
    text, table = content
    project.write(name, text)
    done = call("list")
    assert (done.code, done.out) == (0, "")
    assert done.err == (
        f"the project has no units; add one to {name}: `[{table}.NAME]` with its `file`, or a glob of files, such as "
        f'`[{table}."flows/*"]`\n'
    )
    assert json.loads(call("list", "--format", "json").out)["units"] == []


def test_an_empty_manifest(project: Project, call: Call) -> None:
    """What it must have is said."""
    project.write("typedflow.toml", "")
    done = call("list")
    assert (done.code, done.out, "`model` is missing" in done.err) == (1, "", True)


def test_the_project_is_named_elsewhere(project: Project, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """Below it, and above it: files are relative to the project."""
    monkeypatch.chdir(project.root / "flows")
    assert (call("list").err, call("list").out) == (f"project {project.root}\n", TEXT)
    monkeypatch.chdir(project.root.parent)
    done = call("--project", project.root.name, "list")
    assert (done.err, done.out) == (f"project {project.root.name}\n", TEXT)
