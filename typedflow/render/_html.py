"""A config as an HTML table, for Metaflow's cards: each entry, its value, its origin and what it shadows.

The output is one line, and also valid XML: a card reads it as Markdown, where HTML continues, untouched, to the first
empty line (CommonMark 0.31, HTML blocks, condition 6). Text from files is escaped, so it is shown as it is written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import escape
from itertools import groupby
from typing import Any

from typedflow.render._document import Document
from typedflow.values import KeyPath, LeafOrigin, Location, RemovedLeaf, format_path, printable

_STYLE = """
.typedflow-config { text-align: left; }
.typedflow-config p { margin: 0 0 .6rem; color: #6a6a6a; overflow-wrap: anywhere; }
.typedflow-config p.name { font-size: 1.15rem; color: #333; margin: 0 0 .2rem; }
.typedflow-config p b { color: #333; font-weight: 500; }
.typedflow-config table { width: 100%; min-width: 0; table-layout: fixed !important; border-collapse: collapse; }
.typedflow-config th { text-align: left; padding: .35rem .6rem; }
.typedflow-config td { text-align: left; vertical-align: top; padding: .35rem .6rem; overflow-wrap: anywhere; }
.typedflow-config td { white-space: pre-wrap; font: .78rem/1.45 monospace; }
.typedflow-config td div { max-height: 16rem; overflow: auto; }
.typedflow-config tbody { border-top: 2px solid #fff; }
.typedflow-config .default td { color: #737373; font-style: italic; }
.typedflow-config .removed td { color: #737373; }
.typedflow-config .removed td:first-child { text-decoration: line-through; }
"""
_WIDTHS = {2: (35, 65), 3: (24, 42, 34), 4: (20, 26, 29, 25)}
_JOINER = "\N{ZERO WIDTH JOINER}"  # within emoji


def html(document: Document, *, name: str, facts: Mapping[str, str]) -> str:
    """Return a document as a table on one line, under its name and some facts, without empty columns.

    A list of plain values is one entry; the first of several origins in one source is shown.
    """
    known = document.leaves or {}
    heads = ["setting", "value"]
    if document.leaves is not None:
        heads.append("from")
    if document.removed or any(leaf.shadows for leaf in known.values()):
        heads.append("shadows")
    told = " \N{MIDDLE DOT} ".join(f"{_name(key)} <b>{_name(value)}</b>" for key, value in facts.items())
    columns = "".join(f'<col style="width: {width}%"/>' for width in _WIDTHS[len(heads)])
    parts = [
        f'<div class="typedflow-config"><style>{" ".join(_STYLE.split())}</style>',
        f'<p class="name">{_name(name)}</p>',
        f"<p>{told}</p>" if told else "",
        f"<table><colgroup>{columns}</colgroup><thead><tr>",
        *(f'<th scope="col">{head}</th>' for head in heads),
        "</tr></thead>",
        *_sections(document, len(heads)),
        "</table></div>",
    ]
    return "".join(parts)


def _sections(document: Document, width: int) -> Iterator[str]:
    """Return a ``tbody`` for each top-level key, and one for removed leaves."""
    entries = _entries(document.tree, ())
    for _, section in groupby(entries, key=lambda entry: entry[0][:1]):
        yield f"<tbody>{''.join(_row(document, path, value, width) for path, value in section)}</tbody>"
    if document.removed:
        yield f"<tbody>{''.join(_removed(document, item) for item in document.removed)}</tbody>"


def _entries(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, Any]]:
    """Return the values other than mappings, by key path; a list of plain values is one value."""
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from _entries(item, (*path, key))
    elif isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
        for index, item in enumerate(value):
            yield from _entries(item, (*path, index))
    else:
        yield path, value


def _row(document: Document, path: KeyPath, value: Any, width: int) -> str:
    leaves = _leaves_at(document.leaves or {}, path, value)
    is_default = any(leaf.is_default for leaf in leaves)
    origins = _places(document, [leaf.origin for leaf in leaves], column=not is_default)
    through = _places(document, [place for leaf in leaves for place in leaf.through])
    cells = [
        _breakable(_visible(format_path(path))),
        f"<div>{_text(_json_or_text(value))}</div>",
        "default, " * is_default + origins + (f"<br/>through {through}" if through else ""),
        _places(document, [place for leaf in leaves for place in leaf.shadows]),
    ]
    return _cells(cells[:width], "default" if is_default else "")


def _removed(document: Document, item: RemovedLeaf[Location]) -> str:
    cells = [
        _breakable(_visible(format_path(item.path))),
        _text(printable(f"removed ({item.reason})")),
        _places(document, [item.by]),
        _places(document, [item.origin]),
    ]
    return _cells(cells, "removed")


def _cells(cells: list[str], kind: str) -> str:
    row = "".join(f"<td>{cell}</td>" for cell in cells)
    return f'<tr class="{kind}">{row}</tr>' if kind else f"<tr>{row}</tr>"


def _leaves_at(known: Mapping[KeyPath, LeafOrigin[Location]], path: KeyPath, value: Any) -> list[LeafOrigin[Location]]:
    """Return the origins of an entry, or of a list's items."""
    paths = [path, *((*path, index) for index in range(len(value)))] if isinstance(value, list) else [path]
    return [known[each] for each in paths if each in known]


def _places(document: Document, places: list[Location], *, column: bool = True) -> str:
    """Return locations on separate lines, the first of each source."""
    first: dict[str, Location] = {}
    for place in places:
        first[place.name] = min(first.get(place.name, place), place, key=_position)
    return "<br/>".join(_breakable(document.name(place, column=column)) for place in first.values())


def _position(place: Location) -> tuple[int, int]:
    return (place.span.line, place.span.column) if place.span else (0, 0)


def _breakable(text: str) -> str:
    """Return a name that may wrap after each of its parts."""
    return re.sub(r"(?<=[/.])(?=\w)", "<wbr/>", _text(text))


def _json_or_text(value: Any) -> str:
    """Return a value as JSON; multi-line text unchanged, if all of it is visible."""
    if isinstance(value, str) and "\n" in value and all(map(str.isprintable, re.split(r"[\n\t]", value))):
        return value
    return _visible(json.dumps(value, ensure_ascii=False))


def _visible(text: str) -> str:
    """Return JSON, or a key path, with invisible characters escaped; they are always within quotes."""
    return "".join(each if each.isprintable() or each == _JOINER else json.dumps(each)[1:-1] for each in text)


def _name(text: str) -> str:
    return _text(printable(text))


def _text(text: str) -> str:
    """Return text as HTML, on one line."""
    return escape(text).replace("\n", "&#10;").replace("\r", "&#13;")
