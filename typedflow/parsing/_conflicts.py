"""Merge conflicts that git left in a file, reported at the marker's line in place of the errors that they cause."""

from __future__ import annotations

import re
from collections.abc import Iterable

from typedflow.parsing._diagnostics import diagnostic_at, shorten, span_at
from typedflow.parsing._limits import MAX_PROBLEMS
from typedflow.values import Diagnostic, Source

_SIGN = re.compile(r"^(?:<{7}|\|{7}|>{7})(?: .*|\r)?$", re.MULTILINE)
_MIDDLE = re.compile(r"^={7}\r?$", re.MULTILINE)
_LINE = re.compile(r"^(?:<{7} .*|\|{7}.*|={7}\r?|>{7} .*)$", re.MULTILINE)
_HINT = "keep the lines you want from both sides and remove the conflict markers"


def find_conflicts(source: Source, problems: Iterable[Diagnostic] = ()) -> list[Diagnostic]:
    """Return a diagnostic for each merge conflict in a text that is not valid in its format.

    If a conflict was partly resolved, any marker that is left is reported. A ``=======`` line may be ordinary text, so
    it is reported only next to one of the ``problems``.
    """
    signs = list(_SIGN.finditer(source.text)) or _separators(source, problems)
    begins = [sign for sign in signs if sign[0][0] == "<"]
    return [_conflict(source, sign) for sign in (begins or signs)[:MAX_PROBLEMS]]


def _separators(source: Source, problems: Iterable[Diagnostic]) -> list[re.Match[str]]:
    lines = {item.location.span.line for item in problems if item.location and item.location.span}
    found = ((sign, span_at(source.text, sign.span()).line) for sign in _MIDDLE.finditer(source.text))
    return [sign for sign, line in found if not lines.isdisjoint({line, line + 1})]


def find_complete_conflicts(source: Source) -> list[Diagnostic]:
    """Return a diagnostic for each complete merge conflict in a valid text.

    A single marker may be part of a multiline string, so it does not count.
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
    message = f"unresolved merge conflict: `{shorten(marker)}`"
    return diagnostic_at(source, "invalid-syntax", message, (sign.start(), sign.start() + len(marker)), hint=_HINT)
