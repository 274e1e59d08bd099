"""``typedflow new binding``: the files, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Call, Project

FILE = "settings/settings.configuration.EXP_03.yaml"
TEXT = """\
## Settings of the binding EXP_03: only what differs from the layers below it.
## To set a value, remove the `# ` before its key and before the keys above it, and edit the value.

# model:  # Model
#   alpha: 0.2  # number; settings/settings.environment.dev.yaml:2
#   features: [age, bmi]  # list of text; settings/settings.yaml:3
#   optimizer:  # Adam | Sgd
#     kind: adam  # adam; settings/settings.yaml:5
#     beta: 0.8  # number; settings/settings.yaml:6
##     With kind: sgd:
##     kind: sgd  # sgd
# title: Diabetes  # text; default, flows/settings.py:25
# owner: null  # text | null; default, flows/settings.py:26
"""
NEXT = "\nSet values there, then:\n  typedflow show training --binding EXP_03\n  typedflow check\n"


@pytest.mark.usefixtures("project")
def test_a_new_binding(project: Project, call: Call) -> None:
    """Its file is printed, and what to do next; the binding changes nothing, and check accepts it."""
    done = call("new", "binding", "EXP_03")
    assert (done.code, done.out, done.err) == (0, f"{FILE}\n", NEXT)
    assert project.files()[FILE] == TEXT
    listed = call("list").out
    assert "EXP_03.training" in listed
    assert call("diff", "training", "EXP_03", "EXP_03").code == 0


def test_another_environment(project: Project, call: Call) -> None:
    """The values are those of the named environment."""
    done = call("new", "binding", "EXP_03", "--env", "production")
    assert done.err == f"environment production: selected with --env\n{NEXT}"
    assert "alpha: 0.4  # number; settings/settings.environment.production.toml:2\n" in project.files()[FILE]


def test_from_another_binding(project: Project, call: Call) -> None:
    """Its settings, and comments for the rest."""
    assert call("new", "binding", "EXP_03", "--from", "EXP_01", "--flow", "training").code == 0
    text = project.files()[FILE]
    assert text.startswith("model:\n  alpha: 0.3\n#   features: [age, bmi]  # list of text; settings/settings.yaml:3\n")
    assert "\n## What follows is not set in EXP_01. To set a value" in text


REFUSED = {
    "a taken name": (["EXP_01"], "settings/settings.configuration.EXP_01.yaml: error TF511 unwritable-file"),
    "an invalid name": (["a b"], "error TF507 bad-option: `a b` cannot be the name of a binding"),
    "a name that no flow has": (["TRIAL"], "typedflow.toml:5:12: error TF504 unknown-binding"),
    "a flow without the binding": (["EXP_03", "--flow", "report"], 'add `bindings = ["EXP_03"]` to `flows.report`'),
    "an unknown binding to copy": (["EXP_03", "--from", "EXP_2"], "--from: error TF507 bad-option"),
    "an empty name": ([""], "must not be empty"),
    "nothing": ([], "the following arguments are required: NAME"),
}


@pytest.mark.parametrize(("arguments", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(project: Project, call: Call, arguments: list[str], said: str) -> None:
    """The code is 2, and nothing is written."""
    before = project.files()
    done = call("new", "binding", *arguments)
    assert (done.code, done.out) == (2, "")
    assert said in " ".join(done.err.split())
    assert project.files() == before


def test_in_another_directory(project: Project, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands that follow name the project, too."""
    monkeypatch.chdir(project.root.parent)
    done = call("new", "binding", "EXP_03", "--project", project.root.name)
    assert done.code == 0
    assert f"  typedflow --project {project.root.name} check\n" in done.err


def test_a_command_is_needed(call: Call) -> None:
    """Only bindings are created."""
    done = call("new", "bindings")
    assert done.code == 2
    assert "did you mean `binding`?" in done.err


def test_required_settings_are_named(project: Project, call: Call) -> None:
    """Those that no layer sets."""
    project.write("settings/settings.yaml", "model:\n  optimizer: {kind: adam}\n")
    project.write("settings/settings.environment.dev.yaml", "title: a\n")
    assert call("new", "binding", "EXP_03").err == NEXT.replace("Set values", "Set `model.alpha`")
