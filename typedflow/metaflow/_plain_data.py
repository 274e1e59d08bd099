"""Values for Metaflow's decorators: plain data that JSON can represent."""

from __future__ import annotations

import datetime
from typing import Any

from pydantic_core import PydanticSerializationError, to_jsonable_python

from typedflow.metaflow._nodes import Node, written
from typedflow.values import TypedflowError

_AS_THEY_ARE = (str, int, float, bool, type(None))


def plain_data(value: Any, node: Node) -> Any:
    """Return a node's value as plain data: enums by value, paths and dates as text, models as dicts, sets as lists.

    Raises:
        TypedflowError: ``no-plain-value``, for a timedelta (whose unit is ambiguous) and values that JSON lacks.
    """
    if type(value) in _AS_THEY_ARE:
        return value
    if isinstance(value, datetime.timedelta):
        text = written(node)
        hint = f'convert it to a number: config_expr("{text}.total_seconds()"), or int(...) of it divided by 60'
        raise _no_plain(node, f"`{text}` is a timedelta, but decorators accept numbers without a unit", hint)
    try:
        return to_jsonable_python(value, by_alias=False)
    except PydanticSerializationError:
        message = f"`{written(node)}` is a {type(value).__name__}, but decorators accept only plain data"
        raise _no_plain(node, message, "use a field of it that is text, a number, a list or a mapping") from None


def _no_plain(node: Node, message: str, hint: str) -> TypedflowError:
    from typedflow.metaflow._shared_findings import no_plain_value
    from typedflow.metaflow._source_locations import site_location

    return TypedflowError([no_plain_value(message, site_location(node.site), hint=hint)])
