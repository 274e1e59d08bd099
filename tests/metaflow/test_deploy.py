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


ENVIRONMENTS = {
    "on a branch": ("main", False, False, "training-main-prod-exp-01", ()),
    "in production": ("main", False, True, "training-prod-exp-01", ()),
    "of a project": ("main", True, False, "training-main-prod-exp-01", ("--branch", "main_prod_exp_01")),
    "of a project, in production": (
        None,
        True,
        True,
        "training-production-prod-exp-01",
        ("--production", "--branch", "prod_exp_01"),
    ),
}


@pytest.mark.parametrize(
    ("branch", "is_project", "production", "name", "options"), ENVIRONMENTS.values(), ids=ENVIRONMENTS
)
def test_an_environment(branch: str, is_project: bool, production: bool, name: str, options: tuple[str, ...]) -> None:  # noqa: FBT001
    """An environment that goes without saying is in no name; another stands behind the branch."""
    found = deployment_name(
        "training", "EXP_01", branch, "argo-workflows", is_project=is_project, production=production, environment="prod"
    )
    assert (found.shown, found.options, found.has_environment) == (name, options, True)


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


@pytest.mark.parametrize("length", [128, 129])
def test_a_branch_of_a_project_that_is_too_long(length: int) -> None:
    """Metaflow refuses branches of more than 128 characters."""
    found = deployment_name("f", None, "b" * length, "argo-workflows", is_project=True, production=False)
    assert found.is_too_long is (length > 128)


def test_the_command() -> None:
    """Options that Metaflow takes before a command stand there, the others behind ``create``."""
    name = DeploymentName("n", options=("--branch", "b"), group_options=("--name", "n"))
    given = ("--datastore", "s3", "--max-workers", "3", "--quiet")
    command = deploy_command("flow.py", "settings", "c.json", "argo-workflows", name, given)
    before = ["--datastore", "s3", "--branch", "b", "--config", "settings", "c.json"]
    behind = ["argo-workflows", "--name", "n", "create", "--max-workers", "3", "--quiet"]
    assert command == [sys.executable, "flow.py", *before, *behind]
