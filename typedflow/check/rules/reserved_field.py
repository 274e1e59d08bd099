"""TF306 reserved-field: fields that hide a mapping method of their model."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from typedflow.check.rules._classes import own_classes
from typedflow.models import field_location, fields_of, reserved_field
from typedflow.values import Diagnostic, Severity

_RESERVED = ("get", "items", "keys", "values")


def find(model: type[BaseModel]) -> Iterator[Diagnostic]:
    """Yield the fields of plain Pydantic models and dataclasses that are named like a mapping's methods."""
    for owner, place in own_classes(model):
        for name in fields_of(owner) or {}:
            if name in _RESERVED:
                yield reserved_field(
                    f"`{owner.__name__}.{name}` is named like the method `{name}` that every mapping has, "
                    "so flows that read the config as a mapping get the method instead of the field",
                    field_location(owner, name) or place,
                    hint=f'rename the field and keep the key: `{name}_: ... = Field(alias="{name}")`',
                    severity=Severity.WARNING,
                )
