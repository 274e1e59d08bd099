"""Create a project that runs immediately."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from typedflow.operations._starter_files import FILES, IGNORED
from typedflow.values import Location, TypedflowError
from typedflow.workspace import is_there, read_source, unwritable_file, write_all


def init_project(root: Path) -> tuple[Path, ...]:
    """Write the files of a new project to a directory, and return them; all or none are written.

    Raises:
        TypedflowError: ``unwritable-file``: a file exists already, or cannot be written.
    """
    files = {root / name: text for name, text in FILES.items()}
    _reject_existing(files)
    ignore = root / ".gitignore"
    write_all({**files, ignore: _ignored(ignore)})
    return (*files, ignore)


def _reject_existing(files: Iterable[Path]) -> None:
    message = "the file already exists, and `init` does not overwrite files"
    hint = "create the project in another directory: `typedflow init DIR`"
    found = [file for file in files if is_there(file)]
    if found:
        places = (Location(file.as_posix()) for file in found)
        raise TypedflowError(unwritable_file(message, place, hint=hint) for place in places)


def _ignored(file: Path) -> str:
    """Return the text of .gitignore, which ignores the files that runs write."""
    text = read_source(file).text if is_there(file) else ""
    lines = [line.rstrip("\r") for line in text.split("\n")]
    missing = [line for line in IGNORED if line not in lines]
    if text and not text.endswith("\n"):
        text += "\n"
    return text + "".join(f"{line}\n" for line in missing)
