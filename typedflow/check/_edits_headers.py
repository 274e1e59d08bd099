"""Find the headers of TOML tables that contain a key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from typedflow.check._edits_places import Places, Range
from typedflow.check._edits_trees import value_at
from typedflow.values import KeyPath

_HEADER = re.compile(r"[ \t]*\[{1,2}[^\n]*")
_PART = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'""")


def named_in_headers(places: Places, tree: Any, path: KeyPath) -> list[Range]:
    """Return where headers contain the key at a path: its own and those of tables in it; the last comes first."""
    text = places.source.text
    number = sum(isinstance(key, str) for key in path) - 1
    found = []
    for first in {text.rfind("\n", 0, offset) + 1 for offset in _tables(places, value_at(tree, path), path)}:
        header = _HEADER.match(text, first)
        if header:
            parts = list(_PART.finditer(text, first, header.end()))
            found.append(parts[number].span())
    return sorted(found, reverse=True)


def _tables(places: Places, value: Any, path: KeyPath) -> Iterator[int]:
    """Yield where a table or an array of tables, and the tables in it, are first named; each table of an array."""
    at = places.key(path)
    if at is None or not places.is_table(path):
        return
    yield at[0]
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        yield from _tables(places, item, (*path, key))
