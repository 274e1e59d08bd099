"""A patch with masked secrets, even if their keys are above the lines of the patch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from typedflow.values import redact_line_in

_HUNK = re.compile(r"@@ -(\d+)\S* \+(\d+)")
_HEADER = 2


def masked_patch(patch: str, before: str, after: str) -> str:
    """Return the unified difference of two texts with a star for each character of the secrets in it."""
    lines = patch.split("\n")
    return "\n".join([*lines[:_HEADER], *_masked(lines[_HEADER:], _Side(before), _Side(after))])


def _masked(lines: list[str], before: _Side, after: _Side) -> Iterator[str]:
    for line in lines:
        hunk = _HUNK.match(line)
        if hunk:
            before.line, after.line = int(hunk[1]), int(hunk[2])
        sides = {"-": (before,), "+": (after,), " ": (before, after)}.get(line[:1], ())
        shown = line[1:]
        for side in sides:
            both = zip(shown, side.masked(line[1:]), strict=True)
            shown = "".join(one if one == other else "*" for one, other in both)
        yield line[:1] + shown


class _Side:
    """One of the texts, and the number of the line that the patch shows next."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        self.line = 1

    def masked(self, line: str) -> str:
        start = self._starts[self.line - 1]
        self.line += 1
        return redact_line_in(self._text, start, line)
