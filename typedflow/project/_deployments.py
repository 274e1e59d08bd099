"""What deploying needs of the system: a lock, the clock, a log, and digests of code."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import IO

from typedflow.project._digests import digest, file_digest
from typedflow.project._files import unwritable
from typedflow.project._paths import is_file, real_path
from typedflow.project._reading import read_bytes
from typedflow.project._temporary import make_folder

_WAIT = 0.1


def now() -> str:
    """Give the moment, as records have it."""
    return datetime.now(timezone.utc).isoformat(timespec="seconds")


def open_log(file: Path) -> IO[bytes]:
    """Open a log anew, for a process to write into.

    Raises:
        TypedflowError: ``unwritable-file``.
    """
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NONBLOCK, 0o644)
    except OSError as error:
        raise unwritable(file, error) from None
    return os.fdopen(descriptor, "wb")


def file_text(file: Path) -> str:
    """Give a file's text; empty where there is none."""
    return read_bytes(file).decode(errors="replace") if is_file(file) else ""


def remove_file(file: Path) -> None:
    """Take a file away, where it is there."""
    file.unlink(missing_ok=True)


@contextlib.contextmanager
def alone(file: Path) -> Iterator[None]:
    """Be the only process that deploys under a name; another one that does is waited for.

    The operating system gives the lock back when the process ends, however it ends.

    Raises:
        TypedflowError: ``unwritable-file``.
    """
    try:
        make_folder(file.parent)
        handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise unwritable(file, error) from None
    try:
        while not _is_taken(handle):
            time.sleep(_WAIT)
        yield
    finally:
        os.close(handle)


def _is_taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def code_digest(folder: Path, *without: Path) -> str:
    """Return a digest of every file of a flow's directory, but hidden ones and those below some others.

    Linked directories count, as Metaflow packages them.
    """
    return digest(*(f"{file.relative_to(folder)}\0{file_digest(file)}" for file in _walk(folder, set(without), ())))


def _walk(folder: Path, without: set[Path], above: tuple[Path, ...]) -> Iterator[Path]:
    if (real := real_path(folder)) in above:  # a link in a circle
        return
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        path = Path(entry.path)
        if entry.name.startswith(".") or entry.name == "__pycache__" or path in without:
            continue
        if entry.is_dir():
            yield from _walk(path, without, (*above, real))
        elif is_file(path):
            yield path
