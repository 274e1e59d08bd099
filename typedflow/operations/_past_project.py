"""Read a project at a git revision: import its modules as they were, and name its places by the revision."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

from typedflow.models import model_not_found
from typedflow.project import Revision
from typedflow.values import Diagnostic, Location, TypedflowError
from typedflow.workspace import is_there, real_path


def import_as_it_was(today: str, tree: str) -> None:
    """Import what the repository ``today`` has from where it was in this process: the ``tree``, if there is one."""
    if tree:
        sys.path[:] = [_as_it_was(place, Path(today), Path(tree)) for place in sys.path]


def _as_it_was(place: str, today: Path, tree: Path) -> str:
    """Return where a folder of the repository was at the revision, if modules are imported from it."""
    if not real_path(Path(place)).is_relative_to(today):
        return place
    past = tree / real_path(Path(place)).relative_to(today)
    return str(past) if is_there(past) else place


def refuse_current_modules(today: str, tree: str, before: set[str]) -> None:
    """Reject modules of the working tree in place of the past ones: an installed package may lead to it.

    Raises:
        TypedflowError: ``model-not-found``.
    """
    for name in sorted(set(sys.modules) - before) if tree else ():
        file = getattr(sys.modules[name], "__file__", None) or ""
        is_own = name.partition(".")[0] == __name__.partition(".")[0]
        if file.startswith(today + os.sep) and not (file.startswith(tree) or "-packages" in file or is_own):
            message = f"`{name}` is imported from the working tree, so the model at the revision cannot be imported"
            hint = 'name the model by its file, `model = "path/to/file.py:Class"`, or install its package elsewhere'
            raise TypedflowError([model_not_found(message, Location(file), hint=hint)])


def place_at_revision(item: Diagnostic, past: Revision) -> Diagnostic:
    """Return a finding in past files, with places that name the revision."""
    related = tuple(other._replace(location=name_by_revision(other.location, past)) for other in item.related)
    place = name_by_revision(item.location, past) if item.location else Location(past.ref)
    return replace(item, location=place, related=related)


def name_by_revision(place: Location, past: Revision) -> Location:
    """Return a place in past files under a name with the revision."""
    file = Path(place.name)
    if file.is_absolute() and not file.is_relative_to(past.root):
        return place
    name = file.relative_to(past.root).as_posix() if file.is_absolute() else place.name
    return place._replace(name=f"{past.ref}:{name}")
