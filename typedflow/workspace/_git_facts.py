"""What git knows about the code in a directory: where it is from, and which version it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from typedflow.workspace._checked_out import checked_out

_COMMIT = "# branch.oid "
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_SSH = {"ssh://", "git+ssh://", "ssh+git://"}


class GitFacts(NamedTuple):
    """The facts about a checkout; None where they are unknown. ``repository`` is a URL without credentials."""

    repository: str | None = None
    branch: str | None = None
    commit: str | None = None
    dirty: bool | None = None


def git_facts(root: Path, environ: Mapping[str, str]) -> GitFacts:
    """Return the facts about a directory's checkout: ``dirty`` if a file that git tracks differs from the commit.

    The branch is that of a CI service where git knows none, and the service names it for the same commit.
    """
    from typedflow.workspace._git import GitError

    try:
        status = _ask(root, "status", "--porcelain=v2", "--branch", "--untracked-files=no").splitlines()
        remotes = _ask(root, "config", "--get-regexp", r"^remote\..*\.url$").splitlines()
    except GitError:
        return GitFacts()
    commit = next((line.removeprefix(_COMMIT) for line in status if line.startswith(_COMMIT)), "")
    return GitFacts(
        _repository(remotes),
        checked_out(root, environ).branch,
        commit if commit.isalnum() else None,  # `(initial)` before the first commit
        any(not line.startswith("#") for line in status),
    )


def _ask(root: Path, *arguments: str) -> str:
    from typedflow.workspace._git import SECONDS, ask_git

    return ask_git(root, "--no-optional-locks", *arguments, seconds=SECONDS)


def _repository(remotes: list[str]) -> str | None:
    """Return the URL of the remote `origin`, or of the first one."""
    urls = dict(line.partition(" ")[::2] for line in reversed(remotes))
    found = urls.get("remote.origin.url") or next(reversed(urls.values()), "")
    return without_credentials(found) or None


def without_credentials(url: str) -> str:
    """Return the URL of a repository without a user's name and password; the name of an SSH user is kept."""
    from typedflow.values import redact_line

    scheme = _SCHEME.match(url)
    if scheme is None:
        return redact_line(url)
    rest = re.split(r"[?#]", url[scheme.end() :], maxsplit=1)[0]
    authority = rest.partition("/")[0]
    user, at, _ = authority.rpartition("@")
    host, _, port = authority.partition(":")
    if not at and host and port and not port.isdigit() and "@" in rest:  # a password with a slash
        user, at = rest.rpartition("@")[0], "@"
    own = rest[len(user) + len(at) :] if at else rest
    name = user.partition(":")[0]
    kept = f"{name}@" if name and at and scheme[0].lower() in _SSH else ""
    return redact_line(f"{scheme[0]}{kept}{own}")
