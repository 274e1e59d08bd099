"""The diagnostics of a stored value that no longer fits its model."""

from __future__ import annotations

from pydantic import BaseModel, ValidationError

from typedflow.layers import unknown_key
from typedflow.models import invalid_value, missing_key
from typedflow.values import Location, TypedflowError, format_path

_FINDINGS = {"extra_forbidden": unknown_key, "missing": missing_key}


def stored_value_error(
    error: ValidationError, what: str, model: type[BaseModel], place: Location, hint: str
) -> TypedflowError:
    """Return the error with a diagnostic for each invalid field of a stored value; ``what`` names the value."""
    return TypedflowError(
        _FINDINGS.get(item["type"], invalid_value)(
            f"the stored value of {what} does not fit {model.__name__}: "
            f"`{format_path(tuple(item['loc']))}`: {item['msg']}",
            place,
            hint=hint,
            path=tuple(item["loc"]),
        )
        for item in error.errors(include_url=False)
    )
