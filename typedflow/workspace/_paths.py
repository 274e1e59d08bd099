"""What exists at a path.

The methods of ``Path`` raise for circular links (before Python 3.13) and for names that are too long.
"""

import os
from pathlib import Path


def real_path(path: Path) -> Path:
    """Return the absolute path, with its links followed as far as they lead."""
    return Path(os.path.realpath(path))


def is_folder(path: Path) -> bool:
    """Return whether a path is a folder."""
    return os.path.isdir(path)  # noqa: PTH112 # see above


def is_file(path: Path) -> bool:
    """Return whether a path is a file."""
    return os.path.isfile(path)  # noqa: PTH113 # see above


def exists(path: Path) -> bool:
    """Return whether a path exists, links followed."""
    return os.path.exists(path)  # noqa: PTH110 # see above


def is_there(path: Path) -> bool:
    """Return whether a path exists: a file, a directory, or a broken link."""
    return os.path.lexists(path)


def is_text(path: Path | str) -> bool:
    """Return whether a path is UTF-8; Python has surrogates for bytes that are not."""
    return as_text(path) == str(path)


def as_text(path: Path | str) -> str:
    """Return a path as valid text: bytes that are not UTF-8 become escapes."""
    return str(path).encode("utf-8", "backslashreplace").decode()
