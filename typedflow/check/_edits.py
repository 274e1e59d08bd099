"""Rename and remove keys in a text. The caller must compare the tree of each resulting text with the expected one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from typedflow.check._edits_braces import without_entry
from typedflow.check._edits_headers import named_in_headers
from typedflow.check._edits_lines import without_header, without_lines
from typedflow.check._edits_places import Places, Range
from typedflow.check._edits_trees import value_at
from typedflow.values import KeyPath, Source

_TOML_BARE = re.compile(r"[A-Za-z0-9_-]+")
_YAML_PLAIN = re.compile(r"[^\W\d][\w.-]*")
#: A TOML table may have any number of headers.
_MOST_NAMINGS = 1000


def renamings(source: Source, tree: Any, path: KeyPath, name: str) -> Iterator[str]:
    """Yield texts in which the key at a path has another name, quoted like the old one if possible."""
    places = Places(source)
    if source.format == "toml":
        yield from _renamed_toml(source, named_in_headers(places, tree, path), path, name)
    elif at := places.key(path):
        for written in _spellings(source, at, name):
            yield _replaced(source, at, written)


def _renamed_toml(source: Source, headers: list[Range], path: KeyPath, name: str) -> Iterator[str]:
    """Rename a key everywhere: first in headers, then in dotted keys, until none is left."""
    for _ in range(_MOST_NAMINGS):
        at = headers.pop(0) if headers else Places(source).key(path)
        if at is None:
            yield source.text
            return
        written = _spellings(source, at, name)[:1]
        if not written:
            return
        source = replace(source, text=_replaced(source, at, written[0]))


def _replaced(source: Source, at: Range, written: str) -> str:
    return source.text[: at[0]] + written + source.text[at[1] :]


def _spellings(source: Source, at: Range, name: str) -> list[str]:
    """Return ways to write a key; the one most similar to the text in a range comes first."""
    old = source.text[slice(*at)]
    if not name.isprintable() or old[:1] in {"&", "*", "!"}:  # YAML's anchors, aliases and tags
        return []
    double = json.dumps(name, ensure_ascii=False)
    if source.format == "json" or old[:1] == '"':
        return [double]
    if old[:1] == "'":
        doubled = name.replace("'", "''")
        return [f"'{doubled}'"] if source.format == "yaml" else [double if "'" in name else f"'{name}'"]
    bare = _TOML_BARE if source.format == "toml" else _YAML_PLAIN
    return [name, double] if bare.fullmatch(name) else [double]


def removals(source: Source, tree: Any, path: KeyPath) -> Iterator[str]:
    """Yield texts without the key at a path and its value."""
    places = Places(source)
    if places.is_table(path):
        text = _without_table(source, tree, path)
        if text is not None:
            yield text
    elif places.braces(path):
        yield from without_entry(places, tree, path)
    else:
        yield from without_lines(places, tree, path)


def _without_table(source: Source, tree: Any, path: KeyPath) -> str | None:
    """Remove a TOML table without braces: its entries, wherever they are, and then its headers."""
    for below in reversed(_entries(value_at(tree, path), path)):
        text = next(removals(source, tree, below), None)
        if text is None:
            return None
        source = replace(source, text=text)
    for _ in range(_MOST_NAMINGS):
        at = Places(source).key(path)
        if at is None:
            return source.text
        text = without_header(source.text, at[0])
        if text is None:
            return None
        source = replace(source, text=text)
    return None


def _entries(value: Any, path: KeyPath) -> list[KeyPath]:
    if isinstance(value, list):
        return [(*path, index, key) for index, table in enumerate(value) for key in table]
    return [(*path, key) for key in value]
