"""What a CI service reports about its checkout: its branch, its tag, its commit, a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_BRANCH, _TAG = "refs/heads/", "refs/tags/"


@dataclass(frozen=True, slots=True)
class _Service:
    """The variables of a CI service.

    ``marks``: if one of them is set, this service is running. ``references`` are full, as in ``refs/heads/main``;
    ``branches`` and ``tags`` are names; ``remotes`` are branches of the remote ``origin``. ``kind`` says whether
    ``name`` is a branch or a tag. ``requests`` are set for a pull request (and not to ``false``), ``NAME=value`` to
    that value; ``sources`` have its source branch.
    """

    name: str
    marks: tuple[str, ...]
    commits: tuple[str, ...]
    references: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    remotes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    kind: tuple[str, str] = ("", "")
    requests: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


#: Source: the services' own references, as of 2026:
#: https://docs.github.com/en/actions/reference/workflows-and-actions/variables (a pull request's GITHUB_REF is
#: refs/pull/N/merge, although its GITHUB_REF_TYPE is `branch`; for pull_request_target it is the base branch),
#: https://docs.gitlab.com/ci/variables/predefined_variables (CI_COMMIT_BRANCH is unset for merge requests and tags;
#: Woodpecker has the same names, https://woodpecker-ci.org/docs/usage/environment, and sets it to the target branch),
#: https://www.jenkins.io/doc/book/pipeline/multibranch and https://plugins.jenkins.io/git (BRANCH_NAME is the tag's
#: name for a tag and `PR-N` for a change; GIT_BRANCH is `detached` where a commit is built),
#: https://circleci.com/docs/reference/variables,
#: https://learn.microsoft.com/azure/devops/pipelines/build/variables (BUILD_SOURCEBRANCH is a full reference),
#: https://buildkite.com/docs/pipelines/environment_variables (BUILDKITE_COMMIT may be `HEAD`, BUILDKITE_PULL_REQUEST
#: `false`), https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets (BITBUCKET_BRANCH is the source).
_SERVICES = (
    _Service(
        "GitHub Actions",
        marks=("GITHUB_REF", "GITHUB_REF_NAME"),
        commits=("GITHUB_SHA",),
        references=("GITHUB_REF",),
        kind=("GITHUB_REF_TYPE", "GITHUB_REF_NAME"),
        requests=("GITHUB_HEAD_REF",),
        sources=("GITHUB_HEAD_REF",),
    ),
    _Service(
        "GitLab CI",
        marks=("CI_COMMIT_BRANCH", "CI_COMMIT_TAG", "CI_MERGE_REQUEST_IID"),
        commits=("CI_COMMIT_SHA",),
        branches=("CI_COMMIT_BRANCH",),
        tags=("CI_COMMIT_TAG",),
        requests=("CI_MERGE_REQUEST_IID", "CI_EXTERNAL_PULL_REQUEST_IID", "CI_COMMIT_PULL_REQUEST"),
        sources=("CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "CI_COMMIT_SOURCE_BRANCH"),
    ),
    _Service(
        "Jenkins",
        marks=("JENKINS_URL", "GIT_COMMIT"),
        commits=("GIT_COMMIT",),
        branches=("BRANCH_NAME",),
        remotes=("GIT_BRANCH",),
        tags=("TAG_NAME",),
        requests=("CHANGE_ID", "ghprbPullId"),
        sources=("CHANGE_BRANCH", "ghprbSourceBranch"),
    ),
    _Service(
        "CircleCI",
        marks=("CIRCLECI", "CIRCLE_BRANCH", "CIRCLE_TAG"),
        commits=("CIRCLE_SHA1",),
        branches=("CIRCLE_BRANCH",),
        tags=("CIRCLE_TAG",),
        # It builds branches, and names a pull request that a branch happens to have: no `sources`.
        requests=("CIRCLE_PULL_REQUEST", "CIRCLE_PR_NUMBER"),
    ),
    _Service(
        "Azure Pipelines",
        marks=("BUILD_SOURCEBRANCH",),
        commits=("BUILD_SOURCEVERSION",),
        references=("BUILD_SOURCEBRANCH",),
        requests=("BUILD_REASON=PullRequest", "SYSTEM_PULLREQUEST_PULLREQUESTID"),
        sources=("SYSTEM_PULLREQUEST_SOURCEBRANCH",),
    ),
    _Service(
        "Buildkite",
        marks=("BUILDKITE_BRANCH",),
        commits=("BUILDKITE_COMMIT",),
        branches=("BUILDKITE_BRANCH",),
        tags=("BUILDKITE_TAG",),
        requests=("BUILDKITE_PULL_REQUEST",),
        sources=("BUILDKITE_BRANCH",),
    ),
    _Service(
        "Bitbucket Pipelines",
        marks=("BITBUCKET_COMMIT", "BITBUCKET_BRANCH", "BITBUCKET_TAG"),
        commits=("BITBUCKET_COMMIT",),
        branches=("BITBUCKET_BRANCH",),
        tags=("BITBUCKET_TAG",),
        requests=("BITBUCKET_PR_ID",),
        sources=("BITBUCKET_BRANCH",),
    ),
)


@dataclass(frozen=True, slots=True)
class Build:
    """What a service reports: the branch or the tag, the variable with it, and the commit (empty if it names none).

    ``source`` is the source branch of a pull request, which is not a name for what is built.
    """

    service: str
    variable: str = ""
    branch: str | None = None
    tag: str | None = None
    commit: str = ""
    is_pull_request: bool = False
    source: str | None = None


def builds(environ: Mapping[str, str]) -> list[Build]:
    """Return what each CI service in the environment variables reports; usually there is none, or one."""
    return [_build(service, environ) for service in _SERVICES if any(environ.get(name) for name in service.marks)]


def _build(service: _Service, environ: Mapping[str, str]) -> Build:
    commit = next(_values(service.commits, environ), ("", ""))[1].lower()
    commit = commit if set(commit) <= set("0123456789abcdef") else ""  # Buildkite's `HEAD` names none
    if any(_is_set(request, environ) for request in service.requests):
        source = next(_values(service.sources, environ), ("", ""))[1].removeprefix(_BRANCH) or None
        return Build(service.name, commit=commit, is_pull_request=True, source=source)
    for variable, reference in _references(service, environ):
        if reference.startswith(_TAG):
            return Build(service.name, variable, tag=reference.removeprefix(_TAG), commit=commit)
        if reference.startswith(_BRANCH):
            return Build(service.name, variable, branch=reference.removeprefix(_BRANCH), commit=commit)
    return Build(service.name, commit=commit)


def _references(service: _Service, environ: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Return each full reference that a service names, tags before branches, with its variable."""
    full = list(_values(service.references, environ))
    yield from full
    for name, tag in _values(service.tags, environ):
        yield name, f"{_TAG}{tag.removeprefix(_TAG)}"
    for name, branch in _values(service.branches, environ):
        yield name, f"{_BRANCH}{branch.removeprefix(_BRANCH)}"
    for name, branch in _values(service.remotes, environ):
        if branch.startswith("origin/"):
            yield name, f"{_BRANCH}{branch.removeprefix('origin/')}"
    kind, name = service.kind
    prefix = {"branch": _BRANCH, "tag": _TAG}.get(environ.get(kind, ""))
    if prefix and environ.get(name) and not full:
        yield name, f"{prefix}{environ[name]}"


def _values(names: Iterable[str], environ: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield from ((name, environ[name]) for name in names if environ.get(name))


def _is_set(request: str, environ: Mapping[str, str]) -> bool:
    name, equals, value = request.partition("=")
    found = environ.get(name, "")
    return found == value if equals else found not in {"", "false"}
