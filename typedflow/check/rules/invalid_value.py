"""TF301 invalid-value: defaults that do not fit their own field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BaseModel, PydanticSchemaGenerationError, PydanticUserError, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from typedflow.models import declared_at, decorators_of, field_location, invalid_value, models_in, own_fields
from typedflow.values import Diagnostic


def find(model: type[BaseModel]) -> Iterator[Diagnostic]:
    """Yield the invalid defaults of a model, and of the models in it, which Pydantic does not validate."""
    for owner in models_in(model):
        if issubclass(owner, BaseModel):
            for name, field in own_fields(owner).items():
                reason = _reason(owner, name, field)
                if reason:
                    message = f"the default of `{owner.__name__}.{name}` is {field.default!r:.60}: {reason}"
                    yield invalid_value(message, field_location(owner, name) or declared_at(owner))


def _reason(owner: type[BaseModel], name: str, field: FieldInfo) -> str:
    """Return why a default does not fit its field's type; empty if it fits, or if the model's own validator decides."""
    validators = decorators_of(owner, "field_validators")
    if field.default is PydanticUndefined or any(name in info.fields or "*" in info.fields for info in validators):
        return ""
    annotation: Any = Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation
    try:
        TypeAdapter(annotation).validate_python(field.default)
    except ValidationError as error:
        return str(error.errors(include_url=False)[0]["msg"])
    except (PydanticSchemaGenerationError, PydanticUserError, NameError, TypeError):
        return ""
    return ""
