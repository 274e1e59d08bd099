"""Read the bytes of a regular file, up to a limit."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

#: The bytes per read of a file of unknown size: a pipe, or a file of the kernel.
_BLOCK = 65_536
_MOST = 1 << 30  # one system call returns no more than twice that
_KINDS = {
    stat.S_IFDIR: "a directory",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFSOCK: "a socket",
}


class NotRegularError(OSError):
    """A path leads to a directory, a named pipe, a device or a socket; ``strerror`` names it."""


def read_bytes(file: Path | str, limit: int | None = None, *, may_be_pipe: bool = False) -> bytes:
    """Return the content of a regular file, links followed; at most ``limit`` bytes and one more.

    With ``may_be_pipe``, for a file that the user names, whatever can be read is read.

    Raises:
        OSError: the file cannot be read; ``NotRegularError`` if it is not a regular file, without waiting.
        ValueError: the name has a NUL.
    """
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_CLOEXEC | os.O_NOCTTY | (0 if may_be_pipe else os.O_NONBLOCK))
    except OSError as error:
        if error.errno == errno.ENXIO:
            raise _not_regular(stat.S_IFSOCK) from None
        raise
    try:
        status = os.fstat(descriptor)
        kind = stat.S_IFMT(status.st_mode)
        if kind != stat.S_IFREG and not (may_be_pipe and kind in {stat.S_IFIFO, stat.S_IFCHR}):
            raise _not_regular(kind)
        return _read(descriptor, limit, status.st_size if kind == stat.S_IFREG else 0)
    finally:
        os.close(descriptor)


def _not_regular(kind: int) -> NotRegularError:
    return NotRegularError(errno.EINVAL, f"it is {_KINDS.get(kind, 'of an unknown kind')}, not a regular file")


def _read(descriptor: int, limit: int | None, size: int) -> bytes:
    """Read to the end or a byte beyond the limit, at once where a file's size is known: memory for more costs time.

    A byte more than the size is asked for: where just as many have come, they were all.
    """
    parts: list[bytes] = []
    most = left = sys.maxsize if limit is None else limit + 1
    while left:
        wanted = min(size + 1 if size else _BLOCK, left, _MOST)
        part = os.read(descriptor, wanted)
        parts.append(part)
        left -= len(part)
        if not part or most - left == size:
            break
    return parts[0] if len(parts) == 1 else b"".join(parts)
