"""Edits of text by offsets, and misspelled words."""

from __future__ import annotations

from collections.abc import Collection

from typedflow.values import Span

Range = tuple[int, int]


def replaced(text: str, at: Range, new: str) -> str:
    """Return a text with a range replaced."""
    return text[: at[0]] + new + text[at[1] :]


def line_of(text: str, offset: int) -> int:
    """Return the line of an offset, from 1."""
    return text.count("\n", 0, offset) + 1


def offset_of(text: str, line: int, column: int) -> int:
    """Return the offset of a line and a column, both from 1."""
    start = 0
    for _ in range(line - 1):
        start = text.index("\n", start) + 1
    return start + column - 1


def range_of(text: str, span: Span) -> Range:
    """Return the offsets of a span."""
    return offset_of(text, span.line, span.column), offset_of(text, span.end_line, span.end_column)


def typo(word: str, taken: Collection[str] = ()) -> str:
    """Return a word without a letter in its middle; without another one if the result is already in use."""
    middle = len(word) // 2
    tries = [word[:at] + word[at + 1 :] for at in range(middle, 0, -1) if word[2:] and word[at].isalnum()]
    return next(new for new in (*tries, f"{word}x", f"{word}xx") if new != word and new not in taken)


def line_start(text: str, offset: int) -> int:
    """Return the offset of the start of an offset's line."""
    return text.rfind("\n", 0, offset) + 1


def line_end(text: str, offset: int) -> int:
    """Return the offset of the end of an offset's line, before its line feed."""
    end = text.find("\n", offset)
    return len(text) if end < 0 else end
