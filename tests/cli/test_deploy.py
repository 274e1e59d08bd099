"""``typedflow deploy`` before anything is deployed: choosing, checking and naming variants."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from typedflow.cli import _parser
from typedflow.metaflow import TARGETS

if TYPE_CHECKING:
    from tests.cli.conftest import Call, Done, Project

pytestmark = pytest.mark.process

ONE = "settings/settings.configuration.EXP_01.yaml"
FLOW = """\
from metaflow import FlowSpec, resources, step
from settings import Settings

from typedflow import SettingsMixin, ref


class Training(SettingsMixin[Settings], FlowSpec):
    @resources(cpu=ref(Settings, "settings").cpu)
    @step
    def start(self):
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    Training()
"""


@pytest.fixture(autouse=True)
def flow(project: Project) -> None:
    """The project's flow is a real one, and its settings are valid for its decorators."""
    text = project.files()["flows/settings.py"].replace("owner: str", "cpu: int = 1\n    owner: str")
    project.write("flows/settings.py", text)
    project.write("flows/training.py", FLOW)


def _deploy(call: Call, *arguments: str) -> Done:
    return call("deploy", "training", "--to", "argo-workflows", "--dry-run", *arguments)


def _names(done: Done) -> list[str]:
    assert done.code == 0, done.err
    return [line.split()[2] for line in done.out.splitlines()[1:]]


def test_a_dry_run_names_what_would_be_deployed(call: Call, project: Project) -> None:
    """Binding, environment, name, digest and state; nothing is recorded."""
    done = _deploy(call, "--binding", "EXP_*", "--branch", "feature/New_Loss")
    assert [line.split() for line in done.out.splitlines()] == [
        ["BINDING", "ENVIRONMENT", "NAME", "DIGEST", "STATE"],
        ["EXP_01", "dev", "training-feature-new-loss-exp-01", "8f49b76e21b2", "new"],
        ["EXP_02", "dev", "training-feature-new-loss-exp-02", "f565a77aa0e7", "new"],
    ]
    assert done.err == "2 of 2 would be deployed\n"
    assert not (project.root / ".typedflow/deployments").exists()


CHOSEN = {
    "one": (("--binding", "EXP_02"), ["training-exp-02"]),
    "a glob": (("--binding", "*1"), ["training-exp-01"]),
    "several": (("--binding", "EXP_02", "--binding", "EXP_*"), ["training-exp-02", "training-exp-01"]),
    "production": (("--binding", "EXP_01", "--production"), ["training-exp-01"]),
}


@pytest.mark.parametrize(("arguments", "names"), CHOSEN.values(), ids=CHOSEN)
def test_what_is_chosen(call: Call, arguments: tuple[str, ...], names: list[str]) -> None:
    """Bindings are named or matched; outside of a repository, and in production, names have no branch."""
    assert _names(_deploy(call, *arguments)) == names


def test_json(call: Call) -> None:
    """The JSON has a version and stable keys."""
    found = json.loads(_deploy(call, "--binding", "EXP_01", "--env", "production", "--format", "json").out)
    assert found == {
        "version": 1,
        "flow": "training",
        "target": "argo-workflows",
        "deployments": [
            {
                "binding": "EXP_01",
                "identity": None,
                "environment": "production",
                "name": "training-production-exp-01",
                "digest": "8f49b76e21b2",
                "state": "new",
                "seconds": None,
                "reason": None,
            }
        ],
    }


def test_a_branch_without_a_name_is_refused(call: Call) -> None:
    """An empty variable of a CI service would otherwise mean the branch that is checked out."""
    done = _deploy(call, "--binding", "EXP_01", "--branch", "")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("--branch: error TF507 bad-option: the branch has no name")


def test_a_mistake_in_one_variant_stops_all(project: Project, call: Call) -> None:
    """Nothing is deployed if settings are invalid, or if the flow rejects them."""
    project.write(ONE, "cpu: many\n")
    done = _deploy(call, "--binding", "EXP_*")
    assert (done.code, done.out) == (1, "")
    assert f"{ONE}:1:6: error TF301" in done.err
    project.write(ONE, "cpu: 2\n")
    project.write("flows/training.py", FLOW.replace(".cpu", ".cpus"))
    done = _deploy(call, "--binding", "EXP_*")
    assert (done.code, done.out) == (1, "")
    assert "flows/training.py:8:" in done.err
    assert "did you mean `cpu`?" in done.err


def test_a_binding_whose_name_is_like_a_glob_is_judged(project: Project, call: Call) -> None:
    """Under its exact name; the flow is checked in the only process that is started."""
    project.write("settings/settings.configuration.EXP[1].yaml", "model: {alpha: 0.1}\n")
    text = project.files()["typedflow.toml"].replace('bindings = ["EXP_*"]', 'bindings = ["EXP*"]')
    project.write("typedflow.toml", text)
    project.write("flows/training.py", FLOW.replace(".cpu)", ".cpus)"))
    done = _deploy(call, "--binding", "EXP[[]1]")
    assert done.code == 1
    assert "`cpus`" in done.err


def test_only_what_was_reviewed(project: Project, call: Call) -> None:
    """``--locked`` rejects each setting that differs from the lock file, whatever its origin."""
    call("lock")
    assert _deploy(call, "--binding", "EXP_*", "--locked").code == 0
    done = _deploy(call, "--binding", "EXP_*", "--locked", "--set", "cpu=4")
    assert (done.code, done.out) == (2, "")
    assert "--set cpu=4: error TF705 not-locked: `cpu` is 4, but was locked as 1" in done.err
    assert "binding EXP_01, EXP_02" in done.err
    project.write("settings/settings.configuration.EXP_03.yaml", "cpu: 2\n")
    done = _deploy(call, "--binding", "EXP_03", "--locked")
    assert done.code == 1
    assert "`training` EXP_03@dev is not in typedflow.lock" in done.err


def test_warnings_stop_nothing(project: Project, call: Call) -> None:
    """Warnings of `check` go to standard error, and the code is 0; unlocked settings are still rejected."""
    project.write(ONE, "title: ${oc.env:TITLE}\n")
    call("lock")
    done = _deploy(call, "--binding", "EXP_01", "--locked")
    assert done.code == 0
    assert f"{ONE}:1:8: warning TF311 template-text" in done.err
    assert _names(done) == ["training-exp-01"]
    done = _deploy(call, "--binding", "EXP_01", "--locked", "--set", "cpu=4")
    assert (done.code, done.out) == (2, "")
    assert "warning TF311" in done.err
    assert "error TF705 not-locked" in done.err


REFUSED = {
    "no glob matches": (("--binding", "X*"), "TF507 bad-option: no binding of `training` matches `X*`"),
    "no binding": (("--binding", "EXP_9"), "TF504 unknown-binding"),
    "none named": ((), "TF507 bad-option: `training` has several bindings: `EXP_01`, `EXP_02`"),
    "no environment": (("--binding", "EXP_01", "--env", "x"), "TF509 unknown-environment"),
    "dags": (("--binding", "EXP_01", "--dags", "x"), "--dags: error TF507 bad-option: only valid with `--to airflow`"),
    "two ways": (("--binding", "EXP_01", "--only-json"), "not allowed with argument"),
    "no jobs": (
        ("--binding", "EXP_01", "--jobs", "0"),
        "--jobs: must be an integer greater than or equal to 1",
    ),
}


@pytest.mark.parametrize(("arguments", "words"), REFUSED.values(), ids=REFUSED)
def test_a_wrong_command_line(call: Call, arguments: tuple[str, ...], words: str) -> None:
    """Missing targets, flows and bindings have exit code 2."""
    done = _deploy(call, *arguments)
    assert (done.code, done.out) == (2, "")
    assert words in done.err


def test_airflow_takes_no_json(call: Call) -> None:
    """Airflow's files are Python."""
    done = call("deploy", "training", "--to", "airflow", "--binding", "EXP_01", "--only-json")
    assert (done.code, done.out) == (2, "")
    assert "--only-json: error TF507 bad-option: Airflow deployments are Python files, not JSON" in done.err


def test_names_that_a_target_would_refuse(project: Project, call: Call) -> None:
    """Two bindings with one name, and a name that is too long, are rejected before anything is deployed."""
    project.write("settings/settings.configuration.EXP-01.yaml", "cpu: 2\n")
    project.write("typedflow.toml", project.files()["typedflow.toml"].replace('["EXP_*"]', '["EXP_*", "EXP-01"]'))
    done = _deploy(call, "--binding", "*")
    assert (done.code, done.out) == (1, "")
    assert "TF706 deployment-name: the bindings `EXP_01` and `EXP-01` have the same name" in done.err
    done = _deploy(call, "--binding", "EXP_02", "--branch", "b" * 40)
    assert (done.code, done.out) == (1, "")
    assert "TF706 deployment-name: the name is too long for argo-workflows" in done.err


def test_a_flow_that_cannot_be_imported(project: Project, call: Call) -> None:
    """The user's line is shown."""
    project.write("flows/training.py", FLOW.replace("import FlowSpec", "import FlowSpek"))
    done = _deploy(call, "--binding", "EXP_01")
    assert (done.code, done.out) == (1, "")
    assert "flows/training.py:1" in done.err
    assert "Traceback" not in done.err


def test_the_command_line_offers_every_target() -> None:
    """It has a list of its own, so that parsing a line loads nothing."""
    assert _parser.TARGETS == TARGETS
