"""What a path leads to.

``Path`` asks, too, but raises where links go round in circles (before Python 3.13) and where a name is too long.
"""

import os
from pathlib import Path


def real_path(path: Path) -> Path:
    """Return the absolute path, with its links followed as far as they lead."""
    return Path(os.path.realpath(path))


def is_folder(path: Path) -> bool:
    """Return whether there is a folder."""
    return os.path.isdir(path)  # noqa: PTH112 # see above


def is_file(path: Path) -> bool:
    """Return whether there is a file."""
    return os.path.isfile(path)  # noqa: PTH113 # see above


def exists(path: Path) -> bool:
    """Return whether there is anything, links followed."""
    return os.path.exists(path)  # noqa: PTH110 # see above


def is_there(path: Path) -> bool:
    """Return whether there is anything of this name: a file, a directory, or a link that leads nowhere."""
    return os.path.lexists(path)


def is_text(path: Path | str) -> bool:
    """Return whether a path is UTF-8; Python has surrogates in the place of bytes that are not."""
    return as_text(path) == str(path)


def as_text(path: Path | str) -> str:
    """Return a path as it can be written: bytes that are not UTF-8 as escapes."""
    return str(path).encode("utf-8", "backslashreplace").decode()
