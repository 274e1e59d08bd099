"""Plain values as JSON; with origins, an object of leaves by key path."""

import json
from typing import Any

from typedflow.render._document import Document, leaves
from typedflow.values import Location, format_path


def json_text(data: Any) -> str:
    """Give values as indented JSON, in their own order."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


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
