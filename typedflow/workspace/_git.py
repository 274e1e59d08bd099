"""What git reports about a project's checkout: the branch, or the commit and its tags, or why neither is known."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

SECONDS = 10.0
_BRANCHES = "refs/heads/"
#: Git sets these for its hooks, to the repository that they run in; here the project's directory determines it.
FOREIGN = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR")


@dataclass(frozen=True, slots=True)
class Checkout:
    """What is checked out: a branch; else the commit and its tags, if git knows them, and why there is no branch."""

    branch: str | None = None
    commit: str = ""
    tags: tuple[str, ...] = ()
    problem: str = ""


class GitError(Exception):
    """Git does not answer; the text has the reason."""


def checkout(root: Path, seconds: float = SECONDS) -> Checkout:
    """Return what git has checked out at a directory; git is called again only if HEAD is detached.

    A branch without a commit counts, in worktrees and submodules as well. Units: ``seconds`` for each question.
    """
    try:
        # Not --short: if a tag has the name of the branch, it returns `heads/NAME`.
        reference = ask_git(root, "symbolic-ref", "--quiet", "HEAD", seconds=seconds)
        if reference.startswith(_BRANCHES):
            return Checkout(reference.removeprefix(_BRANCHES))
        commit = ask_git(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}", seconds=seconds)
        if not commit:
            return Checkout(problem="git knows neither a branch nor a commit")
        tags = ask_git(
            root, "for-each-ref", "--format=%(refname:strip=2)", "--points-at", commit, "refs/tags", seconds=seconds
        )
        return Checkout(None, commit, tuple(tags.splitlines()), f"HEAD is detached at {commit[:7]}")
    except GitError as error:
        return Checkout(problem=str(error))


def ask_git(root: Path, *arguments: str, seconds: float) -> str:
    """Return what git prints; an empty text for a silent no, as with ``--quiet``."""
    environ = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    try:
        done = subprocess.run(  # noqa: S603 # git's own commands
            ["git", *arguments],  # noqa: S607 # the git of the user's PATH
            cwd=root,
            env={**environ, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="surrogateescape",
            check=False,
            timeout=seconds,
        )
    except (FileNotFoundError, NotADirectoryError):
        raise GitError("git is not installed") from None
    except subprocess.TimeoutExpired:
        raise GitError(f"git did not answer within {seconds:g} seconds") from None
    except OSError as error:
        raise GitError(f"git cannot be started: {error.strerror or error}") from None
    if done.returncode and done.stderr.strip():
        raise GitError(_short_reason(done.stderr.strip()))
    if done.returncode not in {0, 1}:
        raise GitError(f"git failed with exit code {done.returncode}")
    return done.stdout.strip()


def _short_reason(said: str) -> str:
    """Return git's reason in a few words.

    Source: ``die_upon_dubious_ownership`` and ``setup_git_directory_gently`` in git's setup.c (2.35.2 and later).
    """
    if "dubious ownership" in said:
        return "git rejects this repository because another user owns it (see git's `safe.directory`)"
    if "not a git repository" in said:
        return "this is not a git repository"
    return f"git failed: {said.splitlines()[0].removeprefix('fatal: ')}"
