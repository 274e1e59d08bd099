"""A project's files at a git revision."""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from typedflow.project import revision
from typedflow.values import Diagnostic

Write = Callable[[Mapping[str, str]], Path]
Git = Callable[..., str]
Findings = Callable[..., list[Diagnostic]]

MANIFEST = 'model = "model.py:Settings"\n'


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Redirect temporary files to an empty directory, and return it."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


@pytest.fixture
def repository(tmp_path: Path, write: Write, git: Git) -> Path:
    """Make a repository with a project below its root, tagged `v1`, and change it."""
    write({"repo/below/typedflow.toml": MANIFEST, "repo/below/model.py": "old\n", "repo/other.txt": "old\n"})
    git("init", "-q", "repo")
    at = ("-C", "repo")
    git(*at, "add", ".")
    git(*at, "commit", "-q", "-m", "first")
    git(*at, "tag", "v1")
    git(*at, "branch", "feature/old")
    write({"repo/below/model.py": "new\n", "repo/below/untracked.py": ""})
    return tmp_path / "repo"


def _opened(root: Path, ref: str) -> None:
    with revision(root, ref):
        pass


def test_a_revision_has_the_files_of_then(repository: Path) -> None:
    """All committed files are there, also those outside of the project; new files are not."""
    with revision(repository / "below", "v1") as past:
        assert (past.root / "model.py").read_text() == "old\n"
        assert (past.tree / "other.txt").read_text() == "old\n"
        assert not (past.root / "untracked.py").exists()
        assert (past.ref, past.today) == ("v1", repository.resolve())


def test_nothing_is_left_behind(repository: Path, git: Git, elsewhere: Path) -> None:
    """The repository, its index and worktrees, and the temporary directory are unchanged afterwards."""
    before = git("-C", "repo", "status", "--porcelain")
    with revision(repository / "below", "HEAD"):
        assert len(list(elsewhere.iterdir())) == 1
    assert list(elsewhere.iterdir()) == []
    assert git("-C", "repo", "status", "--porcelain") == before
    assert len(git("-C", "repo", "worktree", "list").splitlines()) == 1


def test_nothing_is_left_behind_after_an_interrupt(repository: Path, elsewhere: Path) -> None:
    """The files are also removed after an exception."""
    with pytest.raises(KeyboardInterrupt), revision(repository / "below", "HEAD"):
        raise KeyboardInterrupt
    assert list(elsewhere.iterdir()) == []


def test_git_of_a_hook_is_not_misled(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Variables that a hook's git sets do not lead to another index or repository."""
    index = repository / ".git" / "index"
    before = index.read_bytes()
    monkeypatch.setenv("GIT_INDEX_FILE", str(index))
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    with revision(repository / "below", "v1") as past:
        assert (past.root / "model.py").read_text() == "old\n"
    assert index.read_bytes() == before


def test_files_that_archives_leave_out_are_there(repository: Path, write: Write, git: Git) -> None:
    """`export-ignore` is for archives, and does not apply."""
    write({"repo/.gitattributes": "*.py export-ignore\n"})
    git("-C", "repo", "add", ".")
    git("-C", "repo", "commit", "-q", "-m", "second")
    with revision(repository / "below", "HEAD") as past:
        assert (past.root / "model.py").read_text() == "new\n"


@pytest.mark.parametrize(
    ("ref", "label"),
    [
        ("V1", "did you mean `v1`?"),
        ("old", "did you mean `feature/old`?"),
        ("mian", "did you mean `main`?"),
        ("", ""),
        ("--output=x", ""),
        ("v1:below/model.py", ""),
        ("nul\0", ""),
    ],
)
def test_an_unknown_revision_is_a_wrong_option(repository: Path, findings: Findings, ref: str, label: str) -> None:
    """An unknown revision is rejected, with a suggested branch or tag."""
    (found,) = findings(_opened, repository / "below", ref)
    assert (found.rule.name, found.label) == ("bad-option", label)


def test_a_directory_without_git_is_a_wrong_option(tmp_path: Path, findings: Findings) -> None:
    """Without a repository there are no revisions."""
    (found,) = findings(_opened, tmp_path, "main")
    assert found.rule.name == "bad-option"
    assert found.message.startswith(
        "a revision requires a git repository, and this is not one: fatal: not a git repository"
    )


def test_a_machine_without_git_is_told_so(
    repository: Path, findings: Findings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without git in PATH, the hint is to install it."""
    monkeypatch.setenv("PATH", str(tmp_path))
    (found,) = findings(_opened, repository / "below", "v1")
    assert (found.rule.name, found.hint) == ("bad-option", "install git")


def test_a_shallow_clone_is_told_how_to_get_more(repository: Path, git: Git, findings: Findings) -> None:
    """In a shallow clone, a missing revision may just not have been fetched."""
    git("-C", "repo", "commit", "-q", "--allow-empty", "-m", "second")
    git("clone", "-q", "--depth", "1", repository.as_uri(), "shallow")
    (found,) = findings(_opened, repository.parent / "shallow" / "below", "HEAD~1")
    assert found.hint.startswith("the clone is shallow: `git fetch --unshallow`")


@pytest.mark.parametrize("name", ["below", "below/model.py", "below/typedflow.toml"])
def test_a_revision_without_the_project_is_told_so(
    repository: Path, git: Git, findings: Findings, write: Write, name: str
) -> None:
    """A project that did not exist yet is an error, even if a project existed above it."""
    write({"repo/typedflow.toml": MANIFEST, "repo/new/typedflow.toml": MANIFEST})
    git("-C", "repo", "add", "typedflow.toml")
    git("-C", "repo", "rm", "-q", "-r", "-f", name)
    git("-C", "repo", "commit", "-q", "-m", "third")
    if name == "below/model.py":
        with revision(_made(repository / "below"), "HEAD") as past:
            assert not (past.root / "model.py").exists()
        return
    (found,) = findings(_opened, _made(repository / "below"), "HEAD")
    assert (found.rule.name, found.message) == ("no-project", "at `HEAD` there is no project in `below`: no manifest")


def _made(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return folder
