"""The environment of commands: chosen by name or by the checkout, printed, and part of the names of deployments."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Call, Done, Project

Git = Callable[..., str]
MANIFEST = """\
model = "flows/settings.py:Settings"

[flows.training]
file = "flows/training.py"
bindings = ["EXP_*"]

[environments]
default = "dev"

[environments.branches]
"release/*" = "production"

[environments.tags]
"v*" = "production"
"""
FLOW = """\
from metaflow import FlowSpec, step
from settings import Settings

from typedflow import SettingsMixin


class Training(SettingsMixin[Settings], FlowSpec):
    @step
    def start(self):
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    Training()
"""
BINDING = ("--binding", "EXP_01")
TO = ("--to", "argo-workflows", "--dry-run")


@pytest.fixture(autouse=True)
def git(project: Project) -> Git:
    """The project maps branches, and is a repository on `main`. Runs git there."""
    project.write("typedflow.toml", MANIFEST)
    project.write("flows/training.py", FLOW)

    def run(*arguments: str) -> str:
        settings = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
        command = ["git", *settings, *arguments]
        done = subprocess.run(command, cwd=project.root, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    run("init", "-q", "-b", "main")
    run("add", ".")
    run("commit", "-q", "-m", "first")
    return run


@pytest.fixture
def detached(git: Git) -> str:
    """HEAD is detached; what findings say of it."""
    git("checkout", "-q", "--detach")
    return f"no branch is known here: HEAD is detached at {git('rev-parse', 'HEAD')[:7]}"


def _name(done: Done) -> str:
    assert done.code == 0, done.err
    return done.out.splitlines()[1].split()[2]


REFUSING = {
    "show": ("show", "training", *BINDING),
    "show all": ("show", "training", "--all-bindings"),
    "run": ("run", "training", *BINDING, "--", "show"),
    "diff": ("diff", "training", "EXP_01", "EXP_02"),
    "deploy": ("deploy", "training", *BINDING, *TO),
    "deploy production": ("deploy", "training", *BINDING, *TO, "--production"),
}


@pytest.mark.parametrize("command", REFUSING.values(), ids=REFUSING)
def test_an_unknown_branch_is_refused(call: Call, project: Project, detached: str, command: tuple[str, ...]) -> None:
    """Nothing is shown, compiled or deployed; the one finding is at the manifest's table, and names three ways out."""
    done = call(*command)
    assert (done.code, done.out) == (2, "")
    assert done.err.count("TF519 unknown-branch") == 1
    assert f"typedflow.toml:10:15: error TF519 unknown-branch: {detached}; the manifest chooses" in done.err
    way = "EXP_01@ENV" if command[0] == "diff" else "--env"
    assert f'name the environment: `{way}`, `TYPEDFLOW_ENV`, or `[environments] unknown = "dev"`\n' in done.err
    assert not (project.root / ".typedflow/compiled").exists()


@pytest.mark.usefixtures("detached")
def test_what_needs_no_environment_is_not_refused(call: Call) -> None:
    """Sides that name theirs, and compiled configs, are compared wherever HEAD is."""
    done = call("diff", "training", "EXP_01@dev", "EXP_01@production")
    assert (done.code, done.err) == (0, "0 of 7 settings differ\n")


@pytest.mark.usefixtures("detached")
def test_a_named_environment_needs_no_branch(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """By an option or by the variable; the option has precedence."""
    assert call("list", "--env", "production").err == "environment production: selected with --env\n"
    monkeypatch.setenv("TYPEDFLOW_ENV", "production")
    assert call("show", "training", "--binding", "EXP_02", "--path", "model.alpha").out == "0.4\n"
    assert call("show", "training", "--binding", "EXP_02", "--path", "model.alpha", "--env", "dev").out == "0.2\n"
    assert call("list").err == "environment production: selected with TYPEDFLOW_ENV\n"
    monkeypatch.setenv("TYPEDFLOW_ENV", "pord")
    done = call("show", "training", *BINDING)
    assert (done.code, done.out) == (2, "")
    assert "TYPEDFLOW_ENV: error TF509 unknown-environment: there is no environment `pord`" in done.err


#: Commands that take an environment.
TAKING = {**REFUSING, "list": ("list",), "check": ("check",)}


@pytest.mark.usefixtures("git")
@pytest.mark.parametrize("command", TAKING.values(), ids=TAKING)
def test_a_variable_that_names_no_environment(
    call: Call, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    """An invalid variable has exit code 2, at its name; the option has precedence."""
    monkeypatch.setenv("TYPEDFLOW_ENV", "prodution")
    done = call(*command)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("TYPEDFLOW_ENV: error TF509 unknown-environment: there is no environment `prodution`")
    assert done.err.count("TF509") == 1
    assert "= help: did you mean `production`?" in done.err


def test_list_shows_a_question_mark(call: Call, detached: str) -> None:
    """Without a known branch there is no digest; that is not an error."""
    done = call("list")
    assert done.code == 0
    assert [line.split() for line in done.out.splitlines()[1:]] == [
        ["training", "EXP_01", "?", "EXP_01.training", "?", "flows/training.py"],
        ["training", "EXP_02", "?", "EXP_02.training", "?", "flows/training.py"],
    ]
    assert done.err.startswith(f"environment ?: {detached}; the manifest chooses the environment by branch; name the")
    found = json.loads(call("list", "--format", "json").out)
    assert found["environment"] == "?"
    known = {"binding": "EXP_01", "identity": "EXP_01.training"}
    assert found["units"][0]["bindings"][0] == {**known, "valid": None, "digest": None}
    assert call("list", "--env", "dev").out.split()[8] == "dev"


@pytest.mark.usefixtures("detached")
def test_lock_takes_all_environments(call: Call, project: Project) -> None:
    """The lock file is the same on every branch, and on none."""
    done = call("lock")
    assert (done.code, done.err) == (0, "typedflow.lock written: 4 variants\n")
    locked = json.loads((project.root / "typedflow.lock").read_text(encoding="utf-8"))
    assert "EXP_01@production" in locked["units"]["flow"]["training"]


@pytest.mark.usefixtures("detached")
def test_check_takes_all_environments(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says which; one alone is checked where one is named."""
    done = call("check", "--ignore", "TF205")
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith(
        "environments dev, production: all, because none is selected\nno problems in 1 flow, 4 variants"
    )
    monkeypatch.setenv("TYPEDFLOW_ENV", "dev")
    assert call("check").err.startswith(
        "environment dev: selected with TYPEDFLOW_ENV\nno problems in 1 flow, 2 variants"
    )


def test_the_manifest_may_answer(call: Call, project: Project, detached: str) -> None:
    """With `unknown`, the environment is printed with its reason, and is part of the name, as no branch implies it."""
    project.write("typedflow.toml", MANIFEST.replace("[environments]", '[environments]\nunknown = "dev"'))
    done = call("deploy", "training", *BINDING, *TO)
    assert done.err.splitlines()[0] == f"environment dev: {detached} ([environments] unknown)"
    assert _name(done) == "training-dev-exp-01"


def test_an_environment_that_the_manifest_names_exists(call: Call, project: Project) -> None:
    """Each key of the manifest that names an environment is checked."""
    text = MANIFEST.replace('default = "dev"', 'default = "a"\nunknown = "b"\nproduction = "c"')
    project.write("typedflow.toml", text.replace('"v*" = "production"', '"v*" = "d"'))
    found = json.loads(call("check", "--select", "TF509", "--format", "json").out)["diagnostics"]
    assert [(item["line"], item["message"].split("`")[1]) for item in found] == [
        (8, "a"),
        (9, "b"),
        (10, "c"),
        (16, "d"),
    ]


SAID = {
    "main": "environment dev: branch main matches no glob ([environments] default)",
    "release/1": "environment production: branch release/1",
}


@pytest.mark.parametrize(("branch", "line"), SAID.items())
def test_commands_say_which_environment_they_take(call: Call, git: Git, branch: str, line: str) -> None:
    """On standard error, with the reason."""
    git("checkout", "-q", "-B", branch)
    assert call("list").err == f"{line}\n"
    assert call("show", "training", *BINDING).err == ""


def test_run_says_which_environment_it_takes(call: Call, project: Project, git: Git) -> None:
    """Before the command that it runs."""
    project.write("flows/training.py", "")
    git("checkout", "-q", "-B", "release/1")
    done = call("run", "training", *BINDING)
    assert done.code == 0
    assert [line.split()[0] for line in done.err.splitlines()] == ["environment", "$"]
    assert done.err.startswith("environment production: branch release/1\n")


def test_a_project_without_environments_says_nothing(call: Call, project: Project) -> None:
    """There is nothing to choose, nor where the default is the only one."""
    project.write("typedflow.toml", MANIFEST.partition("[environments]")[0])
    assert call("list").err == ""
    project.write("typedflow.toml", MANIFEST.partition("[environments.branches]")[0])
    assert call("list").err == ""
    assert call("list", "--env", "dev").err == "environment dev: selected with --env\n"


NAMES = {
    "the branch's": ((), "branch main matches no glob ([environments] default)", "training-main-exp-01"),
    "another": (("--env", "production"), "selected with --env", "training-main-production-exp-01"),
    "production": (("--production",), "branch main matches no glob ([environments] default)", "training-dev-exp-01"),
    "a given branch": (("--branch", "release/2"), "--branch release/2", "training-release-2-exp-01"),
}


@pytest.mark.parametrize(("options", "reason", "name"), NAMES.values(), ids=NAMES)
def test_names(call: Call, options: tuple[str, ...], reason: str, name: str) -> None:
    """The environment is part of a name wherever the branch does not imply it; `--branch` chooses it, too."""
    done = call("deploy", "training", *BINDING, *TO, *options)
    assert _name(done) == name
    assert done.err.splitlines()[0].partition(": ")[2] == reason


def test_the_name_of_production(call: Call, project: Project, git: Git) -> None:
    """`production` in the manifest is the environment that needs no name there."""
    project.write("typedflow.toml", MANIFEST.replace("[environments]", '[environments]\nproduction = "production"'))
    git("checkout", "-q", "-B", "release/1")
    assert _name(call("deploy", "training", *BINDING, *TO, "--production")) == "training-exp-01"


def test_a_tag(call: Call, git: Git) -> None:
    """A tag chooses the environment on a detached HEAD."""
    git("tag", "-a", "v1", "-m", "x")
    git("checkout", "-q", "v1")
    assert call("list").err == "environment production: tag v1\n"


@pytest.mark.usefixtures("detached")
def test_the_branch_that_a_service_builds(call: Call, git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    """A service's branch chooses the environment, and is in the name as git's would be; a pull request's is neither."""
    monkeypatch.setenv("GITHUB_REF", "refs/heads/release/1")
    monkeypatch.setenv("GITHUB_SHA", git("rev-parse", "HEAD"))
    done = call("deploy", "training", *BINDING, *TO)
    assert done.err.splitlines()[0] == "environment production: branch release/1 (GitHub Actions: GITHUB_REF)"
    assert _name(done) == "training-release-1-exp-01"
    monkeypatch.setenv("GITHUB_HEAD_REF", "release/1")
    monkeypatch.setenv("GITHUB_REF", "refs/pull/7/merge")
    done = call("deploy", "training", *BINDING, *TO)
    assert (done.code, done.out) == (2, "")
    assert "and GitHub Actions builds a pull request" in done.err


def test_a_side_of_a_past_revision(call: Call, git: Git) -> None:
    """Today's checkout chooses its environment, too; none stays none."""
    git("checkout", "-q", "-B", "release/1")
    assert call("diff", "training", "main:EXP_02", "EXP_02").code == 0
    git("checkout", "-q", "--detach")
    done = call("diff", "training", "main:EXP_02", "EXP_02@dev")
    assert (done.code, done.out) == (2, "")
    assert "TF519 unknown-branch" in done.err


def test_a_side_of_a_past_revision_without_environment(call: Call, project: Project, git: Git) -> None:
    """Where no environment applies, none does to the past files, though they are in no repository."""
    project.write("typedflow.toml", MANIFEST.replace('default = "dev"\n', ""))
    git("commit", "-q", "-a", "-m", "no default")
    done = call("diff", "training", "HEAD:EXP_02", "EXP_02")
    assert (done.code, done.out) == (0, ""), done.err
