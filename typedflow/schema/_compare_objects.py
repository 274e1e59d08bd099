"""Gaps between mappings: known keys, unknown keys, required keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from typedflow.schema._changes import ANY_KEY
from typedflow.schema._compare_gaps import Gap, GapsOf
from typedflow.schema._compare_merge import GROUPS, AnySchema

Mapping: TypeAlias = "dict[str, Any]"


def object_gaps(inner: Mapping, outer: Mapping, gaps: GapsOf) -> Iterator[Gap]:
    """Return the gaps between two mappings, except their sizes."""
    yield from _known_key_gaps(inner, outer, gaps)
    yield from _new_key_gaps(inner, outer, gaps)
    yield from _other_key_gaps(inner, outer, gaps)
    yield from _key_name_gaps(inner, outer, gaps)
    yield from _required_key_gaps(inner, outer)


def _known_key_gaps(inner: Mapping, outer: Mapping, gaps: GapsOf) -> Iterator[Gap]:
    """Return the gaps at the inner mapping's keys."""
    for key, schema in inner.get("properties", {}).items():
        own = outer.get("properties", {}).get(key)
        targets = [] if own is None else [own]
        targets += [target for pattern, target in outer.get("patternProperties", {}).items() if _matches(key, pattern)]
        targets = targets or [outer.get("additionalProperties", True)]
        if targets == [False]:
            yield Gap("key", "a field", path=(key,))
        else:
            yield from (gap.with_prefix(key) for target in targets for gap in gaps(schema, target))


def _new_key_gaps(inner: Mapping, outer: Mapping, gaps: GapsOf) -> Iterator[Gap]:
    """Return the gaps at keys that only the outer mapping knows, if the inner one accepts unknown keys."""
    others = inner.get("additionalProperties", True)
    for key, schema in outer.get("properties", {}).items():
        if key in inner.get("properties", {}) or others is False:
            continue
        if isinstance(others, dict):
            yield from (gap.with_prefix(key) for gap in gaps(others, schema))
        elif gaps({}, schema):
            yield Gap("unread", path=(key,), is_certain=False)


def _other_key_gaps(inner: Mapping, outer: Mapping, gaps: GapsOf) -> Iterator[Gap]:
    """Return the gaps at keys that are known by a pattern, or not at all."""
    others, targets = inner.get("additionalProperties", True), outer.get("additionalProperties", True)
    ours, theirs = inner.get("patternProperties", {}), outer.get("patternProperties", {})
    for pattern, schema in ours.items():
        yield from (gap.with_prefix(ANY_KEY) for gap in gaps(schema, theirs.get(pattern, targets)))
    if others is not False:
        yield from _unknown_key_gaps(others, targets, gaps)
    sources = [*ours.values(), *([] if others is False else [others])]
    new = [schema for pattern, schema in theirs.items() if pattern not in ours]
    yield from (gap.with_prefix(ANY_KEY) for schema in new for source in sources for gap in gaps(source, schema))


def _unknown_key_gaps(others: AnySchema, targets: AnySchema, gaps: GapsOf) -> Iterator[Gap]:
    if targets is False:
        yield Gap("unknown keys")
    else:
        yield from (gap.with_prefix(ANY_KEY) for gap in gaps(others, targets))


def _key_name_gaps(inner: Mapping, outer: Mapping, gaps: GapsOf) -> Iterator[Gap]:
    """Return a gap if the outer mapping restricts its keys more."""
    wanted = outer.get("propertyNames", True)
    if wanted is True:
        return
    is_open = inner.get("additionalProperties", True) is not False or "patternProperties" in inner
    own = [{"const": key} for key in inner.get("properties", {})]
    names = [inner["propertyNames"]] if "propertyNames" in inner else [*own, *([{"type": "string"}] if is_open else [])]
    found = [gap for name in names for gap in gaps(name, wanted)]
    if found:
        yield Gap("keys", found[0].inner, found[0].outer)


def _required_key_gaps(inner: Mapping, outer: Mapping) -> Iterator[Gap]:
    """Return a gap for each key that only the outer mapping requires."""
    sure = _required_groups(inner)
    for group in _required_groups(outer):
        if not any(own <= group for own in sure):
            key = next((key for key in outer.get("properties", {}) if key in group), min(group))
            known = key in inner.get("properties", {})
            yield Gap("required", "optional" if known else None, "required", path=(key,))


def _required_groups(schema: Mapping) -> list[frozenset[str]]:
    """Return the sets of keys of which at least one is required."""
    return [*(frozenset([key]) for key in schema.get("required", ())), *map(frozenset, schema.get(GROUPS, ()))]


def _matches(key: str, pattern: str) -> bool:
    try:
        return re.search(pattern, key) is not None
    except re.error:  # the pattern is in another dialect
        return True
