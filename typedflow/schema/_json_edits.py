"""Edits of JSON texts, with comments or without: entries are added and taken away, and every other byte stays."""

from __future__ import annotations

import json
import re
from typing import Any

from typedflow.parsing import locate, locate_key, parse_any
from typedflow.values import KeyPath, Source, Span

_STRING = r'"(?:[^"\\]|\\.)*"'
_COMMENT = r"//[^\n]*|/\*.*?(?:\*/|\Z)"
_LAST_COMMA = rf",(?=(?:\s|{_COMMENT})*[\]}}])"
_COMMA = re.compile(r"\s*,")
_NOT_STRICT = re.compile(f"{_STRING}|{_COMMENT}|{_LAST_COMMA}", re.DOTALL)


def read(text: str) -> Any:
    """Return the value of a JSON text, comments and commas before a closing bracket allowed; None for an empty text.

    Raises:
        TypedflowError: what is wrong with it.
    """
    return parse_any(_source(text)) if _strict(text).strip() else None


def put_first(text: str, container: KeyPath, key: str | None, value: Any) -> str:
    """Add an entry at the beginning of an object or, without a key, of a list."""
    item = json.dumps(value, ensure_ascii=False)
    if key is not None:
        item = f"{json.dumps(key, ensure_ascii=False)}: {item}"
    start, end = _range(text, container)
    inside = _strict(text)[start + 1 : end - 1]
    gap = re.match(r"\s*", text[start + 1 :])
    between = gap[0] if gap else ""
    if "\n" in between:
        line_end = "\r\n" if "\r\n" in between else "\n"
        is_empty = not inside.strip()
        indent = f"{_indent(text, start)}  " if is_empty else between.rpartition("\n")[2]
        item = f"{line_end}{indent}{item}" + ("" if is_empty else ",")
    elif inside.strip():
        item = f"{between}{item}," if between else f"{item}, "
    return text[: start + 1] + item + text[start + 1 :]


def put(text: str, path: KeyPath, value: Any) -> str:
    """Return a value that is there another one."""
    start, end = _range(text, path)
    return text[:start] + json.dumps(value, ensure_ascii=False) + text[end:]


def drop(text: str, path: KeyPath) -> str:
    """Take an entry away, with its comma and the space before it: what ``put_first`` added is gone without a trace."""
    strict = _strict(text)
    (key, _), (_, end) = _span(text, locate_key(_source(text), path)), _range(text, path)
    opening = _range(text, path[:-1])[0] + 1
    start = len(text[:key].rstrip())
    if comma := _COMMA.match(strict, end):
        glued = start == key == opening and text[comma.end() : comma.end() + 1] == " "
        return text[:start] + text[comma.end() + glued :]
    before = len(strict[:key].rstrip()) - 1
    if strict[before] == ",":
        return text[:before] + text[before + 1 : start] + text[end:]
    last = _COMMA.match(text, end)
    return text[:start] + text[last.end() if last else end :]


def _strict(text: str) -> str:
    """Return a text without comments and last commas; what is left stands where it stood."""
    return _NOT_STRICT.sub(lambda found: _blank(found[0]), text)


def _blank(text: str) -> str:
    """Return blanks for a comment or a comma; a string is kept, and a comment that does not end, as it is an error."""
    is_open = text.startswith("/*") and (not text.endswith("*/") or text == "/*/")
    return text if is_open or text.startswith('"') else re.sub(r"[^\n]", " ", text)


def _source(text: str) -> Source:
    return Source("", _strict(text), "json")


def _range(text: str, path: KeyPath) -> tuple[int, int]:
    return _span(text, locate(_source(text), path))


def _span(text: str, span: Span | None) -> tuple[int, int]:
    if span is None:
        raise KeyError
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    return starts[span.line - 1] + span.column - 1, starts[span.end_line - 1] + span.end_column - 1


def _indent(text: str, offset: int) -> str:
    """Return the blanks that the line of an offset begins with."""
    line = text[text.rfind("\n", 0, offset) + 1 : offset]
    return line[: len(line) - len(line.lstrip())]
