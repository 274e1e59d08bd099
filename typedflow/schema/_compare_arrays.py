"""Gaps of lists: their items, one by one as far as they are told apart, and whether each may be there twice."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

from typedflow.schema._changes import ANY_KEY
from typedflow.schema._compare_gaps import Gap
from typedflow.schema._compare_merge import Schema


def arrays(
    inner: dict[str, Any], outer: dict[str, Any], gaps: Callable[[Schema, Schema], tuple[Gap, ...]]
) -> Iterator[Gap]:
    """Return the gaps between two lists, their lengths aside."""
    (ours, rest), (theirs, other_rest) = items_of(inner), items_of(outer)
    most = inner.get("maxItems", math.inf)
    told_apart = max(len(ours), len(theirs))
    for index in range(told_apart):
        if index < most:
            mine = ours[index] if index < len(ours) else rest
            other = theirs[index] if index < len(theirs) else other_rest
            yield from (gap.below(index) for gap in gaps(mine, other))
    if most > told_apart:
        yield from (gap.below(ANY_KEY) for gap in gaps(rest, other_rest))
    if outer.get("uniqueItems") and not inner.get("uniqueItems") and most > 1:
        yield Gap("uniqueItems", None, outer["uniqueItems"], is_certain=False)


def items_of(schema: dict[str, Any]) -> tuple[list[Schema], Schema]:
    """Return the schemas of the first items, and that of the others, as drafts old and new write them."""
    if isinstance(schema.get("items"), list):
        return schema["items"], schema.get("additionalItems", True)
    return schema.get("prefixItems", []), schema.get("items", True)
