"""Deploying: the plan, the progress and the result as values."""

from typing import TYPE_CHECKING, Any

import pytest

from typedflow.operations import (
    ArgumentError,
    CheckAdvanced,
    CheckFinished,
    EnvironmentChosen,
    Event,
    deploy,
    deployment_templates,
)
from typedflow.units import DeploymentProgress

if TYPE_CHECKING:
    from tests.operations.conftest import Make

pytestmark = pytest.mark.process

_FAILS = '    if "create" in sys.argv:\n        sys.exit("no way")\n    Training()'


def test_a_dry_run_is_a_plan(make: "Make") -> None:
    """Each variant has its name, its state and its command; nothing is finished, and nothing recorded."""
    events: list[Event] = []
    project = make()
    deployed = deploy(
        project,
        unit="training",
        target="argo-workflows",
        bindings=["EXP_*"],
        branch="New_Loss",
        arguments=["--max-workers", "3"],
        dry_run=True,
        on_event=events.append,
    )
    assert (deployed.unit, deployed.target, deployed.environment.name) == ("training", "argo-workflows", "dev")
    assert (deployed.has_errors, deployed.finished, deployed.failures) == (False, (), [])
    assert [(each.binding, each.name, each.state) for each in deployed.planned] == [
        ("EXP_01", "training-new-loss-exp-01", "new"),
        ("EXP_02", "training-new-loss-exp-02", "new"),
    ]
    first = deployed.planned[0]
    config = first.job.record.compiled
    options = ("argo-workflows", "--name", "training-new-loss-exp-01", "create", "--max-workers", "3")
    assert first.job.command[1:] == ("flows/training.py", "--config", "settings", config, *options)
    assert (first.environ["TYPEDFLOW_BINDING"], first.environ["TYPEDFLOW_ENV"]) == ("EXP_01", "dev")
    assert isinstance(events[0], EnvironmentChosen)
    assert isinstance(events[-1], CheckFinished)
    assert {type(event) for event in events[1:-1]} <= {CheckAdvanced}
    assert not (project.root / ".typedflow/deployments").exists()


def test_an_error_in_one_variant_plans_nothing(make: "Make") -> None:
    """The findings are in the result, and in an event before it."""
    events: list[Event] = []
    project = make({"settings/settings.configuration.EXP_02.yaml": "alpha: x\n"})
    deployed = deploy(project, unit="training", target="airflow", bindings=["*"], on_event=events.append)
    assert (deployed.has_errors, deployed.planned) == (True, ())
    assert [(item.rule.name, item.cases[0].binding) for item in deployed.findings] == [("invalid-value", "EXP_02")]
    assert events[-1] == CheckFinished(deployed.findings)


def test_a_failed_deployment_is_a_result(make: "Make") -> None:
    """It has a state, a reason and a finding that names the log; nothing is recorded, so that it is deployed again."""
    events: list[Event] = []
    text = make().root.joinpath("flows/training.py").read_text()
    project = make({"flows/training.py": "import sys\n" + text.replace("    Training()", _FAILS)})
    deployed = deploy(project, unit="training", target="airflow", bindings=["EXP_01"], on_event=events.append)
    (finished,) = deployed.finished
    assert (finished.outcome.state, finished.outcome.reason, finished.name) == ("failed", "no way", "training-exp-01")
    assert finished.seconds > 0
    assert finished.planned == deployed.planned[0]
    (found,) = deployed.failures
    assert (found.rule.name, found.cases[0].binding) == ("deployment-failed", "EXP_01")
    assert found.message == "`training-exp-01` was not deployed: no way"
    assert str(found.location) == ".typedflow/deployments/airflow.training-exp-01.log"
    again = deploy(project, unit="training", target="airflow", bindings=["EXP_01"], dry_run=True)
    assert [each.state for each in again.planned] == ["new"]
    progress = [event for event in events if isinstance(event, DeploymentProgress)]
    assert progress[-1].latest == (finished,)
    assert progress[-1].finished == {"EXP_01": finished}
    assert progress[-1].running == {}


def test_a_template_that_cannot_be_made(make: "Make") -> None:
    """What has failed is a finding of its binding."""
    text = make().root.joinpath("flows/training.py").read_text()
    project = make({"flows/training.py": "import sys\n" + text.replace("    Training()", _FAILS)})
    deployed = deploy(project, unit="training", target="argo-workflows", bindings=["EXP_01"], dry_run=True)
    templates = deployment_templates(deployed.planned)
    assert templates.by_binding == {}
    (found,) = templates.findings
    assert (found.rule.name, found.cases[0].binding) == ("deployment-failed", "EXP_01")
    assert found.message == "`training-exp-01` cannot be compiled: no way"


WRONG = {
    "an empty branch": ({"target": "airflow", "branch": ""}, "--branch: bad-option: the branch has no name"),
    "a directory for Airflow": (
        {"target": "argo-workflows", "dags": "x"},
        "--dags: bad-option: only valid with `--to airflow`",
    ),
    "a branch in production": (
        {"target": "airflow", "branch": "b", "production": True},
        "--branch: bad-option: not valid with `--production`",
    ),
    "no jobs": ({"target": "airflow", "jobs": 0}, "--jobs: bad-option: must be an integer greater than or equal to 1"),
    "no target": ({"target": "airflo"}, "--to: bad-option: there is no target `airflo`"),
    "no binding": ({"target": "airflow", "bindings": ["X*"]}, "--binding: bad-option: no binding of `training`"),
}


@pytest.mark.parametrize(("options", "words"), WRONG.values(), ids=WRONG)
def test_wrong_arguments(make: "Make", options: dict[str, Any], words: str) -> None:
    """Nothing is resolved."""
    with pytest.raises(ArgumentError) as caught:
        deploy(make(), unit="training", **options)
    (found,) = caught.value.diagnostics
    assert f"{found.location}: {found.rule.name}: {found.message}".startswith(words)
