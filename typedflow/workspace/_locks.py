"""Locks between processes, which the operating system releases when a process ends, however it ends."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

from typedflow.workspace._temporary import make_folder
from typedflow.workspace._writing import unwritable

_WAIT = 0.1


@contextlib.contextmanager
def exclusive_lock(file: Path) -> Iterator[None]:
    """Hold the lock of a file, which is created if it is missing; wait while another process holds it.

    Raises:
        TypedflowError: ``unwritable-file``.
    """
    try:
        make_folder(file.parent)
        handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise unwritable(file, error) from None
    try:
        while not try_lock(handle):
            time.sleep(_WAIT)
        yield
    finally:
        os.close(handle)


def try_lock(descriptor: int) -> bool:
    """Lock an open file; return False if another process holds the lock."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
