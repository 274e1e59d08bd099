"""A value does not fit its field: its type, a limit, a choice, or a validator of the model.

Metaflow would hand it on, and a task would fail with it, or work with it, hours later.

```yaml
# settings/settings.configuration.EXP_02.yaml
evaluation: {folds: 1}
```

Instead, correct the value, or the model if the value is right.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BaseModel, PydanticSchemaGenerationError, PydanticUserError, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from typedflow.models import declared_at, decorators_of, field_location, models_in, own_fields
from typedflow.values import RULES, Diagnostic


def find(model: type[BaseModel]) -> Iterator[Diagnostic]:
    """Give the defaults of a model, and of the models in it, that do not fit: Pydantic itself takes them unseen."""
    for owner in models_in(model):
        if issubclass(owner, BaseModel):
            for name, field in own_fields(owner).items():
                reason = _refusal(owner, name, field)
                if reason:
                    message = f"the default of `{owner.__name__}.{name}` is {field.default!r:.60}: {reason}"
                    yield Diagnostic(RULES["invalid-value"], message, field_location(owner, name) or declared_at(owner))


def _refusal(owner: type[BaseModel], name: str, field: FieldInfo) -> str:
    """Give why a default does not fit its field's type; nothing where a validator of the model's own decides."""
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
