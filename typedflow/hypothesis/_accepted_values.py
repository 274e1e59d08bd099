"""Filters values by validators; reports a validator that rejects nearly every value, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis.errors import FailedHealthCheck
from pydantic import ValidationError
from pydantic_core import to_json

#: After this many values, a check that accepts less than this share rejects nearly everything.
_ENOUGH, _LEAST = 75, 0.03
#: How many values ``filter`` tries for each example. To stop between them would make Hypothesis report flakiness.
_ATTEMPTS = 3

Check = Callable[[Any], object]
"""Raises an exception for a value that it rejects."""


class Accepted:
    """A predicate for ``filter``: whether a check accepts a value. It gives up if the check is too strict."""

    def __init__(self, check: Check, what: str) -> None:
        """Name what is checked, such as ``Model.field``, for the message."""
        self._check = check
        self._what = what
        self._asked = 0
        self._in_a_row = 0
        self._accepted = 0
        self._last = ""

    def __call__(self, value: Any) -> bool:
        """Return whether a plain value is accepted.

        Raises:
            FailedHealthCheck: nearly all values are rejected.
        """
        self._asked += 1
        try:
            self._check(value)
        except Exception as error:  # noqa: BLE001 # a user's validator may raise anything
            self._last = f"{to_json(value).decode()[:80]}: {_reason(error)}"
            self._in_a_row += 1
            if self._in_a_row % _ATTEMPTS == 0 and self._asked >= _ENOUGH and self._accepted < _LEAST * self._asked:
                raise FailedHealthCheck(self._message()) from None
            return False
        self._in_a_row = 0
        self._accepted += 1
        return True

    def _message(self) -> str:
        return (
            f"{self._what} rejects {self._asked - self._accepted} of {self._asked} values that its type allows,"
            f" most recently {self._last}; declare in the type what it accepts (bounds, a pattern, a Literal), or"
            f" provide a strategy: in the annotation, Annotated[str, strategy], or in the call,"
            f" configs(Model, field=...) or configs(Model, **{{'a.b': ...}})"
        )


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False, include_input=False)[0]
        return str(first["msg"])
    return f"{type(error).__name__}: {error}"
