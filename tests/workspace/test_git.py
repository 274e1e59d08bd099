"""What git knows of a checkout: real repositories, and programs that stand for a git that fails."""

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from typedflow.workspace._git import Checkout, checkout

Git = Callable[..., str]


@pytest.fixture
def repository(tmp_path: Path, git: Git) -> Path:
    """A repository on `main` with one commit."""
    git("init", "-q", "repo")
    git("-C", "repo", "commit", "-q", "--allow-empty", "-m", "first")
    return tmp_path / "repo"


@pytest.fixture
def fake_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Put a program of shell commands in git's place."""

    def put(commands: str) -> None:
        program = tmp_path / "bin" / "git"
        program.parent.mkdir(exist_ok=True)
        program.write_text(f"#!{shutil.which('sh')}\n{commands}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)

    return put


@pytest.mark.parametrize("name", ["main", "release/1.0", "heads/x", "größe", "HEAD2"])
def test_a_branch(repository: Path, git: Git, name: str) -> None:
    """A branch is known by its whole name, in folders below the root, too."""
    git("-C", "repo", "checkout", "-q", "-B", name)
    (repository / "below").mkdir()
    assert checkout(repository / "below") == Checkout(name)


def test_a_branch_without_commits(tmp_path: Path, git: Git) -> None:
    """In a fresh repository the branch is known before its first commit."""
    git("init", "-q", "repo")
    assert checkout(tmp_path / "repo") == Checkout("main")


def test_a_tag_with_the_name_of_the_branch(repository: Path, git: Git) -> None:
    """The branch keeps its name where a tag has the same."""
    git("-C", "repo", "checkout", "-q", "-b", "v1")
    git("-C", "repo", "tag", "v1")
    assert checkout(repository) == Checkout("v1")


def test_a_detached_head(repository: Path, git: Git) -> None:
    """Commit and tags are known, annotated ones and others; those of other commits are not HEAD's."""
    git("-C", "repo", "tag", "light")
    git("-C", "repo", "tag", "-a", "annotated", "-m", "x")
    git("-C", "repo", "commit", "-q", "--allow-empty", "-m", "second")
    git("-C", "repo", "tag", "later")
    git("-C", "repo", "checkout", "-q", "light")
    commit = git("-C", "repo", "rev-parse", "HEAD")
    assert checkout(repository) == Checkout(None, commit, ("annotated", "light"), f"HEAD is detached at {commit[:7]}")


def test_a_rebase_in_progress(repository: Path, git: Git) -> None:
    """While a rebase waits, HEAD is on no branch."""
    git("-C", "repo", "commit", "-q", "--allow-empty", "-m", "second")
    git("-C", "repo", "-c", "sequence.editor=sed -i.bak s/^pick/edit/", "rebase", "-q", "-i", "HEAD~1", "--keep-empty")
    found = checkout(repository)
    assert (found.branch, found.problem) == (None, f"HEAD is detached at {found.commit[:7]}")


def test_a_worktree_and_a_submodule(repository: Path, git: Git, tmp_path: Path) -> None:
    """A worktree has a branch of its own; a submodule is detached, whatever the repository around it has."""
    git("-C", "repo", "worktree", "add", "-q", "-b", "other", "../tree")
    assert checkout(tmp_path / "tree") == Checkout("other")
    git("init", "-q", "whole")
    git("-C", "whole", "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(repository), "part")
    assert checkout(tmp_path / "whole" / "part") == Checkout("main")
    git("-C", "whole/part", "checkout", "-q", "--detach")
    assert checkout(tmp_path / "whole" / "part").problem.startswith("HEAD is detached at ")
    assert checkout(tmp_path / "whole") == Checkout("main")


def test_variables_of_a_hook_do_not_lead_elsewhere(
    repository: Path, git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The project's directory says which repository, not GIT_DIR."""
    git("init", "-q", "-b", "production", "other")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other" / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path / "other"))
    assert checkout(repository) == Checkout("main")
    assert checkout(tmp_path).problem == "this is not a git repository"


def test_no_repository(tmp_path: Path) -> None:
    """Outside of a repository no branch is known."""
    assert checkout(tmp_path) == Checkout(problem="this is not a git repository")


def test_no_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without git is no crash."""
    monkeypatch.setenv("PATH", os.devnull)
    assert checkout(repository) == Checkout(problem="git is not installed")


def test_somebody_elses_repository(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git refuses a repository of another user; GIT_TEST_ASSUME_DIFFERENT_OWNER is git's own way to test that."""
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    found = checkout(repository)
    assert found == Checkout(
        problem="git rejects this repository because another user owns it (see git's `safe.directory`)"
    )


FAILURES = {
    "with words": ("echo 'fatal: bad config line 1' >&2; exit 128", "git failed: bad config line 1"),
    "with 1 and words": ("echo 'error: disk' >&2; exit 1", "git failed: error: disk"),
    "without": ("exit 3", "git failed with exit code 3"),
    "no answer": ("exit 1", "git knows neither a branch nor a commit"),
    "killed": ("kill -9 $$", "git failed with exit code -9"),
}


@pytest.mark.parametrize(("commands", "problem"), FAILURES.values(), ids=FAILURES)
def test_a_git_that_fails(tmp_path: Path, fake_git: Callable[[str], None], commands: str, problem: str) -> None:
    """What git says is passed on; a failure is no answer."""
    fake_git(commands)
    assert checkout(tmp_path) == Checkout(problem=problem)


def test_a_git_that_cannot_be_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A git that is no program is no crash."""
    (tmp_path / "git").write_bytes(b"\x7fELF")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert checkout(tmp_path).problem.startswith("git cannot be started: ")


def test_a_git_that_hangs(tmp_path: Path, fake_git: Callable[[str], None]) -> None:
    """It is given up after a while, and its descendants are not waited for."""
    fake_git("sleep 60")
    begun = time.monotonic()
    assert checkout(tmp_path, 0.2) == Checkout(problem="git did not answer within 0.2 seconds")
    assert time.monotonic() - begun < 30
