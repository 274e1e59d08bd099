"""Where a value comes from: sources, spans in them, and origins, from which a span can be computed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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


class Through(NamedTuple):
    """A directive by which a value is in a tree: ``$ref`` or ``$include``, and the origin of its own place.

    ``below`` is the number of keys of the value's path that are below that place.
    """

    directive: str
    origin: Origin
    below: int = 0


class Origin(NamedTuple):
    """A key path in a source, and the directive that brings it into the tree from elsewhere, if one does."""

    source: Source
    path: KeyPath
    through: Through | None = None

    @property
    def key(self) -> Origin:
        """The origin of the value's key: where a directive is, it is the directive's place that has a key."""
        through = self.through
        return through.origin.key if through is not None and through.below == 0 else self

    def at(self, keys: KeyPath) -> Origin:
        """Return the origin of a value below this one."""
        through = self.through and self.through._replace(below=self.through.below + len(keys))
        return Origin(self.source, (*self.path, *keys), through)

    def above(self, count: int) -> Origin:
        """Return the origin of the value that is some keys above in the tree; at most the top of its source."""
        through = self.through
        if through is None:
            return Origin(self.source, self.path[: max(0, len(self.path) - count)])
        if count > through.below:
            return through.origin.above(count - through.below)
        return Origin(self.source, self.path[: len(self.path) - count], through._replace(below=through.below - count))

    def brought_by(self, directive: str, place: Origin, below: int = 0) -> Origin:
        """Return this origin in a tree into which a directive brings it; the directive is some keys above."""
        through = self.through
        if through is None:
            return Origin(self.source, self.path, Through(directive, place, below))
        inner = through.origin.brought_by(directive, place, max(0, below - through.below))
        return Origin(self.source, self.path, Through(through.directive, inner, min(below, through.below)))

    def directives(self) -> Iterator[Through]:
        """Yield the directives that bring the value into the tree, the nearest to it first."""
        through = self.through
        while through is not None:
            yield through
            through = through.origin.through


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
