"""The environment of a project: by name, by branch, by tag, or by what a CI service builds."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from typedflow.project import ChosenEnvironment, LoadedProject, choose_environment, environment_in_name, resolve
from typedflow.values import Diagnostic

Make = Callable[..., LoadedProject]
Findings = Callable[..., list[Diagnostic]]
Git = Callable[..., str]

HEAD = """\
model = "model.py:Settings"
[flows.report]
file = "flows/report.py"
[environments]
"""
MAPPED = """
default = "dev"
[environments.branches]
"main" = "prod"
"release/*" = "staging"
[environments.tags]
"v*" = "prod"
"rc*" = "staging"
"""
FILES = {f"settings/settings.environment.{name}.yaml": f"name: {name}" for name in ("dev", "prod", "staging")}
RELEASE = {"GITHUB_REF": "refs/heads/release/1"}


@pytest.fixture
def opened(make: Make) -> Callable[..., LoadedProject]:
    """Open a project whose manifest has these lines in `[environments]`, with these environment variables."""

    def made(lines: str = MAPPED, **environ: str) -> LoadedProject:
        return make({"typedflow.toml": HEAD + lines, **FILES}, environ)

    return made


@pytest.fixture
def commit(git: Git) -> Callable[..., str]:
    """Make a commit, in a new repository if there is none, and return its hash; HEAD is detached afterwards."""

    def committed(*tags: str) -> str:
        git("init", "-q")
        git("commit", "-q", "--allow-empty", "-m", "x")
        for tag in tags:
            git("tag", "-a", tag, "-m", "x")
        git("checkout", "-q", "--detach")
        return git("rev-parse", "HEAD")

    return committed


BRANCHES = {
    "main": ChosenEnvironment("prod", "branch main"),
    "release/1.0": ChosenEnvironment("staging", "branch release/1.0"),
    "feature": ChosenEnvironment("dev", "branch feature matches no glob ([environments] default)"),
}


@pytest.mark.parametrize(("branch", "chosen"), BRANCHES.items())
def test_a_branch_chooses(
    opened: Callable[..., LoadedProject], git: Git, branch: str, chosen: ChosenEnvironment
) -> None:
    """The first matching glob wins, else the default; a branch without commits counts."""
    git("init", "-q", "-b", branch)
    project = opened()
    assert choose_environment(project) == chosen
    assert resolve(project, "report").config.model_dump()["name"] == chosen.name
    assert choose_environment(opened(MAPPED.replace('default = "dev"', ""))).name == {"feature": None}.get(
        branch, chosen.name
    )


def test_globs_are_tried_in_order(opened: Callable[..., LoadedProject], git: Git) -> None:
    """An earlier glob wins over a more specific one."""
    git("init", "-q", "-b", "main")
    assert choose_environment(opened('[environments.branches]\n"*" = "dev"\nmain = "prod"')).name == "dev"


NAMED: dict[str, tuple[tuple[str | None, ...], dict[str, str], ChosenEnvironment]] = {
    "option": (("staging", "main"), {"TYPEDFLOW_ENV": "dev"}, ChosenEnvironment("staging", "--env")),
    "variable": ((None, "main"), {"TYPEDFLOW_ENV": "dev"}, ChosenEnvironment("dev", "TYPEDFLOW_ENV")),
    "empty variable": ((None, "main"), {"TYPEDFLOW_ENV": ""}, ChosenEnvironment("prod", "--branch main")),
    "given branch": ((None, "release/1"), {}, ChosenEnvironment("staging", "--branch release/1")),
    "given branch without a glob": (
        (None, "x"),
        {},
        ChosenEnvironment("dev", "--branch x matches no glob ([environments] default)"),
    ),
}


@pytest.mark.parametrize(("given", "environ", "chosen"), NAMED.values(), ids=NAMED)
def test_what_is_named_goes_before_git(
    opened: Callable[..., LoadedProject],
    given: tuple[str | None, ...],
    environ: dict[str, str],
    chosen: ChosenEnvironment,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An option, then the variable, then a given branch; git is needed for none of them."""
    monkeypatch.setenv("PATH", os.devnull)
    assert choose_environment(opened(**environ), *given) == chosen


def test_no_branch_is_known(
    opened: Callable[..., LoadedProject], commit: Callable[..., str], findings: Findings
) -> None:
    """If the manifest maps branches, the default is for known ones; the finding says why, and what to do."""
    (found,) = findings(choose_environment, opened())
    assert found.message.startswith("no branch is known here: this is not a git repository; ")
    head = commit()
    (found,) = findings(resolve, opened(), "report")
    assert (found.rule, str(found.location)) == (("TF519", "unknown-branch"), "typedflow.toml:7:15")
    assert found.message == (
        f"no branch is known here: HEAD is detached at {head[:7]}; the manifest chooses the environment by branch"
    )
    assert found.hint == 'name the environment: `--env`, `TYPEDFLOW_ENV`, or `[environments] unknown = "dev"`'


def test_without_git(opened: Callable[..., LoadedProject], findings: Findings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without git, the branch is unknown."""
    monkeypatch.setenv("PATH", os.devnull)
    (found,) = findings(choose_environment, opened())
    assert found.message.startswith("no branch is known here: git is not installed; ")


def test_the_manifest_may_answer(opened: Callable[..., LoadedProject], commit: Callable[..., str]) -> None:
    """`unknown` is the environment if the branch is unknown, and is shown with the reason."""
    head = commit()
    chosen = choose_environment(opened('unknown = "staging"' + MAPPED))
    reason = f"no branch is known here: HEAD is detached at {head[:7]} ([environments] unknown)"
    assert chosen == ChosenEnvironment("staging", reason)


def test_a_manifest_that_maps_nothing(opened: Callable[..., LoadedProject], monkeypatch: pytest.MonkeyPatch) -> None:
    """Without branches and tags, the default applies everywhere; neither git nor a service is queried."""
    monkeypatch.setenv("PATH", os.devnull)
    chosen = ChosenEnvironment("dev")
    assert choose_environment(opened('default = "dev"', **RELEASE)) == chosen
    assert choose_environment(opened("", **RELEASE)) == ChosenEnvironment(None)


def test_a_manifest_that_maps_nothing_asks_no_service(
    opened: Callable[..., LoadedProject], commit: Callable[..., str]
) -> None:
    """Names of its deployments still contain git's branch."""
    commit()
    assert opened('default = "dev"', **RELEASE).checked_out.branch is None
    assert opened(**RELEASE).checked_out.branch == "release/1"


def test_a_manifest_that_maps_tags_alone(
    opened: Callable[..., LoadedProject], commit: Callable[..., str], git: Git, findings: Findings
) -> None:
    """A branch has the default; a commit without such a tag is an error."""
    lines = 'default = "dev"\n[environments.tags]\n"v*" = "prod"\n'
    commit("x")
    (found,) = findings(choose_environment, opened(lines))
    assert (found.rule.name, str(found.location)) == ("unknown-branch", "typedflow.toml:6:15")
    git("checkout", "-q", "-B", "main")
    assert choose_environment(opened(lines)).name == "dev"


TAGS = {
    "one": (("v1",), "prod", "tag v1"),
    "of several that match, one": (("other", "v1"), "prod", "tag v1"),
    "several that agree": (("v1", "v1.0"), "prod", "tag v1"),
}


@pytest.mark.parametrize(("tags", "name", "reason"), TAGS.values(), ids=TAGS)
def test_a_tag_chooses(
    opened: Callable[..., LoadedProject], commit: Callable[..., str], tags: tuple[str, ...], name: str, reason: str
) -> None:
    """The tags of a detached HEAD choose."""
    commit(*tags)
    assert choose_environment(opened()) == ChosenEnvironment(name, reason)


def test_a_branch_goes_before_a_tag(opened: Callable[..., LoadedProject], commit: Callable[..., str], git: Git) -> None:
    """If a branch is checked out, the tags of its commit choose nothing."""
    commit("v1")
    git("checkout", "-q", "-B", "release/1")
    assert choose_environment(opened()) == ChosenEnvironment("staging", "branch release/1")


AMBIGUOUS = {
    "they disagree": (("v1", "rc1"), ", and of its tags `rc1` chooses `staging` and `v1` chooses `prod`"),
    "none matches": (("x1", "x2"), ", and no glob of `environments.tags` matches `x1`, `x2`"),
}


@pytest.mark.parametrize(("tags", "words"), AMBIGUOUS.values(), ids=AMBIGUOUS)
def test_tags_that_do_not_choose(
    opened: Callable[..., LoadedProject],
    commit: Callable[..., str],
    findings: Findings,
    tags: tuple[str, ...],
    words: str,
) -> None:
    """If tags choose different environments, or none, the environment is unknown."""
    head = commit(*tags)
    (found,) = findings(choose_environment, opened())
    assert f"HEAD is detached at {head[:7]}{words}; " in found.message


def test_a_service_names_the_branch_of_the_commit(
    opened: Callable[..., LoadedProject], commit: Callable[..., str], findings: Findings
) -> None:
    """Its variable counts if the commit that it names is HEAD, or if it names none."""
    head = commit("v1")
    chosen = ChosenEnvironment("staging", "branch release/1 (GitHub Actions: GITHUB_REF)")
    assert choose_environment(opened(GITHUB_SHA=head, **RELEASE)) == chosen
    assert choose_environment(opened(GITHUB_SHA=head.upper(), **RELEASE)) == chosen
    assert choose_environment(opened(**RELEASE)) == chosen
    assert choose_environment(opened(GITHUB_SHA="0" * 40, **RELEASE)) == ChosenEnvironment("prod", "tag v1")
    without_tags = opened(MAPPED.partition("[environments.tags]")[0], GITHUB_SHA="0" * 40, **RELEASE)
    (found,) = findings(choose_environment, without_tags)
    assert "GITHUB_REF of GitHub Actions names the branch `release/1` at 0000000, which is not HEAD" in found.message


def test_a_commit_that_cannot_be_seen(
    opened: Callable[..., LoadedProject],
    commit: Callable[..., str],
    findings: Findings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without git, it is unknown whether HEAD is the commit that a service names: its branch does not count."""
    head = commit()
    monkeypatch.setenv("PATH", os.devnull)
    (found,) = findings(choose_environment, opened(GITHUB_SHA=head, **RELEASE))
    assert found.message.startswith(
        "no branch is known here: git is not installed; GITHUB_REF of GitHub Actions names "
    )
    assert f" at {head[:7]}, which cannot be compared with HEAD; " in found.message


def test_a_service_names_a_tag(opened: Callable[..., LoadedProject], commit: Callable[..., str]) -> None:
    """Of several tags of a commit, the one being built counts."""
    head = commit("v1", "rc1")
    chosen = choose_environment(opened(GITHUB_SHA=head, GITHUB_REF="refs/tags/rc1"))
    assert chosen == ChosenEnvironment("staging", "tag rc1 (GitHub Actions: GITHUB_REF)")


def test_git_goes_before_a_service(opened: Callable[..., LoadedProject], git: Git, commit: Callable[..., str]) -> None:
    """If git knows the branch, a service's variable does not count."""
    head = commit()
    git("checkout", "-q", "-B", "main")
    assert choose_environment(opened(GITHUB_SHA=head, **RELEASE)) == ChosenEnvironment("prod", "branch main")


def test_services_that_disagree(
    opened: Callable[..., LoadedProject], commit: Callable[..., str], findings: Findings
) -> None:
    """Two services in one environment must agree."""
    head = commit()
    both = opened(GITHUB_SHA=head, CIRCLE_SHA1=head, CIRCLE_BRANCH="main", **RELEASE)
    (found,) = findings(choose_environment, both)
    assert "GITHUB_REF of GitHub Actions names the branch `release/1`, but CIRCLE_BRANCH of CircleCI" in found.message
    agreed = opened(GITHUB_SHA=head, CIRCLE_SHA1=head, CIRCLE_BRANCH="release/1", **RELEASE)
    assert choose_environment(agreed).name == "staging"


def test_a_pull_request_chooses_nothing(
    opened: Callable[..., LoadedProject], commit: Callable[..., str], git: Git, findings: Findings
) -> None:
    """Its source branch and a tag of its commit do not count, whether HEAD is detached or the source is checked out."""
    head = commit("v1")
    request = {"GITHUB_SHA": head, "GITHUB_REF": "refs/pull/7/merge", "GITHUB_HEAD_REF": "release/1"}
    (found,) = findings(choose_environment, opened(**request))
    assert f"HEAD is detached at {head[:7]}, and GitHub Actions builds a pull request; " in found.message
    git("checkout", "-q", "-B", "release/1")
    (found,) = findings(choose_environment, opened(**request))
    assert "`release/1` is the source of a pull request, which GitHub Actions builds; " in found.message
    git("checkout", "-q", "-B", "main")
    assert choose_environment(opened(**request)).name == "prod"


PRODUCTION = 'production = "prod"' + MAPPED
NAMES: dict[str, tuple[str, str | None, str | None, bool, str | None]] = {
    "the branch's": (MAPPED, "prod", "main", False, None),
    "another": (MAPPED, "dev", "main", False, "dev"),
    "the default": (MAPPED, "dev", "feature", False, None),
    "of no branch": (MAPPED, "dev", None, False, "dev"),
    "of no branch, where it is known": ('unknown = "dev"' + MAPPED, "dev", None, False, "dev"),
    "of no branch, production's": (PRODUCTION, "prod", None, False, "prod"),
    "production's": (PRODUCTION, "prod", None, True, None),
    "not production's": (PRODUCTION, "dev", None, True, "dev"),
    "no production": (MAPPED, "prod", None, True, "prod"),
    "none in production": (PRODUCTION, None, None, True, "no-env"),
    "nothing mapped": ('default = "dev"', "dev", None, False, None),
    "nothing mapped, on a branch": ('default = "dev"', "dev", "main", False, None),
    "nothing mapped, named": ('default = "dev"', "prod", "main", False, "prod"),
    "nothing mapped, in production": ('default = "dev"', "dev", None, True, None),
    "nothing mapped, named in production": ('default = "dev"', "prod", None, True, "prod"),
    "nothing mapped but production": ('default = "dev"\nproduction = "prod"', "dev", None, True, "dev"),
    "beside production": ('default = "dev"\nproduction = "prod"', "dev", None, False, "dev"),
    "no environments": ("", None, None, True, None),
}


@pytest.mark.parametrize(("lines", "environment", "branch", "production", "part"), NAMES.values(), ids=NAMES)
def test_what_a_name_says(  # a row of a table
    opened: Callable[..., LoadedProject],
    lines: str,
    environment: str | None,
    branch: str | None,
    production: bool,  # noqa: FBT001
    part: str | None,
) -> None:
    """The environment is in a deployed name unless the branch, or production, implies it."""
    assert environment_in_name(opened(lines), environment, branch, production=production) == part


def test_git_is_asked_once(
    opened: Callable[..., LoadedProject], git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It runs once, however many variants are resolved."""
    git("init", "-q", "-b", "main")
    project = opened()
    assert resolve(project, "report").variant.environment == "prod"
    monkeypatch.setenv("PATH", str(tmp_path))
    assert resolve(project, "report").variant.environment == "prod"


@pytest.mark.parametrize(
    ("lines", "branch", "place"),
    [
        ('default = "dve"', None, "typedflow.toml:5:11"),
        ('unknown = "dve"\n[environments.branches]\nmain = "prod"', None, "typedflow.toml:5:11"),
        ('default = "dve"\n[environments.branches]\nmain = "prod"', "other", "typedflow.toml:5:11"),
        ('[environments.branches]\nmain = "prod"\n"release/*" = "dve"', "release/1", "typedflow.toml:7:15"),
        ('[environments.tags]\n"v*" = "dve"', None, "typedflow.toml:6:8"),
    ],
    ids=["default", "unknown", "no glob", "branch", "tag"],
)
def test_an_environment_that_is_not_there_is_found_at_its_name(
    opened: Callable[..., LoadedProject],
    commit: Callable[..., str],
    findings: Findings,
    lines: str,
    branch: str | None,
    place: str,
) -> None:
    """The finding is in the manifest, at whichever line chose it."""
    commit("v1")
    project = opened(lines)
    (found,) = findings(lambda: resolve(project, "report", environment=choose_environment(project, None, branch)))
    assert found.rule.name == "unknown-environment"
    assert str(found.location) == place
    assert found.label == "did you mean `dev`?"
