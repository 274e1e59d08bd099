"""Environment variables on the command line: those that choose, those that set, and those that nothing reads."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Call, Project

SECRET = "ghp_" + "4f9a1c7e2b8d60354f9a1c7e2b8d60354f9a"
FLOW = """\
from metaflow import FlowSpec, step
from settings import Model, Settings

from typedflow import Config, SettingsMixin


class {name}(SettingsMixin[Settings], FlowSpec):
    own = Config("own", model=Model, default_value={{"alpha": 1, "optimizer": {{"kind": "sgd"}}}})
    plain = Config("plain", default_value={{}})

    @step
    def start(self):
        self.next(self.end)

    @step
    def end(self):
        pass
"""

#: Commands, what `TYPEDFLOW_BINDING` is, and a part of what they print.
CHOSEN = {
    "show": (("show", "training", "--path", "model.optimizer.kind"), "EXP_02", "sgd\n"),
    "show, with an option": (("show", "training", "--path", "model.alpha", "--binding", "EXP_01"), "EXP_02", "0.3\n"),
    "show, of all": (
        ("show", "training", "--path", "model.alpha", "--all-bindings"),
        "EXP_02",
        "# binding EXP_01\n0.3\n",
    ),
    "show, the default": (("show", "report", "--path", "model.alpha"), "default", "0.2\n"),
    "show, empty": (("show", "report", "--path", "model.alpha"), "", "0.2\n"),
    "list has all": (("list",), "EXP_02", "EXP_01"),
}


@pytest.mark.parametrize(("arguments", "binding", "printed"), CHOSEN.values(), ids=CHOSEN)
def test_a_variable_chooses_the_binding(
    project: Project,
    call: Call,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    binding: str,
    printed: str,
) -> None:
    """`TYPEDFLOW_BINDING` counts where no option names a binding."""
    monkeypatch.setenv("TYPEDFLOW_BINDING", binding)
    done = call(*arguments)
    assert (done.code, printed in done.out) == (0, True), done
    assert project.root.is_dir()


@pytest.mark.usefixtures("project")
def test_a_run_takes_the_binding_of_the_variable(spawn: Call) -> None:
    """The flow is started under it."""
    assert json.loads(spawn("run", "training", TYPEDFLOW_BINDING="EXP_02").out)[1] == "EXP_02"


#: Commands under `TYPEDFLOW_BINDING=EXP_09`, which no flow has, and what they say.
UNKNOWN = {
    "show": (("show", "training"), "TF504 unknown-binding: there is no binding `EXP_09`; `training` has `EXP_01`"),
    "show, another flow": (("show", "report"), "TF504 unknown-binding: there is no binding `EXP_09`; `report` has"),
    "run": (("run", "training"), "TF504 unknown-binding: there is no binding `EXP_09`"),
    "deploy": (("deploy", "training", "--to", "argo-workflows"), "TF504 unknown-binding: there is no binding `EXP_09`"),
    "check": (("check",), "TF507 bad-option: no flow has a binding that matches `EXP_09`"),
}


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(("arguments", "said"), UNKNOWN.values(), ids=UNKNOWN)
def test_a_variable_that_names_no_binding(
    call: Call, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    """It is the variable that is wrong: exit code 2, at its name."""
    monkeypatch.setenv("TYPEDFLOW_BINDING", "EXP_09")
    done = call(*arguments)
    assert (done.code, done.out) == (2, "")
    assert f"TYPEDFLOW_BINDING: error {said}" in done.err


@pytest.mark.usefixtures("project")
def test_a_variable_that_is_another_flows_binding(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """A flow that does not have the binding is reported."""
    monkeypatch.setenv("TYPEDFLOW_BINDING", "EXP_01")
    done = call("show", "report")
    assert done.code == 2
    assert "TYPEDFLOW_BINDING: error TF504 unknown-binding: `report` is not instantiated under" in done.err


@pytest.mark.slow
def test_a_glob_where_a_command_takes_globs(project: Project, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """`check` and `deploy` use all bindings that it matches; others use one binding."""
    for name in ("training", "report"):
        project.write(f"flows/{name}.py", FLOW.format(name=name.title()))
    monkeypatch.setenv("TYPEDFLOW_BINDING", "EXP_*")
    done = call("check")
    assert (done.code, done.out) == (0, "")
    assert (
        done.err
        == "binding EXP_*: selected with TYPEDFLOW_BINDING\nno problems in 2 flows, 4 variants, 5 settings files\n"
    )
    deployed = call("deploy", "training", "--to", "argo-workflows", "--dry-run")
    assert [line.split()[0] for line in deployed.out.splitlines()] == ["BINDING", "EXP_01", "EXP_02"]
    assert call("show", "training").code == 2
    monkeypatch.setenv("TYPEDFLOW_BINDING", "X*")
    refused = call("deploy", "training", "--to", "argo-workflows", "--dry-run")
    assert "TYPEDFLOW_BINDING: error TF507 bad-option: no binding of `training` matches `X*`" in refused.err


#: Commands that resolve settings.
COMMANDS = {
    "show": ("show", "report"),
    "show of all": ("show", "training", "--all-bindings"),
    "run": ("run", "report"),
    "list": ("list",),
    "diff": ("diff", "training", "EXP_01", "EXP_02"),
    "deploy": ("deploy", "report", "--to", "argo-workflows"),
}


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS)
def test_a_misnamed_variable_ends_a_command(
    call: Call, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    """Nothing is resolved without a value that was meant to be set: exit code 2, the variable once, no value of it."""
    monkeypatch.setenv("TYPEDFLOW__MODEL__ALPHA", SECRET)
    done = call(*arguments)
    assert done.code == 2
    assert done.err.count("TYPEDFLOW__MODEL__ALPHA: error TF517 unread-variable: nothing reads this variable") == 1
    assert "= help: did you mean `TYPEDFLOW__SETTINGS__MODEL__ALPHA`?" in done.err
    assert "EXP_0" not in done.err
    assert SECRET not in done.out + done.err


@pytest.mark.usefixtures("project")
def test_a_lock_has_no_variables(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock file is made of files alone, whatever variables there are."""
    monkeypatch.setenv("TYPEDFLOW__MODEL__ALPHA", "3")
    assert call("lock").code == 0


@pytest.mark.slow
def test_a_check_reports_what_nothing_reads(project: Project, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """A misnamed variable is an error that hides nothing else; one of no flow's config is a warning."""
    for name in ("training", "report"):
        project.write(f"flows/{name}.py", FLOW.format(name=name.title()))
    project.write("settings/settings.configuration.EXP_01.yaml", "model:\n  alpha: much\n")
    for name in ("TYPEDFLOW__MODEL__ALPHA", "TYPEDFLOW__OTHER__KEY", "TYPEDFLOW__PLAIN__KEY", "TYPEDFLOW_BINDNG"):
        monkeypatch.setenv(name, SECRET)
    monkeypatch.setenv("TYPEDFLOW__OWN__ALPHA", "3")
    for _ in range(2):  # judged, and remembered
        done = call("check", "--format", "concise")
        assert done.code == 1
        found = [line.split(":")[0] + line.partition("TF")[2][:3] for line in done.out.splitlines()]
        assert sorted(found) == [
            "TYPEDFLOW_BINDNG517",
            "TYPEDFLOW__MODEL__ALPHA517",
            "TYPEDFLOW__OTHER__KEY517",
            "TYPEDFLOW__PLAIN__KEY517",
            "settings/settings.configuration.EXP_01.yaml301",
        ]
        assert SECRET not in done.out + done.err
    weights = [item["severity"] for item in json.loads(call("check", "--format", "json").out)["diagnostics"]]
    assert sorted(weights) == ["error", "error", "warning", "warning", "warning"]
    assert "OTHER" not in call("check", "--format", "concise", "flows/report.py").out
    project.write("flows/report.py", "import nothing_of_this_name\n")
    assert "OTHER" not in call("check", "--format", "concise").out
