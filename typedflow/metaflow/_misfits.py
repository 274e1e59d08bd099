"""What is wrong with a stored value that does not fit its model any more, field by field."""

from __future__ import annotations

from pydantic import BaseModel, ValidationError

from typedflow.values import RULES, Diagnostic, Location, TypedflowError, format_path

_RULES = {"extra_forbidden": "unknown-key", "missing": "missing-key"}


def misfits(error: ValidationError, what: str, model: type[BaseModel], place: Location, hint: str) -> TypedflowError:
    """Give a diagnostic for each field that a stored value has wrong; ``what`` says which value that is."""
    return TypedflowError(
        Diagnostic(
            RULES[_RULES.get(item["type"], "invalid-value")],
            f"the stored value of {what} does not fit {model.__name__}: "
            f"`{format_path(tuple(item['loc']))}`: {item['msg']}",
            place,
            hint=hint,
            path=tuple(item["loc"]),
        )
        for item in error.errors(include_url=False)
    )
