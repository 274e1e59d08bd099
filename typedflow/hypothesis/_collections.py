"""Strategies for lists, tuples and dictionaries of plain values, within the limits of Pydantic's core schema."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st
from pydantic_core import to_json, to_jsonable_python

from typedflow.hypothesis._scalars import Node, Values
from typedflow.layers import meant_directive

#: How much longer than its minimum a collection without a maximum may be.
_MORE = 4
_IS_THERE = st.booleans()
_UNIQUE = {"set", "frozenset"}


def _sizes(node: Node) -> tuple[int, int]:
    low = node.get("min_length") or 0
    high = node.get("max_length")
    return low, min(low + _MORE, low + _MORE if high is None else high)


def lists(node: Node, items: Values) -> Values:
    """Return lists for a list, or for a set, with distinct items."""
    low, high = _sizes(node)
    if low > high or items.is_empty:
        return st.nothing() if low else st.builds(list)
    unique = to_json if node["type"] in _UNIQUE else None
    return st.lists(items, min_size=low, max_size=high, unique_by=unique)


def tuples(node: Node, items: Sequence[Values]) -> Values:
    """Return lists for a tuple, in which one item may be variadic."""
    at = node.get("variadic_item_index")
    if at is None:
        return st.tuples(*items).map(list)
    fixed = [*items[:at], *items[at + 1 :]]
    low, high = _sizes(node)
    more = st.lists(items[at], min_size=max(0, low - len(fixed)), max_size=max(0, high - len(fixed)))
    parts = st.tuples(*items[:at]), more, st.tuples(*items[at + 1 :])
    return st.tuples(*parts).map(lambda found: list(itertools.chain(*found)))


def dictionaries(node: Node, keys: Values, values: Values) -> Values:
    """Return mappings with strings as keys."""
    low, high = _sizes(node)
    if low > high or keys.is_empty or values.is_empty:
        return st.nothing() if low else st.builds(dict)
    return st.dictionaries(keys.map(_text).filter(_is_allowed), values, min_size=low, max_size=high)


@st.composite
def vary_keys(draw: st.DrawFn, found: Values, keys: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return mappings of fields, each with any of its keys."""
    tree = draw(found)
    return {draw(st.sampled_from(keys[key])) if key in keys else key: value for key, value in tree.items()}


@st.composite
def mappings(draw: st.DrawFn, required: Mapping[str, Values], optional: Mapping[str, Values]) -> dict[str, Any]:
    """Return mappings of fields. Each optional field is a choice by itself, so that it can be removed alone."""
    found = {key: draw(values) for key, values in required.items()}
    for key, values in optional.items():
        if draw(_IS_THERE):
            found[key] = draw(values)
    return found


def _text(key: Any) -> str:
    text: str = next(iter(to_jsonable_python({key: None})))
    return text


def _is_allowed(key: str) -> bool:
    return key != "$schema" and not meant_directive(key)
