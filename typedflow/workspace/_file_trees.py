"""A folder of text files as a whole: what is in it, and how it becomes another."""

import contextlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from typedflow.workspace._files import read_source
from typedflow.workspace._paths import is_file, is_folder
from typedflow.workspace._writing import write_all


def read_tree(folder: Path, suffix: str) -> dict[str, str]:
    """Return the text of every file of a suffix by its name below the folder; nothing where there is no folder.

    Raises:
        TypedflowError: ``unreadable-file``, ``not-text`` or ``too-large``.
    """
    if not is_folder(folder):
        return {}
    files = sorted(file for file in folder.rglob(f"*{suffix}") if is_file(file))
    return {file.relative_to(folder).as_posix(): read_source(file).text for file in files}


def write_tree(folder: Path, texts: Mapping[str, str], stale: Iterable[str] = ()) -> None:
    """Write all files or none; then take away those that are stale, with the folders that are empty then.

    Raises:
        TypedflowError: ``unwritable-file``; new files are gone again.
    """
    write_all({folder / name: text for name, text in texts.items()})
    for file in (folder / name for name in stale):
        with contextlib.suppress(OSError):  # a leftover harms less than half a tree would
            file.unlink()
            file.parent.rmdir()
