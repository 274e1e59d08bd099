"""Plain values as JSON; with origins, an object of leaves by key path."""

import json
from typing import Any

from typedflow.render._document import Document, leaves
from typedflow.values import Location, escaped, format_path

_LAST_OF_FOUR_DIGITS = 0xFFFF


def json_text(data: Any) -> str:
    """Return values as indented JSON, in their own order."""
    return escaped_json(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"


def json_line(value: Any) -> str:
    """Return a value as JSON on one line."""
    return escaped_json(json.dumps(value, ensure_ascii=False))


def escaped_json(text: str) -> str:
    """Return a text of JSON with escapes for what is not printable: that is in strings, where JSON has them."""
    return "\n".join(escaped(line, _escape) for line in text.split("\n"))


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code <= _LAST_OF_FOUR_DIGITS else json.dumps(character)[1:-1]  # of two halves


def json_data(document: Document) -> Any:
    """Give what JSON shows of a document.

    Shape: the tree itself; with origins ``{path: {value, origin, shadows, default}}``, and what was taken away in a
    list under ``$removed`` where there is any (no key path is written so).
    """
    if document.leaves is None:
        return document.tree
    data: dict[str, Any] = {}
    for path, value in leaves(document.tree):
        whole = (*document.base, *path)
        found = document.leaves.get(whole)
        if found is not None:
            data[format_path(whole)] = {
                "value": value,
                "origin": _place(document, found.origin),
                "shadows": [_place(document, place) for place in found.shadows],
                "default": found.is_default,
            }
    if document.removed:
        data["$removed"] = [
            {
                "path": format_path(item.path),
                "origin": _place(document, item.origin),
                "by": _place(document, item.by),
                "reason": item.reason,
            }
            for item in document.removed
        ]
    return data


def _place(document: Document, place: Location) -> dict[str, Any]:
    """Return a place as data; a place without a known line has neither line nor column.

    Among what is shadowed, ``default`` tells the declaration of a default.
    """
    span = place.span
    name: dict[str, Any] = {"source": document.source(place), **({"default": True} if place.is_default else {})}
    return name if span is None else {**name, "line": span.line, "column": span.column}
