"""Edits JSON texts, with or without comments: adds and removes entries, and keeps every other byte."""

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


def read_json(text: str) -> Any:
    """Return the value of a JSON text, which may have comments and trailing commas; None for an empty text.

    Raises:
        TypedflowError: the text is not valid.
    """
    return parse_any(_source(text)) if _blank_comments(text).strip() else None


def insert_first(text: str, container: KeyPath, key: str | None, value: Any) -> str:
    """Add an entry at the beginning of an object or, without a key, of a list."""
    item = json.dumps(value, ensure_ascii=False)
    if key is not None:
        item = f"{json.dumps(key, ensure_ascii=False)}: {item}"
    start, end = _range(text, container)
    inside = _blank_comments(text)[start + 1 : end - 1]
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


def replace_value(text: str, path: KeyPath, value: Any) -> str:
    """Replace the value at a path."""
    start, end = _range(text, path)
    return text[:start] + json.dumps(value, ensure_ascii=False) + text[end:]


def remove_entry(text: str, path: KeyPath) -> str:
    """Remove an entry with its comma and the whitespace before it: the inverse of ``insert_first``."""
    strict = _blank_comments(text)
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


def _blank_comments(text: str) -> str:
    """Replace comments and trailing commas by spaces, so that offsets do not change."""
    return _NOT_STRICT.sub(lambda found: _blank_token(found[0]), text)


def _blank_token(text: str) -> str:
    """Return spaces for a comment or a comma; keep a string, and an unclosed comment, which is an error."""
    is_open = text.startswith("/*") and (not text.endswith("*/") or text == "/*/")
    return text if is_open or text.startswith('"') else re.sub(r"[^\n]", " ", text)


def _source(text: str) -> Source:
    return Source("", _blank_comments(text), "json")


def _range(text: str, path: KeyPath) -> tuple[int, int]:
    return _span(text, locate(_source(text), path))


def _span(text: str, span: Span | None) -> tuple[int, int]:
    if span is None:
        raise KeyError
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    return starts[span.line - 1] + span.column - 1, starts[span.end_line - 1] + span.end_column - 1


def _indent(text: str, offset: int) -> str:
    """Return the indentation of the line at an offset."""
    line = text[text.rfind("\n", 0, offset) + 1 : offset]
    return line[: len(line) - len(line.lstrip())]
