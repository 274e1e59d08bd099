"""Read a project at a git revision, in a temporary directory."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from typedflow.project._manifest import find_manifest
from typedflow.project._shared_findings import no_project
from typedflow.values import TypedflowError
from typedflow.workspace import is_folder, real_path, revision_files


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision's files: the repository now, the repository then, and the project's directory in the latter."""

    ref: str
    today: Path
    tree: Path
    root: Path


@contextlib.contextmanager
def revision(root: Path, ref: str) -> Iterator[Revision]:
    """Write the files of a git revision to a temporary directory, which is removed on exit.

    Raises:
        TypedflowError: ``bad-option`` if the revision does not exist; ``no-project`` if it does not have the project.
    """
    with revision_files(root, ref) as (today, tree):
        yield Revision(ref, today, tree, _project_in(tree, real_path(root).relative_to(real_path(today)), ref))


def _project_in(tree: Path, below: Path, ref: str) -> Path:
    root = tree / below
    try:
        found = find_manifest(root)[0] if is_folder(root) else None
    except TypedflowError as error:  # other errors of the manifest are raised when the project is opened
        found = None if error.diagnostics[0].rule.name == "no-project" else root
    if found != root:
        raise _missing(below, ref)
    return root


def _missing(below: Path, ref: str) -> TypedflowError:
    place = "" if below == Path() else f" in `{below.as_posix()}`"
    message = f"at `{ref}` there is no project{place}: no manifest"
    hint = "name a revision that has one; a project that was moved cannot be compared with its earlier state"
    return TypedflowError([no_project(message, hint=hint)])
