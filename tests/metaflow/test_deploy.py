"""Names of deployments, and Metaflow's commands that make them."""

import sys

import pytest

from typedflow.metaflow import DeploymentName, deploy_command, deployment_name

NAMES = {
    "all parts": (("training", "EXP_01", "main"), "training-main-exp-01"),
    "no branch": (("training", "EXP_01", None), "training-exp-01"),
    "no binding": (("training", None, "main"), "training-main"),
    "neither": (("training", None, None), "training"),
    "other characters": (("my_Flow", "a.b", "feat/x--y_"), "my-flow-feat-x-y-a-b"),
}


@pytest.mark.parametrize(("parts", "name"), NAMES.values(), ids=NAMES)
def test_names(parts: tuple[str, str | None, str | None], name: str) -> None:
    """A name has the flow, the branch and the binding, in what each target takes."""
    found = deployment_name(*parts, "argo-workflows", is_project=False, production=False)
    assert found == DeploymentName(name, group_options=("--name", name))


BRANCHES = {
    "branch and binding": ("EXP_01", False, "training-main-exp-01", ("--branch", "main_exp_01")),
    "branch": (None, False, "training-main", ("--branch", "main")),
    "production": ("EXP_01", True, "training-production-exp-01", ("--production", "--branch", "exp_01")),
    "all of production": (None, True, "training-production", ("--production",)),
}


@pytest.mark.parametrize(("binding", "production", "name", "options"), BRANCHES.values(), ids=BRANCHES)
def test_of_a_project(binding: str | None, production: bool, name: str, options: tuple[str, ...]) -> None:  # noqa: FBT001
    """A ``@project`` gets its branch, and makes the name itself."""
    found = deployment_name("training", binding, "main", "argo-workflows", is_project=True, production=production)
    assert found == DeploymentName(name, options=options)


@pytest.mark.parametrize(("target", "longest"), [("argo-workflows", 45), ("step-functions", 80), ("airflow", 250)])
def test_a_name_that_is_too_long(target: str, longest: int) -> None:
    """Each target has its limit."""
    for length in (longest, longest + 1):
        found = deployment_name("f" * length, None, None, target, is_project=False, production=False)
        assert found.is_too_long is (length > longest)


def test_the_command() -> None:
    """Options that Metaflow takes before a command stand there, the others behind ``create``."""
    name = DeploymentName("n", options=("--branch", "b"), group_options=("--name", "n"))
    given = ("--datastore", "s3", "--max-workers", "3", "--quiet")
    command = deploy_command("flow.py", "settings", "c.json", "argo-workflows", name, given)
    before = ["--datastore", "s3", "--branch", "b", "--config", "settings", "c.json"]
    behind = ["argo-workflows", "--name", "n", "create", "--max-workers", "3", "--quiet"]
    assert command == [sys.executable, "flow.py", *before, *behind]
