"""Laws: properties that hold for every config of a model or a flow."""

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
    """A law; its examples are JSON values, so that an example that breaks it can be stored and tried again.

    Shape: ``holds`` raises ``LawBroken`` if the law does not hold for an example, and ``NoConfig`` if the model rejects
    the example; ``says`` completes "it is a law that ..."; ``shape`` is the type of the examples.
    """

    name: str
    says: str
    examples: st.SearchStrategy[Any]
    holds: Callable[[Any], None]
    shape: Any

    def require_shape(self, example: Any) -> None:
        """Check that a stored example has the shape of this law's examples.

        Raises:
            ValueError: it has another shape.
        """
        try:
            TypeAdapter(self.shape).validate_python(example)
        except ValidationError as error:
            raise ValueError(f"the example does not fit the law `{self.name}`: {first_error(error)}") from None


class LawBroken(AssertionError):  # noqa: N818 # what is broken is the law
    """A law does not hold for an example; ``diagnostics`` have the position of the fault, if known."""

    def __init__(self, message: str, diagnostics: Iterable[Diagnostic] = ()) -> None:
        """Keep the message and the diagnostics as data."""
        self.message = message
        self.diagnostics = tuple(diagnostics)
        super().__init__(message)

    def __str__(self) -> str:
        """Return the message and the rendered diagnostics."""
        from typedflow.render import text

        found = text(self.diagnostics, width=_WIDTH, color=False) if self.diagnostics else ""
        return f"{self.message}\n{found}".rstrip()


class NoConfig(Exception):  # noqa: N818 # no error, but no example either
    """The example is not a valid config of the model, so the law does not apply."""


def first_error(error: ValidationError) -> str:
    """Return the message and the path of the first error."""
    first = error.errors(include_url=False, include_input=False)[0]
    where = f" (`{format_path(tuple(first['loc']))}`)" if first["loc"] else ""
    return f"{first['msg']}{where}"


def require(condition: object, message: str) -> None:
    """Check a condition.

    Raises:
        LawBroken: it is false.
    """
    if not condition:
        raise LawBroken(message)


def law_broken_by(message: str, error: TypedflowError) -> LawBroken:
    """Return the error for a law if typedflow rejects what it must accept."""
    return LawBroken(message, error.diagnostics)
