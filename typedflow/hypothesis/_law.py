"""Laws: what holds for every config of a model or a flow."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from typedflow.values import Diagnostic, TypedflowError, format_path

_WIDTH = 100


@dataclass(frozen=True)
class Law:
    """A law: its examples are plain JSON values, so that one that breaks it can be kept and tried again.

    ``holds`` raises ``LawBroken`` where it does not, and ``NoConfig`` where the model refuses the example, as when it
    has been mended since. ``says`` completes "it is a law that ...". ``shape``: the type of what an example looks like.
    """

    name: str
    says: str
    examples: st.SearchStrategy[Any]
    holds: Callable[[Any], None]
    shape: Any

    def require_shape(self, example: Any) -> None:
        """Go on where an example that was kept looks like one of this law.

        Raises:
            ValueError: why it does not, as where somebody has edited it.
        """
        try:
            TypeAdapter(self.shape).validate_python(example)
        except ValidationError as error:
            raise ValueError(f"the example is none of the law `{self.name}`: {first_of(error)}") from None


class LawBroken(AssertionError):  # noqa: N818 # what is broken is the law
    """A law does not hold for an example; ``diagnostics`` say where the fault is, as far as that is known."""

    def __init__(self, message: str, diagnostics: Iterable[Diagnostic] = ()) -> None:
        """Keep both as data; the text shows both."""
        self.message = message
        self.diagnostics = tuple(diagnostics)
        super().__init__(message)

    def __str__(self) -> str:
        """Give the message, and the diagnostics as a person reads them."""
        from typedflow.render import text

        found = text(self.diagnostics, width=_WIDTH, color=False) if self.diagnostics else ""
        return f"{self.message}\n{found}".rstrip()


class NoConfig(Exception):  # noqa: N818 # no error, but no example either
    """What an example holds is no config of the model: the law says nothing of it."""


def first_of(error: ValidationError) -> str:
    """Give the first thing that Pydantic finds wrong, and where."""
    first = error.errors(include_url=False, include_input=False)[0]
    where = f" (`{format_path(tuple(first['loc']))}`)" if first["loc"] else ""
    return f"{first['msg']}{where}"


def require(condition: object, message: str) -> None:
    """Go on where something holds.

    Raises:
        LawBroken: with the message, where it does not.
    """
    if not condition:
        raise LawBroken(message)


def broken(message: str, error: TypedflowError) -> LawBroken:
    """Give the error of a law where typedflow refuses what it must take."""
    return LawBroken(message, error.diagnostics)
