"""Globs of files, as shells match them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from typedflow.values import Location, TypedflowError
from typedflow.workspace._files import display_name
from typedflow.workspace._paths import is_folder, is_there
from typedflow.workspace._shared_findings import unreadable_file

_WILDCARD = re.compile(r"[*?[]")
_ANY_FOLDERS = "**"


def is_glob(text: str) -> bool:
    """Return whether a text has a wildcard: ``*``, ``?`` or ``[``."""
    return _WILDCARD.search(text) is not None


def glob_folder(glob: str) -> str:
    """Return the folder that a glob is below: its parts before the first wildcard."""
    return _WILDCARD.split(glob, maxsplit=1)[0].rpartition("/")[0] or ("/" if glob.startswith("/") else ".")


def matching_files(root: Path, glob: str) -> list[str]:
    """Return the names of all files that a glob matches, relative to the root if the glob is, in order.

    ``**`` matches any number of folders, and does not follow links. A hidden name matches only a part that begins with
    a dot.

    Raises:
        TypedflowError: ``unreadable-file`` for a folder that cannot be read.
    """
    parts = [part for part in glob.split("/") if part not in {"", "."}]
    if not parts or glob.endswith("/"):
        return []
    if parts[-1] == _ANY_FOLDERS:
        parts.append("*")
    folders = {"/" if glob.startswith("/") else ""}
    for part in parts[:-1]:
        folders = {found for folder in folders for found in _folders(root, folder, part)}
    return sorted({found for folder in folders for found in _files(root, folder, parts[-1])})


def _folders(root: Path, folder: str, part: str) -> Iterator[str]:
    if part == _ANY_FOLDERS:
        yield folder
        for entry in _entries(root, folder):
            if _matches(entry.name, "*") and entry.is_dir(follow_symlinks=False):
                yield from _folders(root, f"{folder}{entry.name}/", part)
    elif is_glob(part):
        for entry in _entries(root, folder):
            if _matches(entry.name, part) and is_folder(root / folder / entry.name):
                yield f"{folder}{entry.name}/"
    elif is_folder(root / folder / part):
        yield f"{folder}{part}/"


def _files(root: Path, folder: str, part: str) -> Iterator[str]:
    """Yield what a part matches in a folder, except folders: a broken link is a file that is missing."""
    if is_glob(part):
        names = [entry.name for entry in _entries(root, folder) if _matches(entry.name, part)]
    else:
        names = [part] if is_there(root / folder / part) else []
    yield from (f"{folder}{name}" for name in names if not is_folder(root / folder / name))


def _matches(name: str, part: str) -> bool:
    return fnmatchcase(name, part) and (not name.startswith(".") or part.startswith("."))


def _entries(root: Path, folder: str) -> list[os.DirEntry[str]]:
    path = root / folder
    try:
        with os.scandir(path) as entries:
            return list(entries)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        message = f"the directory cannot be read: {error.strerror}"
        place = Location(display_name(path, root))
        raise TypedflowError([unreadable_file(message, place, hint="check its permissions")]) from None
