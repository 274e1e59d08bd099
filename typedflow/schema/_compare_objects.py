"""Gaps of mappings: keys that are known, keys that are not, keys that must be there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from typedflow.schema._changes import ANY_KEY
from typedflow.schema._compare_gaps import Gap
from typedflow.schema._compare_merge import GROUPS, Schema

Mapping: TypeAlias = "dict[str, Any]"
Gaps: TypeAlias = Callable[[Schema, Schema], tuple[Gap, ...]]


def objects(inner: Mapping, outer: Mapping, gaps: Gaps) -> Iterator[Gap]:
    """Return the gaps between two mappings, their sizes aside."""
    yield from _known(inner, outer, gaps)
    yield from _new(inner, outer, gaps)
    yield from _others(inner, outer, gaps)
    yield from _names(inner, outer, gaps)
    yield from _needed(inner, outer)


def _known(inner: Mapping, outer: Mapping, gaps: Gaps) -> Iterator[Gap]:
    """Return the gaps of the inner mapping's keys."""
    for key, schema in inner.get("properties", {}).items():
        own = outer.get("properties", {}).get(key)
        takers = [] if own is None else [own]
        takers += [taker for pattern, taker in outer.get("patternProperties", {}).items() if _is_like(key, pattern)]
        takers = takers or [outer.get("additionalProperties", True)]
        if takers == [False]:
            yield Gap("key", "a field", path=(key,))
        else:
            yield from (gap.below(key) for taker in takers for gap in gaps(schema, taker))


def _new(inner: Mapping, outer: Mapping, gaps: Gaps) -> Iterator[Gap]:
    """Return the gaps of keys that the outer mapping alone knows: the inner one may take them unknown."""
    others = inner.get("additionalProperties", True)
    for key, schema in outer.get("properties", {}).items():
        if key in inner.get("properties", {}) or others is False:
            continue
        if isinstance(others, dict):
            yield from (gap.below(key) for gap in gaps(others, schema))
        elif gaps({}, schema):
            yield Gap("unread", path=(key,), is_certain=False)


def _others(inner: Mapping, outer: Mapping, gaps: Gaps) -> Iterator[Gap]:
    """Return the gaps of keys that are known by a pattern, or not at all."""
    others, takers = inner.get("additionalProperties", True), outer.get("additionalProperties", True)
    ours, theirs = inner.get("patternProperties", {}), outer.get("patternProperties", {})
    for pattern, schema in ours.items():
        yield from (gap.below(ANY_KEY) for gap in gaps(schema, theirs.get(pattern, takers)))
    if others is not False:
        yield from _unknown(others, takers, gaps)
    sources = [*ours.values(), *([] if others is False else [others])]
    new = [schema for pattern, schema in theirs.items() if pattern not in ours]
    yield from (gap.below(ANY_KEY) for schema in new for source in sources for gap in gaps(source, schema))


def _unknown(others: Schema, takers: Schema, gaps: Gaps) -> Iterator[Gap]:
    if takers is False:
        yield Gap("unknown keys")
    else:
        yield from (gap.below(ANY_KEY) for gap in gaps(others, takers))


def _names(inner: Mapping, outer: Mapping, gaps: Gaps) -> Iterator[Gap]:
    """Return a gap where the outer mapping is choosier about its keys."""
    wanted = outer.get("propertyNames", True)
    if wanted is True:
        return
    is_open = inner.get("additionalProperties", True) is not False or "patternProperties" in inner
    own = [{"const": key} for key in inner.get("properties", {})]
    names = [inner["propertyNames"]] if "propertyNames" in inner else [*own, *([{"type": "string"}] if is_open else [])]
    found = [gap for name in names for gap in gaps(name, wanted)]
    if found:
        yield Gap("keys", found[0].inner, found[0].outer)


def _needed(inner: Mapping, outer: Mapping) -> Iterator[Gap]:
    """Return the keys that the outer mapping needs, where the inner one may lack them."""
    sure = _groups(inner)
    for group in _groups(outer):
        if not any(own <= group for own in sure):
            key = next((key for key in outer.get("properties", {}) if key in group), min(group))
            known = key in inner.get("properties", {})
            yield Gap("required", "optional" if known else None, "required", path=(key,))


def _groups(schema: Mapping) -> list[frozenset[str]]:
    """Return the sets of keys of which one must be there."""
    return [*(frozenset([key]) for key in schema.get("required", ())), *map(frozenset, schema.get(GROUPS, ()))]


def _is_like(key: str, pattern: str) -> bool:
    try:
        return re.search(pattern, key) is not None
    except re.error:  # a pattern of another dialect
        return True
