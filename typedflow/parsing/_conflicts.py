"""Merge conflicts that git left in a file: called that, at the marker's line, whatever a format makes of it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from typedflow.parsing._limits import MAX_PROBLEMS
from typedflow.parsing._problems import clipped, problem, span_at
from typedflow.values import Diagnostic, Source

_SIGN = re.compile(r"^(?:<{7}|\|{7}|>{7})(?: .*|\r)?$", re.MULTILINE)
_MIDDLE = re.compile(r"^={7}\r?$", re.MULTILINE)
_LINE = re.compile(r"^(?:<{7} .*|\|{7}.*|={7}\r?|>{7} .*)$", re.MULTILINE)
_HINT = "keep what you want of both sides, and remove the lines with markers"


def conflicts(source: Source, problems: Iterable[Diagnostic] = ()) -> list[Diagnostic]:
    """Return a diagnostic for each merge conflict in a text that is no document of its format.

    Of a conflict that was resolved in part, any marker that is left is reported; the one in its middle, which may be a
    line of a text, where one of the ``problems`` is.
    """
    signs = list(_SIGN.finditer(source.text)) or _middles(source, problems)
    begins = [sign for sign in signs if sign[0][0] == "<"]
    return [_conflict(source, sign) for sign in (begins or signs)[:MAX_PROBLEMS]]


def _middles(source: Source, problems: Iterable[Diagnostic]) -> list[re.Match[str]]:
    lines = {item.location.span.line for item in problems if item.location and item.location.span}
    found = ((sign, span_at(source.text, sign.span()).line) for sign in _MIDDLE.finditer(source.text))
    return [sign for sign, line in found if not lines.isdisjoint({line, line + 1})]


def whole_conflicts(source: Source) -> list[Diagnostic]:
    """Return a diagnostic for each merge conflict that a text has from the first marker to the last.

    A text of several lines may have them as its own, so a single marker does not count.
    """
    if "\n>>>>>>> " not in source.text:
        return []
    found, begin, seen = [], None, ""
    for sign in _LINE.finditer(source.text):
        seen = sign[0][0] if sign[0][0] == "<" else seen + sign[0][0]
        begin = sign if seen == "<" else begin
        if begin and seen in {"<=>", "<|=>"}:
            found.append(_conflict(source, begin))
    return found[:MAX_PROBLEMS]


def _conflict(source: Source, sign: re.Match[str]) -> Diagnostic:
    marker = sign[0].rstrip("\r")
    message = f"a merge conflict is not resolved: `{clipped(marker)}`"
    return problem(source, "invalid-syntax", message, (sign.start(), sign.start() + len(marker)), hint=_HINT)
