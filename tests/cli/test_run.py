"""``typedflow run``: the compiled config, the started command, the output."""

from __future__ import annotations

import json
import os
import shlex
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Call, Project

pytestmark = [pytest.mark.usefixtures("project"), pytest.mark.smoke]

COMPILED = ".typedflow/compiled/flow.training.EXP_01.5f680d187297.json"


def test_a_flow_runs_with_its_compiled_config(project: Project, spawn: Call) -> None:
    """The command is printed on standard error, the flow has the streams, and its exit code is returned."""
    done = spawn("run", "training", "--binding", "EXP_01")
    arguments = ["flows/training.py", "--config", "settings", COMPILED, "run"]
    assert json.loads(done.out) == [arguments, "EXP_01", "dev"]
    assert done.err == f"$ {shlex.join([sys.executable, *arguments])}\nto stderr\n"
    assert done.code == 7
    assert json.loads(project.files()[COMPILED])["model"]["alpha"] == 0.3
    assert COMPILED.replace(".json", ".provenance.json") in project.files()


def test_the_said_command_does_the_same(project: Project, spawn: Call) -> None:
    """The printed command can be copied into a shell."""
    said = spawn("run", "training", "--binding", "EXP_01", "--set", "title=a b").err.splitlines()[0]
    words = shlex.split(said.removeprefix("$ "))
    assert json.loads(project.files()[words[4]])["title"] == "a b"


ARGUMENTS = {
    "none": ([], ["run"]),
    "options-of-run": (["--max-workers", "2"], ["run", "--max-workers", "2"]),
    "run": (["run", "--max-workers", "2"], ["run", "--max-workers", "2"]),
    "another-command": (["show"], ["show"]),
    "group": (["argo-workflows", "create", "--only-json"], ["argo-workflows", "create", "--only-json"]),
    "a-second-separator": (["run", "--", "x"], ["run", "--", "x"]),
}


@pytest.mark.parametrize(("given", "expected"), ARGUMENTS.values(), ids=ARGUMENTS)
def test_metaflow_arguments(spawn: Call, given: list[str], expected: list[str]) -> None:
    """What follows ``--`` is passed on as it is, with ``run`` before options."""
    done = spawn("run", "training", "--binding", "EXP_01", "--", *given)
    assert json.loads(done.out)[0][4:] == expected


def test_resume_has_no_config(spawn: Call) -> None:
    """Metaflow resumes with the config of the origin run and rejects another; a message says that."""
    done = spawn("run", "training", "--binding", "EXP_01", "--", "resume", "--origin-run-id", "1")
    assert json.loads(done.out)[0] == ["flows/training.py", "resume", "--origin-run-id", "1"]
    assert done.err.startswith("typedflow: `resume` uses the config of the run that it resumes")


def test_options_choose_the_settings(project: Project, spawn: Call) -> None:
    """``--env`` and ``--set`` are in the compiled config, and the flow knows its environment."""
    options = ("--env", "production", "--set", "title=Hearts")
    arguments, binding, environment = json.loads(spawn("run", "training", "--binding", "EXP_02", *options).out)
    config = json.loads(project.files()[arguments[3]])
    assert (config["model"]["alpha"], config["title"], binding, environment) == (0.4, "Hearts", "EXP_02", "production")


def test_without_an_environment_none_is_passed_on(project: Project, spawn: Call) -> None:
    """An empty variable is ignored; one that names no environment is rejected."""
    manifest = 'model = "flows/settings.py:Settings"\n[flows.training]\nfile = "flows/training.py"\n'
    project.write("typedflow.toml", manifest)
    assert json.loads(spawn("run", "training", TYPEDFLOW_ENV="").out)[1:] == ["default", None]
    done = spawn("run", "training", TYPEDFLOW_ENV="left")
    assert (done.code, done.out) == (2, "")
    assert "TF509 unknown-environment: there is no environment `left`" in done.err


def test_the_config_has_its_own_name(project: Project, spawn: Call) -> None:
    """The manifest names a flow's Config that is not called ``settings``."""
    manifest = (
        'model = "flows/settings.py:Settings"\n[flows.training]\nfile = "flows/training.py"\nconfig = "my-config"\n'
    )
    project.write("typedflow.toml", manifest)
    assert json.loads(spawn("run", "training").out)[0][1:3] == ["--config", "my-config"]


def test_from_elsewhere(project: Project, spawn: Call, tmp_path_factory: pytest.TempPathFactory) -> None:
    """With ``--project`` the flow runs in the working directory; paths that are not below it are absolute."""
    os.chdir(tmp_path_factory.mktemp("elsewhere"))
    found = json.loads(spawn("run", "training", "--binding", "EXP_01", "--project", str(project.root)).out)[0]
    assert found[0] == str(project.root / "flows" / "training.py")
    assert found[3] == str(project.root / COMPILED)


def test_from_below(project: Project, spawn: Call) -> None:
    """A project is found from a directory in it."""
    os.chdir(project.root / "settings")
    assert spawn("run", "report").out == "reported\n"


def test_a_missing_flow_file(project: Project, spawn: Call) -> None:
    """The manifest's line is shown; nothing is compiled."""
    (project.root / "flows" / "training.py").rename(project.root / "flows" / "trainin.py")
    before = project.files()
    done = spawn("run", "training", "--binding", "EXP_01")
    assert (done.code, done.out) == (1, "")
    assert (
        done.err
        == """\
typedflow.toml:4:8: error TF505 missing-file: the file `flows/training.py` does not exist
  4 | file = "flows/training.py"
    |        ^^^^^^^^^^^^^^^^^^^ did you mean `trainin.py`?
"""
    )
    assert project.files() == before


WRONG = {
    "unknown-flow": (("trainin",), 2, "TF503 unknown-flow"),
    "unknown-binding": (("training", "--binding", "EXP_1"), 2, "TF504 unknown-binding"),
    "several-bindings": (("training",), 2, "TF507 bad-option"),
    "unknown-environment": (("report", "--env", "prod"), 2, "TF509 unknown-environment"),
    "bad-option": (("report", "--set", "alpha"), 2, "TF507 bad-option"),
    "wrong-value": (("report", "--set", "model.alpha=x"), 2, "TF301 invalid-value"),
    "no-flow": ((), 2, "the following arguments are required: FLOW"),
}


@pytest.mark.parametrize(("arguments", "code", "expected"), WRONG.values(), ids=WRONG)
def test_nothing_starts(project: Project, call: Call, arguments: tuple[str, ...], code: int, expected: str) -> None:
    """Errors are reported before anything is written or started."""
    before = project.files()
    done = call("run", *arguments)
    assert (done.code, done.out) == (code, "")
    assert expected in done.err
    assert project.files() == before


def test_broken_settings_start_nothing(project: Project, call: Call) -> None:
    """A finding in a file has exit code 1."""
    project.write("settings/settings.yaml", "model: [\n")
    before = project.files()
    done = call("run", "report")
    assert done.code == 1
    assert done.err.startswith("settings/settings.yaml:")
    assert project.files() == before


def test_a_place_that_cannot_be_written(project: Project, call: Call) -> None:
    """Where the compiled config cannot be written, nothing starts."""
    project.write(".typedflow", "a file where a directory should be")
    done = call("run", "report")
    assert (done.code, done.out) == (1, "")
    assert "TF511 unwritable-file" in done.err


def test_the_starter_project_runs(spawn: Call, tmp_path: Path) -> None:
    """The project that ``init`` creates can be listed, shown and started immediately."""
    assert spawn("init", "new").code == 0
    os.chdir(tmp_path / "new")
    assert spawn("show", "--origins").code == 0
    assert spawn("list").out.count(" EXP_01.training ") == 1


@pytest.mark.slow
def test_the_starter_flow_runs(spawn: Call, tmp_path: Path) -> None:
    """The flow that ``init`` creates runs on Metaflow, and prints its settings at the end."""
    assert spawn("init", "new").code == 0
    os.chdir(tmp_path / "new")
    done = spawn("run", "training", "--binding", "EXP_01", "--", "--max-workers", "1")
    assert (done.code, "Training is done: 2 features, learning rate 0.01" in done.out) == (0, True)
