"""The offsets of keys and values in a text; after an edit, they are computed from the new text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from typedflow.parsing import locate, locate_key
from typedflow.values import KeyPath, Source, Span

Range: TypeAlias = tuple[int, int]

#: The start of a mapping in braces; in YAML, anchors and tags may precede it.
_BRACES = re.compile(r"(?:[&!]\S*\s+)*\{")


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a source."""

    source: Source

    def key(self, path: KeyPath) -> Range | None:
        """Return the range of the key at a path; for a TOML table, that of its first name."""
        return self._range(locate_key(self.source, path))

    def value(self, path: KeyPath) -> Range | None:
        """Return the range of the value at a path; for a TOML table without braces, that of its key."""
        return self._range(locate(self.source, path))

    def is_table(self, path: KeyPath) -> bool:
        """Return whether a path is that of a TOML table without braces, or of an array of such tables."""
        return self.source.format == "toml" and self.key(path) == self.value(path)

    def braces(self, path: KeyPath) -> tuple[KeyPath, Range] | None:
        """Return the innermost mapping in braces around a key: its path, and the range within the braces."""
        key = self.key(path)
        for length in range(len(path) - 1, -1, -1):
            value = self.value(path[:length])
            if key and value and value[0] <= key[0] < value[1]:
                opened = _BRACES.match(self.source.text, *value)
                if opened:
                    return path[:length], (opened.end(), value[1] - 1)
        return None

    def _range(self, span: Span | None) -> Range | None:
        if span is None:
            return None
        return self._offset(span.line, span.column), self._offset(span.end_line, span.end_column)

    def _offset(self, line: int, column: int) -> int:
        start = 0
        for _ in range(line - 1):
            start = self.source.text.index("\n", start) + 1
        return start + column - 1
