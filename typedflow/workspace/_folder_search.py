"""Search the folders below one, within limits."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from itertools import islice
from pathlib import Path

#: Limits for large trees: the search then takes less than a tenth of a second.
_MOST_FOLDERS, _MOST_NAMES, _DEPTH = 1_000, 20_000, 5
_IGNORED = {"node_modules", "site-packages", "dist-packages", "__pycache__"}
#: The file that makes a folder a virtual environment.
_ENVIRONMENT = "pyvenv.cfg"


def search_folders(start: Path, is_wanted: Callable[[Path, Collection[str]], bool]) -> list[Path]:
    """Return the folders below one that are wanted, by depth and name; ``is_wanted`` gets a folder and its names.

    Not searched are folders that are wanted, hidden or linked, virtual environments and installed packages, and what is
    beyond the limits.
    """
    found: list[Path] = []
    level, folders, names_left = [start], _MOST_FOLDERS, _MOST_NAMES
    for depth in range(_DEPTH + 1):
        below: list[Path] = []
        for folder in level[:folders]:
            entries = _entries(folder, names_left)
            names_left -= len(entries)
            names = {entry.name for entry in entries}
            if depth and is_wanted(folder, names):
                found.append(folder)
            elif _ENVIRONMENT not in names:
                below += (folder / name for name in sorted(map(_name, filter(_is_searched, entries))))
        folders -= len(level)
        level = below
    return found


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _is_searched(entry: os.DirEntry[str]) -> bool:
    return not (entry.name.startswith(".") or entry.name in _IGNORED) and entry.is_dir(follow_symlinks=False)


def _entries(folder: Path, most: int) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(islice(entries, most))
    except OSError:  # what cannot be read has no project for this user
        return []
