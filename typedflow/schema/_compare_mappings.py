"""Finds the mappings that an old and a new schema have in common."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from typedflow.schema._changes import ANY_KEY
from typedflow.schema._compare_arrays import items_of
from typedflow.schema._compare_forms import Form, comparable_text, forms_of
from typedflow.schema._compare_matching import matching_forms
from typedflow.schema._compare_merge import AnySchema
from typedflow.schema._contract import Contract
from typedflow.values import KeyPath

_REFERENCE = re.compile(r'"\$ref": "([^"]*)"')


def common_mappings(
    old: dict[str, Any], new: dict[str, Any], *, every: bool = False
) -> Iterator[tuple[KeyPath, Form, Form]]:
    """Return the path, the old form and the new form of each common mapping, outermost first.

    ``every``: also of mappings that are the same in both documents.
    """
    return _Walk(old, new, every=every).below(old, new, ())


def paths_of(contract: Contract) -> Iterator[KeyPath]:
    """Return the path of each field, as files and as compiled configs write it; recursive models are entered once."""
    found: dict[KeyPath, None] = {}
    for schema in (contract.files, contract.read):
        for path, mapping, _ in common_mappings(schema, schema, every=True):
            found.update(dict.fromkeys((*path, key) for key in mapping.schema.get("properties", ())))
    yield from found


class _Walk:
    """Walks through two documents side by side; a recursive pair is entered once."""

    def __init__(self, old: dict[str, Any], new: dict[str, Any], *, every: bool) -> None:
        self._old = old
        self._new = new
        self._open: set[tuple[str, str]] = set()
        self._same = frozenset() if every else _unchanged(old, new)
        self._skips = not every

    def below(self, old: AnySchema, new: AnySchema, path: KeyPath) -> Iterator[tuple[KeyPath, Form, Form]]:
        pair = comparable_text(old), comparable_text(new)
        if pair in self._open or (self._skips and pair[0] == pair[1] and _references(pair[0]) <= self._same):
            return
        self._open.add(pair)
        ours, theirs = forms_of(old, self._old), forms_of(new, self._new)
        for form in ours:
            partners = matching_forms(form, ours, theirs)
            if len(partners) == 1 and form.type == "object":
                yield path, form, partners[0]
            if len(partners) == 1:
                for key, left, right in _shared_schemas(form, partners[0]):
                    yield from self.below(left, right, (*path, key))
        self._open.remove(pair)


def _unchanged(old: dict[str, Any], new: dict[str, Any]) -> frozenset[str]:
    """Return the references whose targets are the same in both documents, including what these refer to."""
    before, after = (
        {f"#/$defs/{name}": comparable_text(schema) for name, schema in document.get("$defs", {}).items()}
        for document in (old, new)
    )
    same = {name for name, text in before.items() if after.get(name) == text}
    while lost := {name for name in same if not _references(before[name]) <= same}:
        same -= lost
    return frozenset(same)


def _references(text: str) -> set[str]:
    return set(_REFERENCE.findall(text))


def _shared_schemas(old: Form, new: Form) -> Iterator[tuple[str | int, AnySchema, AnySchema]]:
    """Return the subschemas that both forms have."""
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
