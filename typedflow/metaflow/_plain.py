"""Values as Metaflow's decorators take them: plain data that JSON can carry."""

from __future__ import annotations

import datetime
from typing import Any

from pydantic_core import PydanticSerializationError, to_jsonable_python

from typedflow.metaflow._nodes import Node, written
from typedflow.metaflow._shared_findings import no_plain_value
from typedflow.metaflow._sites import site_location
from typedflow.values import TypedflowError

_AS_THEY_ARE = (str, int, float, bool, type(None))


def plain(value: Any, node: Node) -> Any:
    """Give a node's value as plain data: enums by value, paths and dates as text, models as dicts, sets as lists.

    Raises:
        TypedflowError: ``no-plain-value``, for a timedelta (whose unit a decorator cannot know) and what JSON lacks.
    """
    if type(value) in _AS_THEY_ARE:
        return value
    if isinstance(value, datetime.timedelta):
        text = written(node)
        hint = f'say the unit: config_expr("{text}.total_seconds()"), or int(...) of it divided by 60'
        raise _no_plain(node, f"`{text}` is a timedelta, and a decorator's number has no unit", hint)
    try:
        return to_jsonable_python(value, by_alias=False)
    except PydanticSerializationError:
        message = f"`{written(node)}` is a {type(value).__name__}, and decorators take plain data"
        raise _no_plain(node, message, "read a field of it that is text, a number, a list or a mapping") from None


def _no_plain(node: Node, message: str, hint: str) -> TypedflowError:
    return TypedflowError([no_plain_value(message, site_location(node.site), hint=hint)])
