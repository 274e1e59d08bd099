"""Plans of deployments: what has changed since the last one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from typedflow.project import ChosenEnvironment, LoadedProject, open_project
from typedflow.units import DeploymentOptions, PlannedDeployment, plan_deployments, resolve_variants
from typedflow.units._deployment_records import save_record
from typedflow.values import TypedflowError

FILES = {
    "typedflow.toml": 'model = "model.py:Settings"\n[flows.training]\nfile = "flows/flow.py"\nbindings = ["EXP*"]\n',
    "model.py": "from typedflow import ConfigModel\n\nclass Settings(ConfigModel):\n    alpha: float = 0.5\n",
    "flows/flow.py": "",
    "settings/settings.configuration.EXP_01.yaml": "alpha: 0.1\n",
    "settings/settings.configuration.EXP-01.yaml": "alpha: 0.2\n",
}
AIRFLOW = DeploymentOptions("airflow")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LoadedProject:
    """A project with two bindings, whose names are one on each target."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    return open_project(tmp_path, {"TYPEDFLOW_ENV": "left"})


def _plan(
    project: LoadedProject,
    options: DeploymentOptions = AIRFLOW,
    *overrides: str,
    bindings: tuple[str, ...] = ("EXP_01",),
) -> tuple[PlannedDeployment, ...]:
    found = resolve_variants(project, "training", bindings, ChosenEnvironment(None), overrides)
    resolved = [each.resolved for each in found if each.resolved is not None]
    assert len(resolved) == len(bindings)
    return plan_deployments(project, resolved, options, has_project=False)


def test_a_new_deployment(project: LoadedProject) -> None:
    """It has a record to keep, an environment of its own, and a file where Airflow looks."""
    (planned,) = _plan(project)
    record = planned.job.record
    assert (planned.binding, planned.name, planned.state) == ("EXP_01", "training-exp-01", "new")
    assert (record.unit, record.environment, record.target, record.branch) == ("training", None, "airflow", "")
    assert record.compiled == f".typedflow/compiled/flow.training.EXP_01.{record.config}.json"
    assert planned.environ == {"TYPEDFLOW_BINDING": "EXP_01"}
    assert planned.job.output == project.root / "dags/training-exp-01.py"


def test_what_has_changed(project: LoadedProject) -> None:
    """Settings, code and Metaflow's arguments count; ``again`` deploys what has not changed."""
    (planned,) = _plan(project)
    save_record(replace(planned.job.record, name="by-metaflow"), planned.job.files.record)
    (same,) = _plan(project)
    assert (same.state, same.name, same.job.again) == ("unchanged", "by-metaflow", False)
    (again,) = _plan(project, replace(AIRFLOW, again=True))
    assert (again.state, again.job.again) == ("changed", True)
    assert _plan(project, AIRFLOW, "alpha=1")[0].state == "changed"
    assert _plan(project, replace(AIRFLOW, arguments=("--max-workers", "2")))[0].state == "changed"
    (project.root / "flows/helper.py").write_text("")
    assert _plan(project)[0].state == "changed"


def test_names_are_compared(project: LoadedProject) -> None:
    """Two variants of one name are refused before anything is deployed."""
    with pytest.raises(TypedflowError) as caught:
        _plan(project, bindings=("EXP_01", "EXP-01"))
    (found,) = caught.value.diagnostics
    assert found.rule.name == "deployment-name"
    assert found.message.startswith("the bindings `EXP_01` and `EXP-01` have the same name")
