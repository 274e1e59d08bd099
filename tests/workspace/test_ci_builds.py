"""What CI services say by their variables: a branch, a tag, a pull request, of which commit."""

import pytest

from typedflow.workspace._ci_builds import Build, builds

SHA = "0123456789abcdef0123456789abcdef01234567"
GITHUB = {"GITHUB_SHA": SHA}
GITLAB = {"CI_COMMIT_SHA": SHA}
JENKINS = {"JENKINS_URL": "https://ci", "GIT_COMMIT": SHA}
CIRCLE = {"CIRCLECI": "true", "CIRCLE_SHA1": SHA}
AZURE = {"BUILD_SOURCEVERSION": SHA}
BUILDKITE = {"BUILDKITE_COMMIT": SHA, "BUILDKITE_PULL_REQUEST": "false"}
BITBUCKET = {"BITBUCKET_COMMIT": SHA}

#: The variables that a service sets (https addresses are in the module), and what they say.
NAMED = {
    "github branch": (
        GITHUB | {"GITHUB_REF": "refs/heads/release/1", "GITHUB_REF_TYPE": "branch", "GITHUB_REF_NAME": "release/1"},
        Build("GitHub Actions", "GITHUB_REF", branch="release/1", commit=SHA),
    ),
    "github tag": (
        GITHUB | {"GITHUB_REF": "refs/tags/v1", "GITHUB_REF_TYPE": "tag", "GITHUB_REF_NAME": "v1"},
        Build("GitHub Actions", "GITHUB_REF", tag="v1", commit=SHA),
    ),
    "github name and type": (
        GITHUB | {"GITHUB_REF_TYPE": "tag", "GITHUB_REF_NAME": "v1"},
        Build("GitHub Actions", "GITHUB_REF_NAME", tag="v1", commit=SHA),
    ),
    "github name alone": (GITHUB | {"GITHUB_REF_NAME": "v1"}, Build("GitHub Actions", commit=SHA)),
    "gitlab branch": (
        GITLAB | {"CI_COMMIT_BRANCH": "release/1", "CI_COMMIT_REF_NAME": "release/1"},
        Build("GitLab CI", "CI_COMMIT_BRANCH", branch="release/1", commit=SHA),
    ),
    "gitlab tag": (
        GITLAB | {"CI_COMMIT_TAG": "v1", "CI_COMMIT_REF_NAME": "v1"},
        Build("GitLab CI", "CI_COMMIT_TAG", tag="v1", commit=SHA),
    ),
    "jenkins branch": (
        JENKINS | {"BRANCH_NAME": "release/1", "GIT_BRANCH": "release/1"},
        Build("Jenkins", "BRANCH_NAME", branch="release/1", commit=SHA),
    ),
    "jenkins tag": (
        JENKINS | {"BRANCH_NAME": "v1", "TAG_NAME": "v1"},
        Build("Jenkins", "TAG_NAME", tag="v1", commit=SHA),
    ),
    "jenkins remote branch": (
        JENKINS | {"GIT_BRANCH": "origin/release/1"},
        Build("Jenkins", "GIT_BRANCH", branch="release/1", commit=SHA),
    ),
    "jenkins commit": (JENKINS | {"GIT_BRANCH": "detached"}, Build("Jenkins", commit=SHA)),
    "jenkins without commit": (
        {"JENKINS_URL": "https://ci", "BRANCH_NAME": "main"},
        Build("Jenkins", "BRANCH_NAME", branch="main"),
    ),
    "circle branch": (
        CIRCLE | {"CIRCLE_BRANCH": "release/1"},
        Build("CircleCI", "CIRCLE_BRANCH", branch="release/1", commit=SHA),
    ),
    "circle tag": (CIRCLE | {"CIRCLE_TAG": "v1"}, Build("CircleCI", "CIRCLE_TAG", tag="v1", commit=SHA)),
    "azure branch": (
        AZURE | {"BUILD_SOURCEBRANCH": "refs/heads/release/1", "BUILD_REASON": "IndividualCI"},
        Build("Azure Pipelines", "BUILD_SOURCEBRANCH", branch="release/1", commit=SHA),
    ),
    "azure tag": (
        AZURE | {"BUILD_SOURCEBRANCH": "refs/tags/v1"},
        Build("Azure Pipelines", "BUILD_SOURCEBRANCH", tag="v1", commit=SHA),
    ),
    "buildkite branch": (
        BUILDKITE | {"BUILDKITE_BRANCH": "release/1", "BUILDKITE_TAG": ""},
        Build("Buildkite", "BUILDKITE_BRANCH", branch="release/1", commit=SHA),
    ),
    "buildkite tag": (
        BUILDKITE | {"BUILDKITE_BRANCH": "v1", "BUILDKITE_TAG": "v1"},
        Build("Buildkite", "BUILDKITE_TAG", tag="v1", commit=SHA),
    ),
    "buildkite by hand": (
        BUILDKITE | {"BUILDKITE_BRANCH": "main", "BUILDKITE_COMMIT": "HEAD"},
        Build("Buildkite", "BUILDKITE_BRANCH", branch="main"),
    ),
    "bitbucket branch": (
        BITBUCKET | {"BITBUCKET_BRANCH": "release/1"},
        Build("Bitbucket Pipelines", "BITBUCKET_BRANCH", branch="release/1", commit=SHA),
    ),
    "bitbucket tag": (
        BITBUCKET | {"BITBUCKET_TAG": "v1"},
        Build("Bitbucket Pipelines", "BITBUCKET_TAG", tag="v1", commit=SHA),
    ),
}


@pytest.mark.parametrize(("environ", "build"), NAMED.values(), ids=NAMED)
def test_a_branch_or_a_tag(environ: dict[str, str], build: Build) -> None:
    """The kind of the reference decides between branch and tag."""
    assert builds({"CI": "true", **environ}) == [build]


REQUESTS = {
    "github": GITHUB
    | {
        "GITHUB_REF": "refs/pull/7/merge",
        "GITHUB_REF_TYPE": "branch",
        "GITHUB_REF_NAME": "7/merge",
        "GITHUB_HEAD_REF": "release/1",
    },
    "github pull_request_target": GITHUB | {"GITHUB_REF": "refs/heads/main", "GITHUB_HEAD_REF": "release/1"},
    "gitlab": GITLAB | {"CI_MERGE_REQUEST_IID": "7", "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME": "release/1"},
    "woodpecker": GITLAB
    | {"CI_COMMIT_BRANCH": "main", "CI_COMMIT_PULL_REQUEST": "7", "CI_COMMIT_SOURCE_BRANCH": "release/1"},
    "jenkins": JENKINS | {"BRANCH_NAME": "PR-7", "CHANGE_ID": "7", "CHANGE_BRANCH": "release/1"},
    "azure": AZURE
    | {
        "BUILD_SOURCEBRANCH": "refs/pull/7/merge",
        "BUILD_REASON": "PullRequest",
        "SYSTEM_PULLREQUEST_SOURCEBRANCH": "refs/heads/release/1",
    },
    "buildkite": BUILDKITE | {"BUILDKITE_BRANCH": "release/1", "BUILDKITE_PULL_REQUEST": "7"},
    "bitbucket": BITBUCKET | {"BITBUCKET_BRANCH": "release/1", "BITBUCKET_PR_ID": "7"},
}


@pytest.mark.parametrize("environ", REQUESTS.values(), ids=REQUESTS)
def test_a_pull_request(environ: dict[str, str]) -> None:
    """A pull request has a source branch, and is of no branch."""
    (found,) = builds(environ)
    assert (found.is_pull_request, found.source, found.branch, found.tag) == (True, "release/1", None, None)


def test_a_branch_of_circle_with_a_pull_request() -> None:
    """CircleCI builds branches: the branch is that of a pull request, too."""
    url = "https://github.com/a/b/pull/7"
    (found,) = builds(CIRCLE | {"CIRCLE_BRANCH": "release/1", "CIRCLE_PULL_REQUEST": url})
    assert (found.is_pull_request, found.branch) == (True, None)


def test_a_review_of_a_pull_request() -> None:
    """A reference that is neither a branch's nor a tag's names nothing."""
    reviewed = {"GITHUB_REF": "refs/pull/7/merge", "GITHUB_REF_TYPE": "branch", "GITHUB_REF_NAME": "7/merge"}
    (found,) = builds(GITHUB | reviewed)
    assert (found.branch, found.tag) == (None, None)


def test_no_service() -> None:
    """Names that anybody may use are no service's without one of its own."""
    assert builds({"CI": "true", "BRANCH_NAME": "main", "TAG_NAME": "v1", "GITHUB_REF": ""}) == []
