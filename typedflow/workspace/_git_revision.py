"""Write the files of a git revision to a temporary directory."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from typedflow.values import TypedflowError, closest
from typedflow.workspace._git import FOREIGN
from typedflow.workspace._paths import real_path
from typedflow.workspace._shared_findings import bad_option
from typedflow.workspace._temporary import temporary_folder

_SECONDS = 600


@contextlib.contextmanager
def revision_files(folder: Path, ref: str) -> Iterator[tuple[Path, Path]]:
    """Write the files of a git revision to a temporary directory, for as long as the context lasts.

    It yields the root of the folder's repository, and the temporary directory. The repository is only read:
    neither its index nor its list of worktrees changes.

    Raises:
        TypedflowError: ``bad-option`` if there is no such revision.
    """
    repository = Path(
        _git(folder, "rev-parse", "--show-toplevel", why="a revision requires a git repository, and this is not one")
    )
    commit = _commit(folder, ref)
    with temporary_folder() as name:
        place = real_path(Path(name))
        tree = place / "tree"
        tree.mkdir()
        own = {"GIT_INDEX_FILE": str(place / "index"), "GIT_LFS_SKIP_SMUDGE": "1"}
        why = f"git cannot write the files of `{ref}`"
        _git(repository, "-c", "core.sparseCheckout=false", "read-tree", commit, environ=own, why=why)
        _git(repository, "checkout-index", "--all", f"--prefix={tree}{os.sep}", environ=own, why=why)
        yield repository, tree


def _commit(root: Path, ref: str) -> str:
    done = _run(root, ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}"), {})
    if done.returncode == 0:
        return done.stdout.strip()
    names = _run(root, ("for-each-ref", "--format=%(refname:short)"), {}).stdout.split()
    near = next((name for name in names if name.endswith(f"/{ref}")), None) or closest(ref, names)
    hint = "" if near else "name a branch, a tag or a commit, such as `main`"
    if _run(root, ("rev-parse", "--is-shallow-repository"), {}).stdout.strip() == "true":
        hint = "the clone is shallow: `git fetch --unshallow`, or `fetch-depth: 0` in a workflow's checkout"
    label = f"did you mean `{near}`?" if near else ""
    message = f"git has no revision `{ref}`"
    raise TypedflowError([bad_option(message, label=label, hint=hint)])


def _git(folder: Path, *arguments: str, why: str, environ: Mapping[str, str] | None = None) -> str:
    """Return what git prints.

    Raises:
        TypedflowError: ``bad-option``, with git's message.
    """
    done = _run(folder, arguments, environ or {})
    if done.returncode == 0:
        return done.stdout.strip()
    said = done.stderr.strip().splitlines()
    raise TypedflowError([bad_option(f"{why}{f': {said[0]}' if said else ''}")])


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
        message = "a revision requires git, which is not in PATH"
        raise TypedflowError([bad_option(message, hint="install git")]) from None
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise TypedflowError([bad_option(f"git cannot be run: {error}")]) from None
