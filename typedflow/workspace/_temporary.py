"""Temporary files that replace others when they are complete, and removal of those that killed processes left."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

#: Only the owner may write files that typedflow creates; the umask may remove more.
_FILE_MODE, FOLDER_MODE = 0o644, 0o755
_NAME = re.compile(r"\.typedflow-[0-9a-f]{16}\.new")
_swept: set[Path] = set()


@contextlib.contextmanager
def temporary_file(folder: Path, mode: int | None = None) -> Iterator[tuple[int, Path]]:
    """Create a file in a folder, which is created if missing; yield its descriptor, open for writing, and its path.

    A file that is still there at the end is removed. As long as the file is open it is locked, so that other
    processes know that it is in use. ``mode`` is that of the file that it will replace.

    Raises:
        OSError: the folder or the file cannot be created.
    """
    make_folder(folder)
    if folder not in _swept:
        _swept.add(folder)
        remove_leftovers(folder)
    descriptor, path = _create(folder)
    try:
        if mode is not None:
            with contextlib.suppress(OSError):  # not every file system has modes
                os.fchmod(descriptor, mode)
        yield descriptor, path
    finally:
        with contextlib.suppress(OSError):  # missing if it has replaced another file
            path.unlink()
        os.close(descriptor)


def temporary_folder() -> AbstractContextManager[str]:
    """Return a context with the name of a new folder, which is removed at the end."""
    return tempfile.TemporaryDirectory(prefix="typedflow-", ignore_cleanup_errors=True)


def make_folder(folder: Path) -> None:
    """Create a folder and its parents, if they are missing.

    Raises:
        OSError: one cannot be created.
    """
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        if folder == folder.parent:
            break
        folder = folder.parent
    for each in reversed(missing):
        with contextlib.suppress(FileExistsError):  # another process created it; below a file, the next one fails
            each.mkdir(FOLDER_MODE)


def remove_leftovers(folder: Path) -> None:
    """Remove the temporary files of processes that were killed while they wrote into a folder."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in [entry for entry in entries if _NAME.fullmatch(entry.name)]:
            with contextlib.suppress(OSError):
                _remove_unlocked(entry.path)


def _remove_unlocked(path: str) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)  # fails while its writer lives
        os.unlink(path)  # noqa: PTH108 # a scanned entry's path
    finally:
        os.close(descriptor)


def _create(folder: Path) -> tuple[int, Path]:
    while True:
        path = folder / f".typedflow-{os.urandom(8).hex()}.new"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, _FILE_MODE)
        with contextlib.suppress(OSError):  # not every file system has locks; then nothing is a leftover either
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_nlink:
            return descriptor, path
        os.close(descriptor)  # another process took it for a leftover before it was locked
