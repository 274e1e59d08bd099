"""Remove entries with their lines from YAML blocks and TOML tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from typedflow.check._edits_places import Places
from typedflow.check._edits_trees import value_at
from typedflow.values import KeyPath

_REST = re.compile(r"[ \t]*(?:#[^\n]*)?\r?(?:\n|\Z)")
_DASHES = re.compile(r"[ \t]*(?:-[ \t]+)+")
_COMMENT = re.compile(r"([ \t]*)#[^\n]*\n?")
_ENTRY = re.compile(r"([ \t]*)[^\s#\[]")
#: A comment that names a file's schema for editors does not describe the entry below it.
_MODELINE = re.compile(r"[ \t]*#(?:[ \t]*yaml-language-server:|:schema\b)")


def without_lines(places: Places, tree: Any, path: KeyPath) -> Iterator[str]:
    """Yield texts without an entry: without its lines, with the next one in its place, or with an empty mapping."""
    text, key, value = places.source.text, places.key(path), places.value(path)
    if key is None or value is None:
        return
    is_yaml = places.source.format == "yaml"
    start, end = key[0], max(key[1], value[1])
    first = text.rfind("\n", 0, start) + 1
    if not is_yaml:  # the key may be dotted
        start = first + _indent(text[first:start])
    rest = _REST.match(text, end)
    if rest and not text[first:start].strip(" \t"):
        last = _below(text, rest.end(), start - first) if is_yaml else rest.end()
        yield text[: _above(text, first, last)] + text[last:]
        yield text[:first] + text[rest.end() :]
    others = [(*path[:-1], other) for other in value_at(tree, path[:-1]) if other != path[-1]]
    if rest and _DASHES.fullmatch(text, first, start):
        yield from _first_of_item(places, others, start, rest)
    if is_yaml and not others:
        yield f"{text[:start]}{{}}{text[end:]}"


def without_header(text: str, offset: int) -> str | None:
    """Return a text without the TOML table header at an offset; None if that is not a header."""
    first = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset) + 1 or len(text)
    if not text[first:offset].lstrip().startswith("["):
        return None
    return text[: _above(text, first, end)] + text[end:]


def _first_of_item(places: Places, others: list[KeyPath], start: int, rest: re.Match[str]) -> Iterator[str]:
    """Yield texts without the entry after a dash: with the next entry or with nothing there."""
    text = places.source.text
    following = rest.end() + _indent(text[rest.end() :])
    if any(at is not None and at[0] == following for at in map(places.key, others)):
        yield text[:start] + text[following:]
    line_end = "\r\n" if rest[0].endswith("\r\n") else "\n"
    yield text[:start].rstrip(" \t") + line_end + text[rest.end() :]


def _below(text: str, last: int, indent: int) -> int:
    """Return the end of the comments after an entry that, by their indentation, belong to it."""
    while (comment := _COMMENT.match(text, last)) and len(comment[1]) > indent:
        last = comment.end()
    return last


def _above(text: str, first: int, last: int) -> int:
    """Return the start of the comments that describe an entry's lines, and nothing else.

    They are directly above it, with the same indentation. If another entry follows without an empty line between, they
    may describe that one as well, and are kept.
    """
    indent = _indent(text[first:last])
    following = _ENTRY.match(text, last)
    if following and len(following[1]) == indent:
        return first
    while first > 0:
        above = text.rfind("\n", 0, first - 1) + 1
        comment = _COMMENT.fullmatch(text, above, first)
        if comment is None or len(comment[1]) != indent or _MODELINE.match(text, above):
            break
        first = above
    return first


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))
