"""What a model promises: which files it takes, what it writes, and which stored configs it reads."""

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
    """The JSON Schemas of a model: of its files (keys as files write them), and of its compiled configs.

    Compiled configs have the fields' names as keys; ``read`` is what the model accepts of them, ``written`` what it
    writes, all defaults included.
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
    return Contract(_closed(files, classes=False), _closed(read, classes=False), _closed(written, classes=True))


class _Read(GenerateJsonSchema):
    """The schema of what is read by the fields' names."""

    ignored_warning_kinds = {"skipped-choice", "non-serializable-default", "skipped-discriminator"}

    def handle_invalid_for_json_schema(self, schema: Any, error_info: str) -> dict[str, Any]:  # noqa: ARG002 # Pydantic's own
        """Say nothing about what only code can judge."""
        return {}


class _Written(_Read):
    """The schema of what is written: a field of a class is there, whether it has a default or not."""

    def field_is_required(self, field: Any, total: bool) -> bool:  # noqa: FBT001 # Pydantic's own signature
        """Return whether a compiled config always has a field."""
        if field["type"] == "typed-dict-field":
            return super().field_is_required(field, total)
        return not field.get("serialization_exclude") and field.get("serialization_exclude_if") is None


def _closed(schema: Any, *, classes: bool) -> Any:
    """Return a schema that takes no key besides those of a pattern: Pydantic refuses them, and its schemas do not say so.

    ``classes``: those neither; what a class ignores, it does not write.
    """
    if isinstance(schema, list):
        return [_closed(item, classes=classes) for item in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: value if key in _VALUES else _closed(value, classes=classes) for key, value in schema.items()}
    if found.get("type") == "object" and ("patternProperties" in found or (classes and "properties" in found)):
        found.setdefault("additionalProperties", False)
    return found
