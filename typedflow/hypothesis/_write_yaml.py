"""Writes plain values as YAML in a style, with blocks, flows and all kinds of scalars."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from typedflow.hypothesis._style import Raw, Style
from typedflow.render import quoted

#: Plain scalars that both YAML 1.1 and 1.2 read as strings, in blocks and in flows.
_PLAIN = re.compile(r"[A-Za-z_][\w./-]*(?: [\w./-]+)*", re.ASCII)
_WORDS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
_BLOCK = re.compile(r"[!-~](?:[ -~]*\n)*[ -~]*[!-~]\n?", re.ASCII)


def yaml_text(tree: dict[str, Any], style: Style) -> str:
    """Return a YAML document."""
    lines = list(_lines(tree, style))
    if style.comments:
        lines.insert(0, "# written for a test")
    if style.nesting == 1:
        lines.insert(0, "---")
    return style.with_line_ends("\n".join(lines) + "\n")


def _lines(value: Any, style: Style) -> Iterator[str]:
    """Return the lines of a value, in block style if possible."""
    if not isinstance(value, dict | list) or not value or style.pick(style.nesting, 4) == 2:  # noqa: PLR2004 # of four
        yield _flow(value, style)
    elif isinstance(value, dict):
        for key, item in style.keys(value):
            yield from _entry(_scalar(key, style), item, style)
    else:
        for item in value:
            yield from _item(item, style)


def _entry(key: str, item: Any, style: Style) -> Iterator[str]:
    margin = " " * (style.indent or 2)
    if type(item) is str and style.pick(style.quotes, 5) == 4 and _BLOCK.fullmatch(item):  # noqa: PLR2004 # of five
        yield f"{key}: |{'' if item.endswith(chr(10)) else '-'}"
        yield from (margin + line for line in item.removesuffix("\n").split("\n"))
        return
    lines = list(_lines(item, style))
    is_block = isinstance(item, dict | list) and item and (len(lines) > 1 or lines[0][0] not in "[{")
    if is_block:
        yield f"{key}:{style.comment()}"
        yield from (margin + line for line in lines)
    else:
        yield f"{key}: {lines[0]}{style.comment()}"


def _item(item: Any, style: Style) -> Iterator[str]:
    first, *others = _lines(item, style)
    yield f"- {first}"
    yield from (f"  {line}" for line in others)


def _flow(value: Any, style: Style) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(key, style)}: {_flow(item, style)}" for key, item in style.keys(value)) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item, style) for item in value) + "]"
    return _scalar(value, style)


def _scalar(value: Any, style: Style) -> str:
    if isinstance(value, str):
        return value if isinstance(value, Raw) else _text(value, style)
    if value is None:
        return ("null", "~", "Null")[style.pick(style.numbers, 3)]
    if isinstance(value, bool):
        return (str(value).lower(), str(value), str(value).upper())[style.pick(style.numbers, 3)]
    if isinstance(value, int) and value >= 0 and style.pick(style.numbers, 3) == 1:
        return hex(value)
    return json.dumps(value)


def _text(text: str, style: Style) -> str:
    way = style.pick(style.quotes, 3)
    if way == 0 and _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    if way == 1 and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return quoted(text)
