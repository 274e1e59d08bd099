"""Name the projects below a directory that belongs to none."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from typedflow.project._manifest import MANIFEST, PYPROJECT, manifest_in
from typedflow.render import shell_line
from typedflow.values import Diagnostic, TypedflowError, listed
from typedflow.workspace import from_here, real_path, search_folders


def with_projects_below(found: Sequence[Diagnostic], start: Path) -> list[Diagnostic]:
    """Return the finding that a directory belongs to no project with the projects below it, if there are any."""
    try:
        start = real_path(start)
    except FileNotFoundError:  # of the working directory, while this process is in it
        return list(found)
    below = [shell_line([from_here(each)]) for each in search_folders(start, _has_manifest)]
    return [_with_names(item, below) for item in found] if below else list(found)


def _with_names(item: Diagnostic, below: list[str]) -> Diagnostic:
    below_it = f"is the project {listed(below)}" if len(below) == 1 else f"are the projects {listed(below)}"
    message = f"{item.message}; below it {below_it}"
    which = "it" if len(below) == 1 else "one of them"
    hint = f"change to {which}: `cd {below[0]}`; or name it: `--project {below[0]}`"
    return replace(item, message=message, hint=hint)


def _has_manifest(folder: Path, names: Collection[str]) -> bool:
    if MANIFEST not in names and PYPROJECT not in names:
        return False
    try:
        return manifest_in(folder) is not None
    except TypedflowError:  # whoever uses it will learn what is wrong with it
        return True
