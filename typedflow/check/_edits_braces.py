"""Remove entries with their commas from JSON objects, YAML flow mappings and TOML inline tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from typedflow.check._edits_places import Places
from typedflow.check._edits_trees import value_at
from typedflow.values import KeyPath

#: The gap between the parts of an entry; JSON has no comments.
_GAP = re.compile(r"(?:\s|#[^\n]*)*")
_SPACE = re.compile(r"\s*")
_BLANKS = re.compile(r"[ \t]*")
_REST = re.compile(r"[ \t]*(?:#[^\n]*)?\r?\n")
#: The parts of a dotted key before its last one, matched in reverse, so that only one start is tried.
_PARTS = re.compile(r"""(?:[ \t]*\.[ \t]*(?:[A-Za-z0-9_-]+|"(?:"\\|[^"\n])*"|'[^'\n]*'))+""")


class _Entry(NamedTuple):
    """The range of an entry, and the offsets of the commas before and after it, None if there is none."""

    start: int
    end: int
    before: int | None
    behind: int | None


def without_entry(places: Places, tree: Any, path: KeyPath) -> Iterator[str]:
    """Yield texts without an entry: without its lines if nothing else is on them, or without its part of a line."""
    text, entry = places.source.text, _entry(places, tree, path)
    if entry is None:
        return
    start, end, before, behind = entry
    first = text.rfind("\n", 0, start) + 1
    rest = _REST.match(text, end if behind is None else behind + 1)
    if rest and not text[first:start].strip(" \t"):
        last = behind is None and before is not None
        yield (text[:before] + text[(before or 0) + 1 : first] if last else text[:first]) + text[rest.end() :]
    rest = _REST.match(text, end)
    if rest and before is not None and before >= first and not text[first:before].strip(" \t"):  # commas begin lines
        yield text[:first] + text[rest.end() :]
    yield _within_line(text, entry)


def _within_line(text: str, entry: _Entry) -> str:
    start, end, before, behind = entry
    if before is not None and (behind is None or "\n" not in text[before:start]):
        is_near = not text[before + 1 : start].strip()
        return text[:before] + ("" if is_near else text[before + 1 : start]) + text[end:]
    if behind is not None:
        blanks = _SPACE if before is None else _BLANKS
        return text[:start] + text[_behind(blanks, text, behind + 1) :]
    left, right = text[:start].rstrip(" "), text[end:].lstrip(" ")
    return left + right if left.endswith("{") and right.startswith("}") else text[:start] + text[end:]


def _entry(places: Places, tree: Any, path: KeyPath) -> _Entry | None:
    """Return the position of an entry; None if something else is between it and its neighbors."""
    text, found = places.source.text, places.braces(path)
    key, value = places.key(path), places.value(path)
    if found is None or key is None or value is None:
        return None
    container, (opened, closed) = found
    parts = _PARTS.match(text[opened : key[0]][::-1]) if places.source.format == "toml" else None
    start, end = key[0] - (parts.end() if parts else 0), max(key[1], value[1])
    ends = _ends(places, value_at(tree, container), container, path)
    last = max((last for last in ends if opened < last <= start), default=None)
    before = None if last is None else _behind(_GAP, text, last)
    behind = _behind(_GAP, text, end)
    begins = _behind(_GAP, text, opened if before is None else before + 1)
    if begins != start or (before is not None and text[before] != ","):
        return None
    if text[behind : behind + 1] == ",":
        return _Entry(start, end, before, behind)
    return _Entry(start, end, before, None) if behind == closed else None


def _ends(places: Places, value: Any, path: KeyPath, left_out: KeyPath) -> Iterator[int]:
    """Yield the ends of all entries of a mapping but one; a table of dotted keys has one entry for each key."""
    for key in value:
        below = (*path, key)
        at = places.value(below)
        if below == left_out or at is None:
            continue
        if places.is_table(below):
            yield from _ends(places, value[key], below, left_out)
        else:
            named = places.key(below) or at
            yield max(named[1], at[1])


def _behind(pattern: re.Pattern[str], text: str, offset: int) -> int:
    """Return the end of a pattern's match at an offset; the offset itself if it does not match."""
    match = pattern.match(text, offset)
    return match.end() if match else offset
