"""Writes plain values as TOML in a style, with tables, dotted keys and inline tables."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from typedflow.hypothesis._style import Raw, Style
from typedflow.render import quoted

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_TABLE, _DOTTED, _INLINE = range(3)


def toml_text(tree: dict[str, Any], style: Style) -> str:
    """Return a TOML document."""
    own, tables = _parts(tree, style, ())
    return style.with_line_ends("\n".join([*own, *tables]) + "\n")


def _parts(tree: dict[str, Any], style: Style, path: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Return the lines of a table's own keys and those of its subtables, which must follow all of its keys."""
    own: list[str] = []
    tables: list[str] = []
    for key, value in style.keys(tree):
        way = style.pick(style.nesting, 3)
        if isinstance(value, dict) and value and way == _DOTTED:
            own += [f"{_key(key, style)}.{line}" for line in _dotted(value, style)]
        elif isinstance(value, dict) and way != _INLINE:
            tables += _table(value, style, (*path, key))
        elif _is_table_array(value) and way == _TABLE:
            for item in value:
                tables += _table(item, style, (*path, key), brackets=2)
        else:
            own.append(f"{_key(key, style)} = {_value(value, style)}{style.comment()}")
    return own, tables


def _table(tree: dict[str, Any], style: Style, path: tuple[str, ...], brackets: int = 1) -> Iterator[str]:
    own, tables = _parts(tree, style, path)
    header = ".".join(_key(key, style) for key in path)
    yield f"{'[' * brackets}{header}{']' * brackets}{style.comment()}"
    yield from (*own, *tables)


def _dotted(tree: dict[str, Any], style: Style) -> Iterator[str]:
    for key, value in style.keys(tree):
        if isinstance(value, dict) and value:
            yield from (f"{_key(key, style)}.{line}" for line in _dotted(value, style))
        else:
            yield f"{_key(key, style)} = {_value(value, style)}"


def _is_table_array(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _key(key: str, style: Style) -> str:
    if isinstance(key, Raw):
        return key
    return key if _BARE.fullmatch(key) and style.pick(style.quotes, 3) != 1 else quoted(key)


def _value(value: Any, style: Style) -> str:
    if isinstance(value, Raw):
        return value
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key, style)} = {_value(item, style)}" for key, item in style.keys(value)) + "}"
    if isinstance(value, list):
        return _list([_value(item, style) for item in value], style)
    if isinstance(value, str):
        return _text(value, style)
    if isinstance(value, int) and not isinstance(value, bool):
        way = style.pick(style.numbers, 3)
        return (str(value), f"{value:_}", hex(value) if value >= 0 else str(value))[way]
    return json.dumps(value)


def _list(items: list[str], style: Style) -> str:
    if items and style.pick(style.numbers, 3) == 1 and not any("\n" in item for item in items):
        return "[\n" + "".join(f"  {item},\n" for item in items) + "]"
    return f"[{', '.join(items)}]"


def _text(text: str, style: Style) -> str:
    way = style.pick(style.quotes, 4)
    if way == 1 and text.isprintable() and "'" not in text:
        return f"'{text}'"
    if way == 2 and "\n" in text:  # noqa: PLR2004 # of four
        return '"""\n' + "\n".join(quoted(line)[1:-1] for line in text.split("\n")) + '"""'
    return quoted(text)
