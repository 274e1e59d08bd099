"""The branch or the tags that are checked out, by git or, where git knows no branch, by a CI service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typedflow.workspace._ci_builds import Build
    from typedflow.workspace._git import Checkout

_SHORTEST = 7


class CheckedOut(NamedTuple):
    """A branch, or tags; ``by`` is the CI service that reports it, if not git. ``problem``: why no branch is known.

    ``is_source``: the branch is the source of a pull request, and chooses nothing.
    """

    branch: str | None = None
    tags: tuple[str, ...] = ()
    by: str = ""
    problem: str = ""
    is_source: bool = False


def checked_out(root: Path, environ: Mapping[str, str]) -> CheckedOut:
    """Return what is checked out at a directory.

    A service's variable counts only where git knows no branch and the commit that the service names, if it names one,
    is HEAD. The source branch of a pull request chooses nothing, so that its author cannot choose the environment.
    """
    from typedflow.workspace._ci_builds import builds
    from typedflow.workspace._git import checkout as git_checkout

    checkout, found = git_checkout(root), builds(environ)
    if checkout.branch is not None:
        request = next((build for build in found if build.is_pull_request and build.source == checkout.branch), None)
        if request is None:
            return CheckedOut(checkout.branch)
        problem = f"`{checkout.branch}` is the source of a pull request, which {request.service} builds"
        return CheckedOut(checkout.branch, problem=problem, is_source=True)
    request = next((build for build in found if build.is_pull_request), None)
    if request is not None:
        return CheckedOut(problem=f"{checkout.problem}, and {request.service} builds a pull request")
    named = [build for build in found if build.branch or build.tag]
    return _agreed([build for build in named if _is_head(build, checkout)], named, checkout)


def _agreed(counted: Sequence[Build], named: Sequence[Build], checkout: Checkout) -> CheckedOut:
    """Return what the services report if they agree, else what git knows."""
    if not counted:
        why = "which is not HEAD" if checkout.commit else "which cannot be compared with HEAD"
        others = "".join(f"; {_shown(build)} at {build.commit[:_SHORTEST]}, {why}" for build in named)
        return CheckedOut(tags=checkout.tags, problem=f"{checkout.problem}{others}")
    first = counted[0]
    other = next((build for build in counted if (build.branch, build.tag) != (first.branch, first.tag)), None)
    if other is not None:
        return CheckedOut(problem=f"{checkout.problem}, and {_shown(first)}, but {_shown(other)}")
    by = f"{first.service}: {first.variable}"
    return CheckedOut(first.branch, (first.tag,) if first.tag else (), by, checkout.problem)


def _is_head(build: Build, checkout: Checkout) -> bool:
    """Return whether a service builds the commit that is checked out, or names no commit."""
    if not build.commit:
        return True
    return len(build.commit) >= _SHORTEST and checkout.commit.startswith(build.commit)


def _shown(build: Build) -> str:
    what = f"the tag `{build.tag}`" if build.tag else f"the branch `{build.branch}`"
    return f"{build.variable} of {build.service} names {what}"
