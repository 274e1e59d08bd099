"""The fast path of merging: mappings merge key by key, everything else is replaced, and nothing is logged.

Most layers are so. Where a rule, a change of tag or a conflict of kinds could matter, ``_merge`` walks the layer.
"""

from typing import Any

from typedflow.layers._plan import UNTYPED, Plan

_NOTHING = object()


def merge_fast(low: dict[str, Any], high: dict[str, Any], plan: Plan) -> dict[str, Any] | None:
    """Return the merged mapping, or None where this is not a plain case."""
    if not low:
        return high
    while plan.variants:
        if plan.choose is not None:
            return None
        tag = low.get(plan.tag)
        if high.get(plan.tag, tag) != tag or tag.__class__ is not str or tag not in plan.variants:
            return None
        plan = plan.variants[tag]
    tree = low.copy()
    for key, value in high.items():
        old = low.get(key, _NOTHING)
        if value.__class__ is dict and old is not _NOTHING:
            child = plan.fields.get(key) or plan.items or UNTYPED
            value = merge_fast(old, value, child) if old.__class__ is dict and child.rule is None else None  # noqa: PLW2901
            if value is None:
                return None
        elif old.__class__ is dict or (value.__class__ is list and plan.child(key).rule is not None):
            return None
        tree[key] = value
    return tree
