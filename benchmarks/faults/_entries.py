"""The entries of a settings file: every key and every value, with their offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.faults._text import Range, line_of, range_of
from typedflow.parsing import format_of, locate, locate_key, parse
from typedflow.values import KeyPath, Source

_INI = re.compile(r"^(\w+) = (.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A value in a file: its key path, the range of its key (None in a list), and its own."""

    file: str
    text: str
    format: str | None
    path: KeyPath
    value: Any
    key: Range | None
    at: Range
    siblings: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The last key."""
        return str(self.path[-1])

    @property
    def is_leaf(self) -> bool:
        """Whether it is a leaf, or an empty list or mapping."""
        return not (isinstance(self.value, dict | list) and self.value)

    @property
    def line(self) -> int:
        """The line of its key, or of the value if there is none."""
        return line_of(self.text, (self.key or self.at)[0])

    @property
    def value_line(self) -> int:
        """The line where the value begins."""
        return line_of(self.text, self.at[0])


def entries(file: str, text: str) -> list[Entry]:
    """Return every entry of a settings file, in the order of its tree."""
    format_name = format_of(file)
    if format_name is None:
        return list(_of_ini(file, text))
    source = Source(file, text, format_name)
    return list(_below(source, parse(source), ()))


def _below(source: Source, value: Any, path: KeyPath) -> Iterator[Entry]:
    items: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    siblings = tuple(value) if isinstance(value, dict) else ()
    for key, item in items:
        below = (*path, key)
        span, named = locate(source, below), locate_key(source, below)
        if span is None or named is None:
            continue
        at, text = range_of(source.text, span), source.text
        own = range_of(text, named) if isinstance(key, str) else None
        yield Entry(source.name, text, source.format, below, item, own, at, siblings)
        yield from _below(source, item, below)


def _of_ini(file: str, text: str) -> Iterator[Entry]:
    names = tuple(found[1] for found in _INI.finditer(text))
    for found in _INI.finditer(text):
        value = int(found[2]) if found[2].isdigit() else found[2]
        yield Entry(file, text, None, (found[1],), value, found.span(1), found.span(2), names)
