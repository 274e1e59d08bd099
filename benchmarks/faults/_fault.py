"""A fault: one mistake in one project, and where it may be reported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """Some lines of a file; the whole file if ``last`` is 0."""

    file: str
    first: int = 0
    last: int = 0

    def has(self, file: str, line: int) -> bool:
        """Return whether a line is one of them; line 0 is the file as a whole."""
        return file == self.file and (self.last == 0 or self.first <= line <= self.last)


@dataclass(frozen=True, slots=True)
class Fault:
    """An edit of a subject: the new content of some files, None if a file is removed.

    ``places``: a finding at any of them is at the right line. ``is_silent``: nothing would be wrong with the types, so
    that a model which accepts the value is no excuse. ``by_types``: only ``check --types`` reads the place.
    ``is_slow``: the code hangs, so that the check needs processes of its own and a limit. ``reason``: why it is none
    where nothing is found, as far as that is known before.
    """

    kind: str
    what: str
    edits: Mapping[str, str | bytes | None]
    places: tuple[Place, ...]
    is_silent: bool = False
    by_types: bool = False
    is_slow: bool = False
    reason: str = ""
    subject: str = field(default="")

    def __str__(self) -> str:
        """Return the fault in one line."""
        at = self.places[0]
        return f"{self.subject}: {self.kind}: {at.file}:{at.first}: {self.what}"
