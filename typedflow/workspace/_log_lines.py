"""Lines of a file that another process writes, as they come: any number of any length, in little memory."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

_AT_ONCE = 1 << 16
#: Bytes of a line that are read; the rest is skipped.
LONGEST = 4_000


class LogLines:
    """The lines that are added to a file; each is read once."""

    def __init__(self, file: Path) -> None:
        """Begin with the first line of a file, which may not exist yet."""
        self._path = file
        self._file: IO[bytes] | None = None
        self._rest = b""

    def new(self) -> Iterator[str]:
        """Yield the lines that have been completed since the last call."""
        if self._file is None:
            with contextlib.suppress(OSError):
                self._file = self._path.open("rb", buffering=0)
        while self._file is not None and (more := self._file.read(_AT_ONCE)):
            *lines, rest = more.split(b"\n")
            for line in lines:
                yield _text(self._rest + line)
                self._rest = b""
            self._rest = (self._rest + rest)[:LONGEST]

    def last(self) -> Iterator[str]:
        """Yield the rest: what was completed, and a line without an end. Nothing is read afterwards."""
        yield from self.new()
        if self._rest:
            yield _text(self._rest)
        if self._file is not None:
            self._file.close()


def _text(line: bytes) -> str:
    return line[:LONGEST].decode(errors="replace").rstrip("\r")
