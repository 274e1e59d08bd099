"""Places that two schemas have in common: each mapping with the one that stands there today."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from typedflow.schema._changes import ANY_KEY
from typedflow.schema._compare_arrays import items_of
from typedflow.schema._compare_forms import Form, canonical, forms
from typedflow.schema._compare_merge import Schema
from typedflow.schema._compare_pairs import candidates
from typedflow.values import KeyPath

_REFERENCE = re.compile(r'"\$ref": "([^"]*)"')


class Places:
    """Walks through two documents side by side; a place within itself is not entered again."""

    def __init__(self, old: dict[str, Any], new: dict[str, Any], *, every: bool = False) -> None:
        """Take the documents that references point into. ``every``: also places where both say the same."""
        self.old = old
        self.new = new
        self._open: set[tuple[str, str]] = set()
        self._same = frozenset() if every else _unchanged(old, new)
        self._skips = not every

    def mappings(self) -> Iterator[tuple[KeyPath, Form, Form]]:
        """Return each place of a mapping, from above, with its old form and its new one."""
        yield from self._below(self.old, self.new, ())

    def _below(self, old: Schema, new: Schema, path: KeyPath) -> Iterator[tuple[KeyPath, Form, Form]]:
        pair = canonical(old), canonical(new)
        if pair in self._open or (self._skips and pair[0] == pair[1] and _references(pair[0]) <= self._same):
            return
        self._open.add(pair)
        ours, theirs = forms(old, self.old), forms(new, self.new)
        for form in ours:
            partners = candidates(form, ours, theirs)
            if len(partners) == 1 and form.type == "object":
                yield path, form, partners[0]
            if len(partners) == 1:
                for key, left, right in _shared(form, partners[0]):
                    yield from self._below(left, right, (*path, key))
        self._open.remove(pair)


def _unchanged(old: dict[str, Any], new: dict[str, Any]) -> frozenset[str]:
    """Return the references that mean the same in both documents, as far as they refer to each other."""
    before, after = (
        {f"#/$defs/{name}": canonical(schema) for name, schema in document.get("$defs", {}).items()}
        for document in (old, new)
    )
    same = {name for name, text in before.items() if after.get(name) == text}
    while lost := {name for name in same if not _references(before[name]) <= same}:
        same -= lost
    return frozenset(same)


def _references(text: str) -> set[str]:
    return set(_REFERENCE.findall(text))


def _shared(old: Form, new: Form) -> Iterator[tuple[str | int, Schema, Schema]]:
    """Return the schemas of what both forms have inside."""
    if old.type == "array":
        (ours, rest), (theirs, other_rest) = items_of(old.schema), items_of(new.schema)
        yield from ((index, *pair) for index, pair in enumerate(zip(ours, theirs, strict=False)))
        yield ANY_KEY, rest, other_rest
    properties = new.schema.get("properties", {})
    for key, schema in old.schema.get("properties", {}).items():
        if key in properties:
            yield key, schema, properties[key]
    values = (form.schema.get("additionalProperties", True) for form in (old, new))
    if old.type == "object":
        yield (ANY_KEY, *values)
