"""What a model promises: which files it takes, what it writes, and which stored configs it reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, PydanticInvalidForJsonSchema
from pydantic.json_schema import GenerateJsonSchema

from typedflow.models import declared_at, fields_of, keys_of
from typedflow.values import RULES, Diagnostic, TypedflowError


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
    """Give the contract of a model.

    Raises:
        TypedflowError: ``not-round-trip`` where a type of the model has no JSON Schema.
    """
    try:
        files = model.model_json_schema(schema_generator=_Files)
        read = model.model_json_schema(by_alias=False)
        written = model.model_json_schema(by_alias=False, schema_generator=_Written)
    except PydanticInvalidForJsonSchema as error:
        raise TypedflowError([_without_schema(model, error)]) from None
    return Contract(files, read, _closed(written))


def _without_schema(model: type[BaseModel], error: PydanticInvalidForJsonSchema) -> Diagnostic:
    message = f"{model.__name__} has no JSON Schema: {error.message}"
    hint = "give the type a schema: `WithJsonSchema`, or `__get_pydantic_json_schema__`"
    return Diagnostic(RULES["not-round-trip"], message, declared_at(model), hint=hint)


class _Files(GenerateJsonSchema):
    """The schema of files: a field may be written under each key that it is read from; Pydantic's own tells of one."""

    def model_schema(self, schema: Any) -> dict[str, Any]:
        """Give the schema of a model."""
        return _with_all_keys(schema["cls"], super().model_schema(schema))

    def dataclass_schema(self, schema: Any) -> dict[str, Any]:
        """Give the schema of a dataclass."""
        return _with_all_keys(schema["cls"], super().dataclass_schema(schema))


def _with_all_keys(owner: type, found: dict[str, Any]) -> dict[str, Any]:
    properties, required = found.get("properties", {}), found.get("required", [])
    for name, field in (fields_of(owner) or {}).items():
        keys = keys_of(owner, name, field)
        known = next((key for key in keys if key in properties), None)
        if known is None or len(keys) == 1:
            continue
        properties.update({key: properties[known] for key in keys if key not in properties})
        if known in required:
            required.remove(known)
            found["allOf"] = [*found.get("allOf", ()), {"anyOf": [{"required": [key]} for key in keys]}]
    return found


class _Written(GenerateJsonSchema):
    """The schema of what is written: a field of a class is there, whether it has a default or not."""

    def field_is_required(self, field: Any, total: bool) -> bool:  # noqa: FBT001 # Pydantic's own signature
        """Tell whether a compiled config always has a field."""
        if field["type"] == "typed-dict-field":
            return super().field_is_required(field, total)
        return not field.get("serialization_exclude") and field.get("serialization_exclude_if") is None


def _closed(schema: Any) -> Any:
    """Give a schema whose classes have no unknown keys: what a class ignores, it does not write."""
    if isinstance(schema, list):
        return [_closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: value if key in {"default", "const", "enum"} else _closed(value) for key, value in schema.items()}
    if isinstance(found.get("properties"), dict) and found.get("type") == "object":
        found.setdefault("additionalProperties", False)
    return found
