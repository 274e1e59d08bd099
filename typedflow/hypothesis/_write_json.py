"""Writes plain values as JSON in a style."""

from __future__ import annotations

import json
from typing import Any

from typedflow.hypothesis._style import Raw, Style


def json_text(tree: dict[str, Any], style: Style) -> str:
    """Return a JSON document; an indent of 0 puts all on one line."""
    return style.with_line_ends(_value(tree, style, 0) + ("\n" if style.nesting != 1 else ""))


def _value(value: Any, style: Style, depth: int) -> str:
    if isinstance(value, Raw):
        return value
    if isinstance(value, dict):
        pairs = [f"{_text(key, style)}: {_value(item, style, depth + 1)}" for key, item in style.keys(value)]
        return _enclose("{}", pairs, style, depth)
    if isinstance(value, list):
        return _enclose("[]", [_value(item, style, depth + 1) for item in value], style, depth)
    return _text(value, style) if isinstance(value, str) else json.dumps(value)


def _enclose(brackets: str, parts: list[str], style: Style, depth: int) -> str:
    if not parts:
        return brackets
    if not style.indent:
        return brackets[0] + ", ".join(parts) + brackets[1]
    margin = " " * style.indent * depth
    inner = f"\n{margin}{' ' * style.indent}"
    return brackets[0] + inner + f",{inner}".join(parts) + f"\n{margin}{brackets[1]}"


def _text(text: str, style: Style) -> str:
    return text if isinstance(text, Raw) else json.dumps(text, ensure_ascii=style.pick(style.quotes, 2) == 1)
