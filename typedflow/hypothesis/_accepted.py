"""Filtering by validators, with an error that says which one refuses nearly everything, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis.errors import FailedHealthCheck
from pydantic import ValidationError
from pydantic_core import to_json

#: After so many values a judge is known, and refuses nearly everything that takes no larger part of them.
_ENOUGH, _LEAST = 75, 0.03
#: How many values ``filter`` tries before it gives an example up. To stop at another place would be flaky.
_ATTEMPTS = 3

Judge = Callable[[Any], object]
"""Raises for what it refuses."""


class Accepted:
    """A predicate for ``filter``: what a judge does not refuse. It counts, and gives up on one that is too strict."""

    def __init__(self, judge: Judge, what: str) -> None:
        """Name what is judged as a person would: ``Model.field``."""
        self._judge = judge
        self._what = what
        self._asked = 0
        self._in_a_row = 0
        self._accepted = 0
        self._last = ""

    def __call__(self, value: Any) -> bool:
        """Return whether a plain value is accepted.

        Raises:
            FailedHealthCheck: nearly all are refused.
        """
        self._asked += 1
        try:
            self._judge(value)
        except Exception as error:  # noqa: BLE001 # a validator of the user's decides what it raises
            self._last = f"{to_json(value).decode()[:80]}: {_reason(error)}"
            self._in_a_row += 1
            if self._in_a_row % _ATTEMPTS == 0 and self._asked >= _ENOUGH and self._accepted < _LEAST * self._asked:
                raise FailedHealthCheck(self._complaint()) from None
            return False
        self._in_a_row = 0
        self._accepted += 1
        return True

    def _complaint(self) -> str:
        return (
            f"{self._what} refuses {self._asked - self._accepted} of {self._asked} values that its type allows,"
            f" the last one {self._last}; say in the type what it takes (bounds, a pattern, a Literal), or give a"
            f" strategy for what it refuses: in the annotation, Annotated[str, strategy], or in the call,"
            f" configs(Model, field=...) and configs(Model, **{{'a.b': ...}})"
        )


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False, include_input=False)[0]
        return str(first["msg"])
    return f"{type(error).__name__}: {error}"
