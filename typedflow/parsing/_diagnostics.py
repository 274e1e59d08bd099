"""Turns offsets in a text into locations and diagnostics."""

from functools import lru_cache
from typing import TypeAlias

from typedflow.values import (
    RULES,
    Diagnostic,
    KeyPath,
    Location,
    Related,
    Source,
    Span,
    TypedflowError,
    excerpt_of,
)

Range: TypeAlias = tuple[int, int]
"""The offsets, in characters, of the first character and of the one after the last."""


_MESSAGE_TEXT = 60


def span_at(text: str, at: Range) -> Span:
    """Return the span of a range. Only a line feed ends a line, as in ``excerpt``, whatever a format's library does."""
    (line, column), (end_line, end_column) = _line_and_column(text, at[0]), _line_and_column(text, at[1])
    return Span(line, column, end_line, end_column)


def _line_and_column(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def character_range(text: str, offset: int) -> Range:
    """Return the range of the character at an offset; it is empty at the end of a line."""
    offset = min(offset, len(text))
    return (offset, offset) if text[offset : offset + 1] in ("", "\r", "\n") else (offset, offset + 1)


def location_at(source: Source, at: Range, *, with_line: bool = True) -> Location:
    """Return the location of a range of a source, and the line there, unless only the place matters."""
    span = span_at(source.text, at)
    if not with_line:
        return Location(source.name, span)
    start = at[0] - span.column + 1
    return Location(source.name, span, excerpt_of(source.text, start, _line(source.text, start), span))


# A hostile text of one long line with many problems must not be copied for each of them.
@lru_cache(maxsize=1)
def _line(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start : len(text) if end < 0 else end].rstrip("\r")


def shorten(text: str) -> str:
    """Return the text, shortened for a message."""
    return text if len(text) <= _MESSAGE_TEXT else text[:_MESSAGE_TEXT] + "..."


def diagnostic_at(
    source: Source,
    rule: str,
    message: str,
    at: Range,
    *,
    label: str = "",
    hint: str = "",
    path: KeyPath | None = None,
    first: Range | None = None,
) -> Diagnostic:
    """Return a diagnostic at a range; ``first`` is where a duplicate key was first set."""
    from typedflow.values import redact_message

    related = (Related("first set at", location_at(source, first)),) if first else ()
    place = location_at(source, at)
    line, shown = _line(source.text, at[0] - (place.span.column if place.span else 1) + 1), place.excerpt
    words = (redact_message(each, line, shown.line if shown else line) for each in (message, label, hint))
    return Diagnostic(RULES[rule], next(words), place, next(words), next(words), related, path=path)


def error_at(source: Source, rule: str, message: str, at: Range, *, label: str = "", hint: str = "") -> TypedflowError:
    """Return an error with one diagnostic at a range."""
    return TypedflowError([diagnostic_at(source, rule, message, at, label=label, hint=hint)])
