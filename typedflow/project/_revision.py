"""The project as it was: a git revision in a directory of its own, which is gone afterwards."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from typedflow.project._git import FOREIGN
from typedflow.project._manifest import find_manifest
from typedflow.project._paths import is_folder, real_path
from typedflow.values import RULES, Diagnostic, TypedflowError, closest

_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision's files: the repository as it is, as it was, and the project's directory in the latter."""

    ref: str
    today: Path
    tree: Path
    root: Path


@contextlib.contextmanager
def revision(root: Path, ref: str) -> Iterator[Revision]:
    """Write the files of a git revision to a temporary directory, as long as they are needed.

    The repository is only read: neither its index nor its list of worktrees changes.

    Raises:
        TypedflowError: ``bad-option`` where there is no such revision; ``no-project`` where the project was not in it.
    """
    today = Path(_git(root, "rev-parse", "--show-toplevel", why="a revision needs a git repository, and this is none"))
    commit = _commit(root, ref)
    with tempfile.TemporaryDirectory(prefix="typedflow-", ignore_cleanup_errors=True) as name:
        folder = real_path(Path(name))
        tree = folder / "tree"
        tree.mkdir()
        own = {"GIT_INDEX_FILE": str(folder / "index"), "GIT_LFS_SKIP_SMUDGE": "1"}
        why = f"git cannot write the files of `{ref}`"
        _git(today, "-c", "core.sparseCheckout=false", "read-tree", commit, environ=own, why=why)
        _git(today, "checkout-index", "--all", f"--prefix={tree}{os.sep}", environ=own, why=why)
        yield Revision(ref, today, tree, _project_in(tree, real_path(root).relative_to(real_path(today)), ref))


def _project_in(tree: Path, below: Path, ref: str) -> Path:
    root = tree / below
    try:
        found = find_manifest(root)[0] if is_folder(root) else None
    except TypedflowError as error:  # what is wrong with a manifest is said by whoever opens the project
        found = None if error.diagnostics[0].rule.name == "no-project" else root
    if found != root:
        raise _missing(below, ref)
    return root


def _commit(root: Path, ref: str) -> str:
    done = _run(root, ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}"), {})
    if done.returncode == 0:
        return done.stdout.strip()
    names = _run(root, ("for-each-ref", "--format=%(refname:short)"), {}).stdout.split()
    near = next((name for name in names if name.endswith(f"/{ref}")), None) or closest(ref, names)
    hint = "" if near else "name a branch, a tag or a commit, as in `main`"
    if _run(root, ("rev-parse", "--is-shallow-repository"), {}).stdout.strip() == "true":
        hint = "the clone is shallow: `git fetch --unshallow`, or `fetch-depth: 0` where a workflow checks out"
    label = f"did you mean `{near}`?" if near else ""
    message = f"git knows no revision `{ref}`"
    raise TypedflowError([Diagnostic(RULES["bad-option"], message, label=label, hint=hint)])


def _git(folder: Path, *arguments: str, why: str, environ: Mapping[str, str] | None = None) -> str:
    """Give what git prints.

    Raises:
        TypedflowError: ``bad-option``, with what git says.
    """
    done = _run(folder, arguments, environ or {})
    if done.returncode == 0:
        return done.stdout.strip()
    said = done.stderr.strip().splitlines()
    raise TypedflowError([Diagnostic(RULES["bad-option"], f"{why}{f': {said[0]}' if said else ''}")])


def _run(folder: Path, arguments: tuple[str, ...], environ: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    try:
        return subprocess.run(  # noqa: S603 # git's own commands; what a user names stands behind --end-of-options
            ["git", *arguments],  # noqa: S607 # the git of the user's PATH
            cwd=folder,
            env={**kept, "LC_ALL": "C", **environ},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="surrogateescape",
            check=False,
            timeout=_SECONDS,
        )
    except FileNotFoundError:
        message = "a revision needs git, and there is none in PATH"
        raise TypedflowError([Diagnostic(RULES["bad-option"], message, hint="install git")]) from None
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise TypedflowError([Diagnostic(RULES["bad-option"], f"git cannot be run: {error}")]) from None


def _missing(below: Path, ref: str) -> TypedflowError:
    place = "" if below == Path() else f" in `{below.as_posix()}`"
    message = f"at `{ref}` there is no project{place}: no manifest"
    hint = "name a revision that has it; a project that was moved cannot be compared with what it was"
    return TypedflowError([Diagnostic(RULES["no-project"], message, hint=hint)])
