"""Errors of the caller: an argument is invalid, or names what does not exist."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from typedflow.values import Location, TypedflowError
from typedflow.workspace import bad_option

T = TypeVar("T")


class ArgumentError(TypedflowError):
    """An argument is invalid, or names what does not exist; a command ends with exit code 2."""


def argument_error(message: str, *, hint: str = "", option: str = "") -> ArgumentError:
    """Return the error of one ``bad-option``; ``option`` is how the command line names the argument."""
    place = Location(option) if option else None
    return ArgumentError([bad_option(message, place, hint=hint)])


def look_up_argument(look_up: Callable[[], T]) -> T:
    """Look up what an argument names: errors are the argument's, even if the diagnostic points to a file.

    Raises:
        ArgumentError: what is wrong with it.
    """
    try:
        return look_up()
    except TypedflowError as error:
        raise ArgumentError(error.diagnostics) from None
