"""Read and write a folder of text files as a whole."""

import contextlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from typedflow.workspace._files import read_source
from typedflow.workspace._paths import is_file, is_folder
from typedflow.workspace._writing import write_all


def read_tree(folder: Path, suffix: str) -> dict[str, str]:
    """Return the text of every file of a suffix by its name below the folder; nothing if there is no folder.

    Raises:
        TypedflowError: ``unreadable-file``, ``not-text`` or ``too-large``.
    """
    if not is_folder(folder):
        return {}
    files = sorted(file for file in folder.rglob(f"*{suffix}") if is_file(file))
    return {file.relative_to(folder).as_posix(): read_source(file).text for file in files}


def write_tree(folder: Path, texts: Mapping[str, str], stale: Iterable[str] = ()) -> None:
    """Write all files or none; then remove those that are stale, and folders that become empty.

    Raises:
        TypedflowError: ``unwritable-file``; new files are removed again.
    """
    write_all({folder / name: text for name, text in texts.items()})
    for file in (folder / name for name in stale):
        with contextlib.suppress(OSError):  # a stale file does less harm than an incomplete tree
            file.unlink()
            file.parent.rmdir()
