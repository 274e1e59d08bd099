"""Gaps between numbers, strings and sizes: bounds, steps, patterns, formats."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from typedflow.schema._compare_forms import Form
from typedflow.schema._compare_gaps import Gap

_SIZES = (("minLength", "maxLength"), ("minItems", "maxItems"), ("minProperties", "maxProperties"))
_WORDS = {
    "minimum": "at least",
    "maximum": "at most",
    "exclusiveMinimum": "more than",
    "exclusiveMaximum": "less than",
}
#: Formats that accept any string.
_FREE = {"path", "password"}


def bound_gaps(inner: Form, outer: Form) -> Iterator[Gap]:
    """Return the gaps between two forms of one type in keywords without subschemas."""
    yield from _range(inner, outer)
    for lower, upper in _SIZES:
        if inner.schema.get(lower, 0) < outer.schema.get(lower, 0):
            yield Gap(lower, inner.schema.get(lower), outer.schema[lower])
        if inner.schema.get(upper, math.inf) > outer.schema.get(upper, math.inf):
            yield Gap(upper, inner.schema.get(upper), outer.schema[upper])
    if not _is_multiple(inner, outer.schema.get("multipleOf")):
        yield Gap("multipleOf", inner.schema.get("multipleOf"), outer.schema["multipleOf"])
    pattern = outer.schema.get("pattern")
    if pattern is not None and not _matches(inner, pattern):
        yield Gap("pattern", inner.schema.get("pattern"), pattern)
    wanted = outer.schema.get("format")
    if wanted is not None and wanted not in _FREE and inner.schema.get("format") != wanted:
        yield Gap("format", inner.schema.get("format"), wanted)


def _range(inner: Form, outer: Form) -> Iterator[Gap]:
    for keyword, sign in (("minimum", 1), ("maximum", -1)):
        ours, theirs = _bound(inner, keyword, sign), _bound(outer, keyword, sign)
        if theirs is not None and (ours is None or ours < theirs):
            yield Gap(keyword, _bound_text(inner, keyword), _bound_text(outer, keyword))


def _bound(form: Form, keyword: str, sign: int) -> tuple[Fraction, bool] | None:
    """Return a bound as a value that is greater if the bound is stricter; bounds of integers are made inclusive."""
    found = []
    for name, is_open in ((keyword, False), (_exclusive(keyword), True)):
        value = form.schema.get(name)
        if value is None or (isinstance(value, float) and not math.isfinite(value)):
            continue
        exact = Fraction(value) * sign
        if form.type != "integer":
            found.append((exact, is_open))
        else:
            found.append((Fraction(math.floor(exact) + 1 if is_open else math.ceil(exact)), False))
    return max(found, default=None)


def _exclusive(keyword: str) -> str:
    return f"exclusive{keyword.capitalize()}"


def _bound_text(form: Form, keyword: str) -> str | None:
    """Return a bound in words, or None."""
    names = [name for name in (keyword, _exclusive(keyword)) if name in form.schema]
    return " and ".join(f"{_WORDS[name]} {form.schema[name]}" for name in names) or None


def _is_multiple(inner: Form, step: Any) -> bool:
    if step is None:
        return True
    own = inner.schema.get("const") if inner.const is not None else inner.schema.get("multipleOf")
    if own is None and inner.type == "integer":
        own = 1
    return own is not None and (_exact(own) / _exact(step)).denominator == 1


def _exact(number: Any) -> Fraction:
    return Fraction(str(number))  # as written: 0.1 is a tenth


def _matches(inner: Form, pattern: str) -> bool:
    if inner.const is None:
        return bool(inner.schema.get("pattern") == pattern)
    try:
        return re.search(pattern, inner.schema["const"]) is not None
    except re.error:  # the pattern is in another dialect
        return False
