"""Plain values as JSON; with origins, an object that has the leaves by key path."""

import json
from dataclasses import replace
from typing import Any

from typedflow.render._document import Document
from typedflow.values import escaped, format_path, leaf_data, leaves_of, removed_data

_LAST_OF_FOUR_DIGITS = 0xFFFF


def json_text(data: Any) -> str:
    """Return values as indented JSON, without sorting keys."""
    return escaped_json(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"


def json_line(value: Any) -> str:
    """Return a value as JSON on one line."""
    return escaped_json(json.dumps(value, ensure_ascii=False))


def escaped_json(text: str) -> str:
    """Return JSON with escapes for unprintable characters, which can only be in strings."""
    return "\n".join(escaped(line, _escape) for line in text.split("\n"))


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code <= _LAST_OF_FOUR_DIGITS else json.dumps(character)[1:-1]  # of two halves


def json_data(document: Document) -> Any:
    """Return a document as data for JSON.

    Shape: the tree itself; with origins ``{path: {value, origin, shadows, default, through}}``, and removed leaves in a
    list under ``$removed``, if any (which is not a valid key path).
    """
    if document.leaves is None:
        return document.tree
    data: dict[str, Any] = {}
    for path, value in leaves_of(document.tree):
        whole = (*document.base, *path)
        found = document.leaves.get(whole)
        if found is not None:
            data[format_path(whole)] = {"value": value, **leaf_data(document.leaf_from_root(found))}
    if document.removed:
        data["$removed"] = [
            removed_data(replace(item, origin=document.from_root(item.origin), by=document.from_root(item.by)))
            for item in document.removed
        ]
    return data
