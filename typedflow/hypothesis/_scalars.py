"""Strategies for scalars as files write them, by the nodes of Pydantic's core schema.

Source: ``pydantic_core.core_schema``, whose node types and constraints these are.
"""

from __future__ import annotations

import datetime
import decimal
import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import strategies as st
from pydantic import ValidationError
from pydantic_core import to_jsonable_python

from typedflow.hypothesis._accepted_values import Check

Node = Mapping[str, Any]
Values = st.SearchStrategy[Any]

TEXT = st.characters(codec="utf-8")
WORD = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=8)
_INTEGERS = -(2**63), 2**63 - 1  # the range that TOML guarantees
#: Python's `$` also matches before a line end at the end of the text; Pydantic's does not.
_ENDS = re.compile(r"(?<!\\)(\\\\)*\$$")
_MOST_STEPS = 10**9
_PAST, _FUTURE = datetime.datetime(2020, 1, 1), datetime.datetime(2900, 1, 1)  # noqa: DTZ001 # both kinds are made of it
_ZONES = st.sampled_from([datetime.timezone.utc, datetime.timezone(datetime.timedelta(hours=5, minutes=30))])


def _low(node: Node) -> Any:
    found = [node[name] for name in ("ge", "gt") if node.get(name) is not None]
    return max(found, default=None)


def _high(node: Node) -> Any:
    found = [node[name] for name in ("le", "lt") if node.get(name) is not None]
    return min(found, default=None)


def _integers(node: Node) -> Values:
    step = node.get("multiple_of") or 1
    low, high = _low(node), _high(node)
    first = None if low is None else -(-low // step) + (low == node.get("gt") and low % step == 0)
    last = None if high is None else high // step - (high == node.get("lt") and high % step == 0)
    if first is None:
        first = min(_INTEGERS[0] // step, last or 0)
    if last is None:
        last = max(_INTEGERS[1] // step, first)
    if first > last:
        return st.nothing()
    numbers = st.integers(first, last)
    return numbers if step == 1 else numbers.map(lambda number: number * step)


def _floats(node: Node) -> Values:
    low, high, step = _low(node), _high(node), node.get("multiple_of")
    if step:
        return _steps(low, high, step).map(lambda number: number * step)
    return st.floats(
        low,
        high,
        exclude_min=low is not None and low == node.get("gt"),
        exclude_max=high is not None and high == node.get("lt"),
        allow_nan=False,
        allow_infinity=False,
    )


def _steps(low: Any, high: Any, step: Any) -> Values:
    """Return a strategy for the multiples of a step in a range, as counts."""
    first = -_MOST_STEPS if low is None else math.ceil(low / step)
    last = max(first, _MOST_STEPS) if high is None else math.floor(high / step)
    return st.integers(first, max(first, last))


def _decimals(node: Node) -> Values:
    places = node.get("decimal_places")
    digits = node.get("max_digits")
    places = 6 if places is None else places
    places = places if digits is None else min(places, digits)
    most = None if digits is None else decimal.Decimal(10) ** (digits - places) - decimal.Decimal(10) ** -places
    low, high, step = _low(node), _high(node), node.get("multiple_of")
    if step:
        exact = decimal.Decimal(str(step))
        return _steps(low, high, exact).map(lambda number: str(number * exact))
    if most is not None:
        low = -most if low is None else max(low, -most)
        high = most if high is None else min(high, most)
    return st.decimals(low, high, allow_nan=False, allow_infinity=False, places=places).map(str)


def _texts(node: Node) -> Values:
    pattern = node.get("pattern")
    if isinstance(pattern, str) and _ENDS.search(pattern):
        pattern = pattern[:-1] + r"\Z"
    if pattern is not None:
        return st.from_regex(pattern, alphabet=TEXT)
    return st.text(TEXT, min_size=node.get("min_length") or 0, max_size=node.get("max_length"))


def _dates(node: Node) -> Values:
    low, high = _datetime_bounds(node)
    return st.dates(_date(low) or datetime.date.min, _date(high) or datetime.date.max)


def _datetimes(node: Node) -> Values:
    low, high = _datetime_bounds(node)
    zone = next((value.tzinfo for value in (low, high) if getattr(value, "tzinfo", None)), None)
    wanted = node.get("tz_constraint")
    if isinstance(wanted, int):
        zones: Values = st.just(datetime.timezone(datetime.timedelta(seconds=wanted)))
    elif zone is not None:
        zones = st.just(zone)
    else:
        zones = {"aware": _ZONES, "naive": st.none()}.get(str(wanted), st.none() | _ZONES)
    # Away from the ends of the calendar, where some time zones cannot represent a moment.
    first, last = datetime.datetime(2, 1, 1), datetime.datetime(9998, 1, 1)  # noqa: DTZ001 # the zone comes beside it
    return st.datetimes(_naive(low) or first, _naive(high) or last, timezones=zones)


def _datetime_bounds(node: Node) -> tuple[Any, Any]:
    now = node.get("now_op")
    return _low(node) or (_FUTURE if now == "future" else None), _high(node) or (_PAST if now == "past" else None)


def _date(value: Any) -> Any:
    return value.date() if isinstance(value, datetime.datetime) else value


def _naive(value: Any) -> Any:
    return None if value is None else value.replace(tzinfo=None)


def _times(node: Node) -> Values:
    return st.times(_low(node) or datetime.time.min, _high(node) or datetime.time.max)


def _timedeltas(node: Node) -> Values:
    most = datetime.timedelta(days=36_500)
    low, high = _low(node), _high(node)
    return st.timedeltas(
        min(-most, high or -most) if low is None else low, max(most, low or most) if high is None else high
    )


def _urls(node: Node) -> Values:
    schemes = st.sampled_from(list(node.get("allowed_schemes") or ["https", "http"]))
    hosts = st.sampled_from(["example.com", "localhost:8080", "user:word@a.example.org"])
    paths = st.lists(WORD, max_size=3).map("/".join)
    return st.builds("{}://{}/{}".format, schemes, hosts, paths)


def _uuids(node: Node) -> Values:
    return st.uuids(version=node.get("version"))


#: By the type of the node.
SCALARS: dict[str, Callable[[Node], Values]] = {
    "bool": lambda _: st.booleans(),
    "bytes": lambda node: st.text(TEXT, min_size=node.get("min_length") or 0, max_size=node.get("max_length")),
    "date": _dates,
    "datetime": _datetimes,
    "decimal": _decimals,
    "float": _floats,
    "int": _integers,
    "multi-host-url": _urls,
    "str": _texts,
    "time": _times,
    "timedelta": _timedeltas,
    "url": _urls,
    "uuid": _uuids,
}
#: Types whose values are converted afterwards: a date becomes a string.
_OBJECTS = {"date", "datetime", "time", "timedelta", "uuid"}
#: Constraints that the strategies above may violate: the node's validator filters them.
_LOOSE = {"pattern", "max_digits", "microseconds_precision", "host_required", "default_host", "strip_whitespace"}
_LOOSE_TYPES = {"bytes", "url", "multi-host-url", "decimal", "time", "datetime", "date"}


def anything(null: Values) -> Values:
    """Return a strategy for small plain values of all types; ``null`` is the strategy for null."""
    return st.recursive(
        null | st.booleans() | st.integers(*_INTEGERS) | st.text(TEXT, max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORD, inner, max_size=3),
        max_leaves=4,
    )


def choices(node: Node, check: Check, *, null: bool) -> list[Any]:
    """Return the values of a literal or an enum that a file can contain: no tuples, and no null in TOML."""
    values = [to_jsonable_python(value) for value in (node["members"] if node["type"] == "enum" else node["expected"])]
    return [value for value in values if (null or value is not None) and _is_accepted(value, check)]


def _is_accepted(value: Any, check: Check) -> bool:
    try:
        check(value)
    except ValidationError:
        return False
    return True


def plain_values(values: Values, *, null: bool) -> Values:
    """Return a user's strategy with its values as files write them; ``null``: whether it may give null."""
    found = values.map(lambda value: to_jsonable_python(value, fallback=str))
    return found if null else found.filter(lambda value: value is not None)


def scalars(node: Node) -> Values:
    """Return a strategy for the values of a scalar node, as a file writes them."""
    found = SCALARS[node["type"]](node)
    return found.map(to_jsonable_python) if node["type"] in _OBJECTS else found


def is_loose(node: Node) -> bool:
    """Return whether a scalar's validator may reject values from ``scalars``."""
    is_bound = any(node.get(name) is not None for name in ("ge", "gt", "le", "lt", "max_length"))
    is_stepped = node["type"] in {"float", "decimal"} and bool(node.get("multiple_of"))
    return is_stepped or any(node.get(name) for name in _LOOSE) or (node["type"] in _LOOSE_TYPES and is_bound)
