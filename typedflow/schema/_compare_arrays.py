"""Gaps between lists: their items, and whether an item may be repeated."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from typedflow.schema._changes import ANY_KEY
from typedflow.schema._compare_gaps import Gap, GapsOf
from typedflow.schema._compare_merge import AnySchema


def array_gaps(inner: dict[str, Any], outer: dict[str, Any], gaps: GapsOf) -> Iterator[Gap]:
    """Return the gaps between two lists, except their lengths."""
    (ours, rest), (theirs, other_rest) = items_of(inner), items_of(outer)
    most = inner.get("maxItems", math.inf)
    known = max(len(ours), len(theirs))
    for index in range(known):
        if index < most:
            mine = ours[index] if index < len(ours) else rest
            other = theirs[index] if index < len(theirs) else other_rest
            yield from (gap.with_prefix(index) for gap in gaps(mine, other))
    if most > known:
        yield from (gap.with_prefix(ANY_KEY) for gap in gaps(rest, other_rest))
    if outer.get("uniqueItems") and not inner.get("uniqueItems") and most > 1:
        yield Gap("uniqueItems", None, outer["uniqueItems"], is_certain=False)


def items_of(schema: dict[str, Any]) -> tuple[list[AnySchema], AnySchema]:
    """Return the schemas of the first items and that of all others, in old and new drafts."""
    if isinstance(schema.get("items"), list):
        return schema["items"], schema.get("additionalItems", True)
    return schema.get("prefixItems", []), schema.get("items", True)
