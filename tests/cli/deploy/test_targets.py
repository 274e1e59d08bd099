"""``typedflow deploy``, to each target: what is there afterwards."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.deploy.conftest import Place

pytestmark = pytest.mark.slow

ALL = ("--binding", "EXP_*", "--to")
DIGESTS = ["97058c9f7a93", "6993116a5a3d"]
NAMES = ["training-main-exp-01", "training-main-exp-02"]


def test_argo_workflows(place: Place) -> None:
    """Each binding is a template of its own, scheduled as its settings say; the table names them."""
    code, out, err = place.deploy(*ALL, "argo-workflows")
    assert code == 0, err
    assert [line.split() for line in out.splitlines()[1:]] == [
        ["EXP_01", "-", NAMES[0], DIGESTS[0], "deployed"],
        ["EXP_02", "-", NAMES[1], DIGESTS[1], "deployed"],
    ]
    assert err.splitlines()[-1] == "2 deployed"
    assert {line.partition(" (")[0] for line in err.splitlines()[:-1]} == {
        f"deployed: EXP_0{number} as training-main-exp-0{number}" for number in (1, 2)
    }
    assert place.cloud.templates() == dict.fromkeys(NAMES, 1)
    crons = [
        item["spec"]["schedule"] for path, item in sorted(place.cloud.objects.items()) if "/cronworkflows/" in path
    ]
    assert crons == ["0 0 * * *", "0 1 * * *"]


def test_step_functions(place: Place) -> None:
    """Each binding is a state machine of its own."""
    code, states = place.states(*ALL, "step-functions")
    assert (code, states) == (0, dict.fromkeys(["EXP_01", "EXP_02"], "deployed"))
    machines = place.cloud.client("stepfunctions").list_state_machines()["stateMachines"]
    names = [machine["name"] for machine in machines]  # of all tests: AWS is the same for them
    assert sorted(name for name in names if name.startswith("training-")) == NAMES


def test_airflow(place: Place) -> None:
    """Each binding is a file with a DAG of its own; nothing else is left in the directory."""
    code, states = place.states(*ALL, "airflow", "--dags", "here/dags")
    assert (code, states) == (0, dict.fromkeys(["EXP_01", "EXP_02"], "deployed"))
    files = sorted((place.root / "here" / "dags").iterdir())
    assert [file.name for file in files] == [f"{name}.py" for name in NAMES]
    compile(files[0].read_text(), files[0].name, "exec")
    assert str(files[0]) in files[0].read_text(), "Airflow is told where it is"
    assert ".typedflow" not in files[0].read_text()
    assert place.states(*ALL, "airflow", "--dags", "here/dags")[1] == dict.fromkeys(["EXP_01", "EXP_02"], "unchanged")


def test_only_json(place: Place) -> None:
    """What would be created is printed, one template as it is, several by binding; nothing is created or recorded."""
    code, out, err = place.deploy("--binding", "EXP_01", "--to", "argo-workflows", "--only-json")
    assert code == 0, err
    assert json.loads(out)["metadata"]["name"] == NAMES[0]
    code, out, err = place.deploy(*ALL, "step-functions", "--only-json")
    assert code == 0, err
    assert {name: item["StartAt"] for name, item in json.loads(out).items()} == {"EXP_01": "start", "EXP_02": "start"}
    assert place.cloud.objects == {}
    assert not list((place.root / ".typedflow").glob("deployments/*.json"))


def test_identities_in_a_project_with_a_name(place: Place) -> None:
    """They are in the log and the JSON, with the branch of the option; names of deployments do not change."""
    place.write("typedflow.toml", 'project = "demo"\n' + (place.root / "typedflow.toml").read_text())
    chosen = ("--binding", "EXP_01", "--to", "argo-workflows")
    code, _, err = place.deploy(*chosen)
    assert (code, err.splitlines()[0].split(" (")[0]) == (
        0,
        f"deployed: demo.branch_main.EXP_01.training as {NAMES[0]}",
    )
    for given, branch in ((), "main"), (("--branch", "X/1"), "x_1"):
        (row,) = json.loads(place.deploy(*chosen, *given, "--dry-run", "--format", "json")[1])["deployments"]
        assert row["identity"] == f"demo.branch_{branch}.EXP_01.training"
    assert list(place.cloud.templates()) == [NAMES[0]]


def test_of_a_project(place: Place) -> None:
    """Metaflow makes the name of a flow of a ``@project``: its branch is ours with the binding, in production that."""
    flow = (place.root / "flows/training.py").read_text()
    flow = flow.replace("import FlowSpec, ", "import FlowSpec, project, ")
    flow = flow.replace("@schedule", '@project(name="demo")\n@schedule')
    place.write("flows/training.py", flow)
    assert place.states("--binding", "EXP_01", "--to", "argo-workflows")[0] == 0
    assert place.states("--binding", "EXP_01", "--to", "argo-workflows", "--production")[0] == 0
    assert list(place.cloud.templates()) == ["demo.prod.exp01.training", "demo.test.mainexp01.training"]
    annotations = [item["metadata"]["annotations"] for item in place.cloud.of_kind("WorkflowTemplate")]
    assert {found["metaflow/branch_name"] for found in annotations} == {"prod.exp_01", "test.main_exp_01"}


def test_arguments_of_metaflow(place: Place) -> None:
    """What stands behind ``--`` reaches Metaflow: options of the flow, and those of ``create``."""
    given = ("--with", "retry", "--max-workers", "7")
    code, _, err = place.deploy("--binding", "EXP_01", "--to", "argo-workflows", "--", *given)
    assert code == 0, err
    (template,) = place.cloud.of_kind("WorkflowTemplate")
    assert template["spec"]["parallelism"] == 7
    assert any("retryStrategy" in each for each in template["spec"]["templates"])


def test_a_terminal_gets_a_live_table(place: Place) -> None:
    """It shows running deployments, and is removed at the end; standard output has only the last table."""
    ours, theirs = pty.openpty()
    environ = {**os.environ, **place.cloud.environ, "TERM": "xterm", "COLUMNS": "100", "CI": ""}
    command = [sys.executable, "-m", "typedflow", "deploy", "training", *ALL, "argo-workflows", "--jobs", "1"]
    process = subprocess.Popen(command, cwd=place.root, env=environ, stdout=subprocess.PIPE, stderr=theirs)
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # that is how a terminal's end is told
        while more := os.read(ours, 1 << 16):
            shown += more
    os.close(ours)
    out, _ = process.communicate()
    assert process.returncode == 0
    states = re.findall(r"(EXP_0\d) +training-main-exp-0\d +(?:\x1b\S+m)?(waiting|deploying|deployed)", shown.decode())
    assert list(dict.fromkeys(states)) == [
        ("EXP_01", "deploying"),
        ("EXP_02", "waiting"),
        ("EXP_01", "deployed"),
        ("EXP_02", "deploying"),
        ("EXP_02", "deployed"),
    ]
    assert "2 of 2 done" in shown.decode()
    assert out.decode().count("deployed") == 2
