"""The context of a line: the key of its mapping, and a name beside its values, from the lines around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from typedflow.values._redaction import KEY

_MOST_LINES, _LONGEST, _FARTHEST = 200, 2_000, 20_000
_HEAD = re.compile(r"\s*(?:-\s+)*")
_HEADER = re.compile(r"\s*\[{1,2}([^\[\]\n]{1,200})\]{1,2}\s*(?:#.*)?")
_PART = re.compile(r"\"[^\"]*\"|'[^']*'|[^.\s]+")
_BRACE = re.compile(r"[{}]")
_OPENING = re.compile(r"[{&!#]|$")


class LineContext(NamedTuple):
    """The key of the mapping that a line is in, and the lines of that mapping; empty where they are not known."""

    above: str = ""
    siblings: tuple[str, ...] = ()


def context_of(text: str, start: int, line: str) -> LineContext:
    """Return the context of a line, which begins at an offset of a text."""
    siblings: list[str] = []
    above = _key_of_brace(text, start)
    depth = _item_depth(line) if _is_item(line) else _depth(line)
    is_in_item = _is_item(line)
    for each in _lines_above(text, start):
        if header := _HEADER.fullmatch(each):
            above = above or _last(header[1])
            break
        if not each.strip() or each.lstrip().startswith("#"):
            continue
        if _depth(each) < depth:
            above = above or _key_that_opens(each)
            break
        if _depth(each) == depth and not is_in_item:
            siblings.append(each)
            is_in_item = _is_item(each)
            depth = _item_depth(each) if is_in_item else depth
    else:
        above = above or _table_above(text, start)
    return LineContext(above, (line, *siblings, *_siblings_below(text, start, line)))


def _siblings_below(text: str, start: int, line: str) -> Iterator[str]:
    depth = _depth(line)
    at = start + len(line) + 1
    for _ in range(_MOST_LINES):
        end = text.find("\n", at)
        each = text[at : min(len(text) if end < 0 else end, at + _LONGEST)]
        if each.strip() and (_depth(each) < depth or _is_item(each) or _HEADER.fullmatch(each)):
            return
        if _depth(each) == depth:
            yield each
        if end < 0:
            return
        at = end + 1


def _lines_above(text: str, start: int) -> Iterator[str]:
    end = start - 1
    for _ in range(_MOST_LINES):
        if end < 0:
            return
        begin = text.rfind("\n", 0, end) + 1
        yield text[begin : min(end, begin + _LONGEST)]
        end = begin - 1


def _depth(line: str) -> int:
    """Return the column of a line's key, dashes of items aside."""
    head = _HEAD.match(line)
    return head.end() if head else 0


def _item_depth(line: str) -> int:
    """Return a column that is right of the key whose item a line is."""
    return len(line) - len(line.lstrip()) + 1


def _is_item(line: str) -> bool:
    return line.lstrip().startswith("- ")


def _key_that_opens(line: str) -> str:
    """Return the key of a line whose value is in the lines below it."""
    keys = list(KEY.finditer(line))
    return _name(keys[-1]) if keys and _OPENING.match(line[keys[-1].end() :].strip()) else ""


def _key_of_brace(text: str, start: int) -> str:
    """Return the key of the innermost brace that is open."""
    begin = max(0, start - _FARTHEST)
    opened: list[int] = []
    for brace in _BRACE.finditer(text, begin, start):
        if brace[0] == "{":
            opened.append(brace.start())
        elif opened:
            opened.pop()
    if not opened:
        return ""
    keys = list(KEY.finditer(text, max(begin, opened[-1] - _LONGEST), opened[-1]))
    return _name(keys[-1]) if keys and not text[keys[-1].end() : opened[-1]].strip(" \t\r\n[") else ""


def _table_above(text: str, start: int) -> str:
    """Return the last key of the nearest header of a table, however far above."""
    end = start
    for _ in range(_MOST_LINES):
        at = text.rfind("\n[", 0, end)
        if header := _HEADER.fullmatch(text[at + 1 : max(text.find("\n", at + 1), at + 1)]):
            return _last(header[1])
        if at < 0:
            break
        end = at
    return ""


def _name(key: re.Match[str]) -> str:
    return str(key["key"]) if key["quote"] else _last(str(key["key"]))


def _last(path: str) -> str:
    return str((_PART.findall(path) or [""])[-1]).strip("\"'")
