"""Identities on the command line: ``project = "demo"`` in a repository on the branch demoX."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Call, Project

LIST = """\
FLOW      BINDING  ENVIRONMENT  IDENTITY                           DIGEST        FILE
training  EXP_01   dev          demo.branch_demox.EXP_01.training  5f680d187297  flows/training.py
training  EXP_02   dev          demo.branch_demox.EXP_02.training  45c3141b1d44  flows/training.py
report    -        dev          demo.branch_demox.report           dc9f44b69ec2  flows/report.py
"""
LABEL = "demo.branch_demox.EXP_01.training, digest 5f680d187297\n"


def _git(project: Project, *arguments: str) -> None:
    git = shutil.which("git")
    assert git
    subprocess.run([git, *arguments], cwd=project.root, check=True)


@pytest.fixture
def named(project: Project) -> Project:
    """The project with a name, on a branch."""
    _git(project, "init", "-q", "-b", "demoX")
    manifest = (project.root / "typedflow.toml").read_text(encoding="utf-8")
    project.write("typedflow.toml", f'project = "demo"\n{manifest}')
    return project


@pytest.mark.usefixtures("named")
def test_list(call: Call) -> None:
    """The identity and, beside it, the digest; the JSON has the project, too."""
    assert call("list").out == LIST
    found = json.loads(call("list", "--format", "json").out)
    assert (found["version"], found["project"]) == (2, "demo")
    assert found["units"][1]["bindings"] == [
        {"binding": "default", "identity": "demo.branch_demox.report", "valid": True, "digest": "dc9f44b69ec2"}
    ]


def test_a_variant_that_does_not_resolve_has_an_identity(named: Project, call: Call) -> None:
    """It has no digest."""
    named.write("settings/settings.configuration.EXP_01.yaml", "model: 1\n")
    done = call("list")
    assert done.code == 1
    assert "demo.branch_demox.EXP_01.training  invalid       flows/training.py" in done.out


@pytest.mark.usefixtures("named")
def test_show(call: Call) -> None:
    """On standard error, in every format: the settings stay data."""
    done = call("show", "training", "--binding", "EXP_01", "--format", "json")
    assert (done.code, done.err, json.loads(done.out)["model"]["alpha"]) == (0, LABEL, 0.3)
    done = call("show", "training", "--all-bindings")
    assert done.err == f"{LABEL}demo.branch_demox.EXP_02.training, digest 45c3141b1d44\n"
    assert call("show", "training", "--binding", "EXP_01", "--path", "model.alpha").err == ""


@pytest.mark.usefixtures("project")
def test_without_a_name_git_does_not_run(call: Call, tmp_path_factory: pytest.TempPathFactory) -> None:
    """`show` and `run` say nothing of identities then."""
    call("show", "report")  # the model is imported
    folder = tmp_path_factory.mktemp("programs")
    git = folder / "git"
    git.write_text(f"#!/bin/sh\ntouch {folder}/started\nexit 1\n")
    git.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(folder), prepend=":")
        done = call("show", "report")
        assert (done.code, done.err) == (0, "")
        assert not (folder / "started").exists()
        assert call("list").code == 0
        assert (folder / "started").exists()


@pytest.mark.smoke
@pytest.mark.usefixtures("named")
def test_run(project: Project, spawn: Call) -> None:
    """The log begins with the variant; the record of the compiled config has its identity, and no digest changes."""
    done = spawn("run", "training", "--binding", "EXP_01")
    first, second, *_ = done.err.splitlines(keepends=True)
    assert first == LABEL
    assert second.startswith("$ ")
    (record,) = [text for name, text in project.files().items() if name.endswith(".provenance.json")]
    assert json.loads(record)["identity"] == "demo.branch_demox.EXP_01.training"


FORMS = ["training", "demo.training", "flow:training", "flow:demo.training"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.usefixtures("named")
def test_a_flow_after_the_name_of_the_project(call: Call, form: str) -> None:
    """And after its kind."""
    assert call("show", form, "--binding", "EXP_01").err == LABEL
    assert call("diff", form, "EXP_01", "EXP_01").code == 0


def test_an_ambiguous_name_is_refused(named: Project, call: Call) -> None:
    """The message has the forms that are not ambiguous; they work."""
    manifest = (named.root / "typedflow.toml").read_text(encoding="utf-8")
    named.write("typedflow.toml", f'{manifest}\n[flows."demo.training"]\nfile = "flows/report.py"\n')
    done = call("show", "demo.training", "--binding", "EXP_01")
    assert (done.code, done.out) == (2, "")
    assert "error TF503 unknown-flow: `demo.training` names several flows" in done.err
    assert "help: write `training` or `demo.demo.training`" in done.err
    assert call("show", "demo.demo.training").err.startswith("demo.branch_demox.demo.training, digest ")


ASKING = {
    "list": ["list"],
    "check": ["check", "--select", "TF522"],
    "show": ["show", "training", "--binding", "EXP_01"],
    "run": ["run", "training", "--binding", "EXP_01"],
}


@pytest.mark.parametrize("arguments", ASKING.values(), ids=ASKING)
def test_equal_identities_are_an_error(named: Project, call: Call, arguments: list[str]) -> None:
    """Wherever one is shown or stored, at the line of one of the flows; nothing is started."""
    manifest = (named.root / "typedflow.toml").read_text(encoding="utf-8")
    named.write("typedflow.toml", f'{manifest}\n[flows."EXP_01.training"]\nfile = "flows/report.py"\n')
    done = call(*arguments)
    said = " ".join((done.out + done.err).split())
    assert done.code == 1
    assert "error TF522 same-identity: " in said
    assert "the flow `training` under the binding `EXP_01`" in said
    assert "the flow `EXP_01.training`" in said
    assert ("typedflow.toml:4" in said, "typedflow.toml:14" in said) == (True, True)
    assert call("show", "training", "--binding", "EXP_02").code == 0


def test_the_lock_does_not_depend_on_the_branch(named: Project, call: Call) -> None:
    """Nor on the project's name."""
    assert call("lock").code == 0
    text = named.files()["typedflow.lock"]
    assert "demo" not in text
    _git(named, "checkout", "-q", "-b", "other")
    assert call("lock", "--check").code == 0


def test_reports_of_check(named: Project, call: Call) -> None:
    """In JSON, each case has its identity; on another branch it is another, although the check is cached."""
    named.write("flows/training.py", "import metaflow\n")
    named.write("flows/report.py", "import metaflow\n")
    named.write("settings/settings.configuration.EXP_01.yaml", "model:\n  alpha: x\n")

    def identities() -> set[str]:
        found = json.loads(call("check", "--select", "TF301", "--format", "json").out)["diagnostics"]
        return {case["identity"] for item in found for case in item["cases"]}

    assert identities() == {"demo.branch_demox.EXP_01.training"}
    _git(named, "checkout", "-q", "-b", "other")
    assert identities() == {"demo.branch_other.EXP_01.training"}
