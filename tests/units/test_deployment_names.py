"""Two deployments never share a name: what was recorded under it before is compared."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from typedflow.metaflow import DeploymentName
from typedflow.units import DeploymentJob, DeploymentRecord, deployment_files
from typedflow.units._deployment_names import refuse_shared_names
from typedflow.units._deployment_records import save_record
from typedflow.values import TypedflowError

NEW = DeploymentRecord(
    unit="training",
    binding="EXP_01",
    environment="prod",
    target="argo-workflows",
    name="training-main-exp-01",
    config="c",
    compiled="c.json",
    inputs="i",
    at="",
    branch="main",
)
PLAIN = DeploymentName("training-main-exp-01")
SHARED = {
    "another flow": (PLAIN, {"unit": "train"}, "`train` EXP_01@prod of the branch `main`"),
    "another binding": (PLAIN, {"binding": "EXP-01"}, "`training` EXP-01@prod of the branch `main`"),
    "another branch": (PLAIN, {"branch": "Main"}, "`training` EXP_01@prod of the branch `Main`"),
    "no branch": (PLAIN, {"branch": ""}, "`training` EXP_01@prod was"),
    "another environment that is in the name": (
        replace(PLAIN, has_environment=True),
        {"environment": "pr-od"},
        "`training` EXP_01@pr-od of the branch `main`",
    ),
}
REPLACED = {
    "the same": (PLAIN, {"config": "d", "inputs": "j"}),
    "the environment that the branch chooses has changed": (PLAIN, {"environment": "dev"}),
    "a record without a branch": (PLAIN, {"branch": None}),
    "a record without a branch, of another environment": (PLAIN, {"branch": None, "environment": "dev"}),
}


@pytest.fixture
def job(tmp_path: Path) -> DeploymentJob:
    """What is to be deployed."""
    return DeploymentJob(NEW, deployment_files(tmp_path, NEW.target, NEW.name), ())


@pytest.mark.parametrize(("name", "known", "words"), SHARED.values(), ids=SHARED)
def test_a_shared_name_is_refused(
    job: DeploymentJob, tmp_path: Path, name: DeploymentName, known: dict[str, str], words: str
) -> None:
    """Another variant, or one of another branch, is not replaced without a word."""
    save_record(replace(NEW, **known), job.files.record)
    with pytest.raises(TypedflowError) as caught:
        refuse_shared_names([job], [name], tmp_path)
    (found,) = caught.value.diagnostics
    assert (found.rule.name, found.cases) == ("deployment-name", (NEW.case,))
    assert found.message.startswith(words)
    assert found.message.endswith("deployed under the same name: `training-main-exp-01`")
    assert found.hint.endswith("remove .typedflow/deployments/argo-workflows.training-main-exp-01.json")


@pytest.mark.parametrize(("name", "known"), REPLACED.values(), ids=REPLACED)
def test_a_deployment_is_replaced(
    job: DeploymentJob, tmp_path: Path, name: DeploymentName, known: dict[str, str | None]
) -> None:
    """A newer deployment of the same variant and branch takes the name, also where the manifest maps them otherwise."""
    save_record(replace(NEW, **known), job.files.record)  # type: ignore[arg-type] # one table for all fields
    refuse_shared_names([job], [name], tmp_path)


def test_a_record_of_an_earlier_version(job: DeploymentJob, tmp_path: Path) -> None:
    """Records that have no branch are read."""
    save_record(NEW, job.files.record)
    record = json.loads(job.files.record.read_text(encoding="utf-8"))
    del record["branch"]
    job.files.record.write_text(json.dumps({**record, "binding": "EXP_02"}), encoding="utf-8")
    with pytest.raises(TypedflowError, match="`training` EXP_02@prod was deployed under the same name"):
        refuse_shared_names([job], [PLAIN], tmp_path)
