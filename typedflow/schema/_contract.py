"""The contract of a model: the files it accepts, the configs it writes, and the stored configs it reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from typedflow.schema._export import export

#: Keywords that hold values, not schemas.
_VALUES = {"default", "const", "enum"}


@dataclass(frozen=True, slots=True)
class Contract:
    """The JSON Schemas of a model's files and of its compiled configs.

    Compiled configs have the fields' names as keys; ``read`` is what the model accepts, ``written`` is what it writes,
    including all defaults.
    """

    files: dict[str, Any]
    read: dict[str, Any]
    written: dict[str, Any]


def contract_of(model: type[BaseModel]) -> Contract:
    """Return the contract of a model.

    Raises:
        TypedflowError: the model has no JSON Schema.
    """
    files = export(model)
    read = model.model_json_schema(by_alias=False, schema_generator=_Read)
    written = model.model_json_schema(by_alias=False, schema_generator=_Written)
    return Contract(
        _close_mappings(files, classes=False),
        _close_mappings(read, classes=False),
        _close_mappings(written, classes=True),
    )


class _Read(GenerateJsonSchema):
    """Generates the schema of configs that the model reads."""

    ignored_warning_kinds = {"skipped-choice", "non-serializable-default", "skipped-discriminator"}

    def handle_invalid_for_json_schema(self, schema: Any, error_info: str) -> dict[str, Any]:  # noqa: ARG002 # Pydantic's own
        """Accept anything that only code can validate."""
        return {}


class _Written(_Read):
    """Generates the schema of configs that the model writes: fields are present even if they have defaults."""

    def field_is_required(self, field: Any, total: bool) -> bool:  # noqa: FBT001 # Pydantic's own signature
        """Return whether a compiled config always has a field."""
        if field["type"] == "typed-dict-field":
            return super().field_is_required(field, total)
        return not field.get("serialization_exclude") and field.get("serialization_exclude_if") is None


def _close_mappings(schema: Any, *, classes: bool) -> Any:
    """Return a schema that rejects keys that do not match a pattern, as Pydantic does although its schemas accept them.

    ``classes``: also reject unknown keys of classes, which do not write the keys that they ignore.
    """
    if isinstance(schema, list):
        return [_close_mappings(item, classes=classes) for item in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: value if key in _VALUES else _close_mappings(value, classes=classes) for key, value in schema.items()}
    if found.get("type") == "object" and ("patternProperties" in found or (classes and "properties" in found)):
        found.setdefault("additionalProperties", False)
    return found
