"""Values as Metaflow's decorators take them: plain data that JSON can carry."""

from __future__ import annotations

import datetime
from typing import Any

from pydantic_core import PydanticSerializationError, to_jsonable_python

from typedflow.values import RULES, Diagnostic, Location, TypedflowError

_AS_THEY_ARE = (str, int, float, bool, type(None))


def plain(value: Any, written: str, place: Location) -> Any:
    """Give a value as plain data: enums by value, paths and dates as text, models as dictionaries, sets as lists.

    Raises:
        TypedflowError: ``no-plain-value``, for a timedelta (whose unit a decorator cannot know) and what JSON lacks.
    """
    if type(value) in _AS_THEY_ARE:
        return value
    if isinstance(value, datetime.timedelta):
        hint = f'say the unit: config_expr("{written}.total_seconds()"), or int(...) of it divided by 60'
        raise _no_plain(f"`{written}` is a timedelta, and a decorator's number has no unit", place, hint)
    try:
        return to_jsonable_python(value, by_alias=False)
    except PydanticSerializationError:
        message = f"`{written}` is a {type(value).__name__}, and decorators take plain data"
        raise _no_plain(message, place, "read a field of it that is text, a number, a list or a mapping") from None


def _no_plain(message: str, place: Location, hint: str) -> TypedflowError:
    return TypedflowError([Diagnostic(RULES["no-plain-value"], message, place, hint=hint)])
