"""Where a value comes from: sources, spans in them, and origins, from which a span can be computed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from typedflow.values._paths import KeyPath


class SourceKind(Enum):
    """What kind of place a source is."""

    FILE = "file"
    VARIABLE = "environment variable"
    OPTION = "command-line option"
    CODE = "code"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Source:
    """A text with a name: a file, an environment variable, an option or a default.

    ``format`` names the parser that positions are computed with (``toml``, ``yaml``, ``json``); None has no positions.
    ``file`` is where a file source was read from; ``name`` is how it is printed. ``declared`` finds where a default is
    declared, which has no text.
    """

    name: str
    text: str = field(repr=False)
    format: str | None = None
    kind: SourceKind = SourceKind.FILE
    file: Path | None = field(default=None, repr=False, compare=False)
    declared: Callable[[], Location | None] | None = field(default=None, repr=False, compare=False)


class Span(NamedTuple):
    """A range in a text. Lines and columns count from 1, columns in characters; the end column is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        """Return ``line:column`` of the start."""
        return f"{self.line}:{self.column}"


class Origin(NamedTuple):
    """A key path in a source."""

    source: Source
    path: KeyPath


class Excerpt(NamedTuple):
    """One line of a text and the part of it to underline, in characters from 0."""

    line: str
    start: int
    end: int


class Location(NamedTuple):
    """A place as a person reads it: a name, a span when it is known, and the line there.

    ``is_default``: among the places of settings, this one is the declaration of a default.
    """

    name: str
    span: Span | None = None
    excerpt: Excerpt | None = None
    is_default: bool = False

    def __str__(self) -> str:
        """Return ``name:line:column``, as far as known."""
        return format_location(self)


def format_location(location: Location, *, column: bool = True) -> str:
    """Return the text of a location: ``name``, ``name:line`` or ``name:line:column``, as far as known and wanted."""
    span = location.span
    if span is None:
        return location.name
    return f"{location.name}:{span if column else span.line}"


def excerpt(text: str, span: Span) -> Excerpt | None:
    """Return the first line of a span in its text, secrets masked, or None when the text has no such line."""
    lines = text.split("\n")
    if not 1 <= span.line <= len(lines):
        return None
    line = lines[span.line - 1].rstrip("\r")
    at = sum(map(len, lines[: span.line - 1])) + span.line - 1
    return excerpt_of(text, at, line, span)


def excerpt_of(text: str, at: int, line: str, span: Span) -> Excerpt:
    """Return a line, which begins at an offset of a text, as ``excerpt`` does; the span is one of that line."""
    from typedflow.values._redaction_above import redact_line_in  # needed by those alone who show a line

    start = min(span.column - 1, len(line))
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    return Excerpt(line=redact_line_in(text, at, line), start=start, end=max(start + 1, end))


def redact_location(place: Location) -> Location:
    """Return a location whose excerpt masks what it underlines."""
    found = place.excerpt
    if found is None:
        return place
    stars = "*" * (min(found.end, len(found.line)) - found.start)
    return place._replace(excerpt=found._replace(line=found.line[: found.start] + stars + found.line[found.end :]))
