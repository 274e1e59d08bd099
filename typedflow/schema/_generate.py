"""Pydantic's JSON Schema of a model, as files are read: every key that is read, defaults as files would write them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pydantic import AliasChoices, AliasPath
from pydantic.fields import FieldInfo
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import PydanticSerializationError, core_schema, to_jsonable_python

from typedflow.models import describe, fields_of, is_root_model, keys_of, with_file_keys
from typedflow.schema._walk import Schema

#: Where the names of a union's tag stand until the whole document is there.
TAGS = "x-typedflow-tags"


class FileSchema(GenerateJsonSchema):
    """Generates with the fields' own names, which each class then replaces by its keys."""

    ignored_warning_kinds = {"skipped-choice", "non-serializable-default", "skipped-discriminator"}

    def model_schema(self, schema: core_schema.ModelSchema) -> Schema:
        """Give a model's schema; its attributes' docstrings describe its properties."""
        found = super().model_schema(schema)
        model = schema["cls"]
        if is_root_model(model):
            return found
        found = _with_keys(model, found)
        describe(model, found)
        return found

    def dataclass_schema(self, schema: core_schema.DataclassSchema) -> Schema:
        """Give a dataclass's schema."""
        return _with_keys(schema["cls"], super().dataclass_schema(schema))

    def typed_dict_schema(self, schema: core_schema.TypedDictSchema) -> Schema:
        """Give a TypedDict's schema."""
        found = super().typed_dict_schema(schema)
        return _with_keys(schema["cls"], found) if "cls" in schema else found

    def dict_schema(self, schema: core_schema.DictSchema) -> Schema:
        """Give a dictionary's schema; the values of an enum that are its keys are texts."""
        found = super().dict_schema(schema)
        ref = found.get("propertyNames", {}).get("$ref")
        values = (self.get_schema_from_definitions(ref) or {}).get("enum", []) if ref else []
        if any(not isinstance(value, str) for value in values):
            found["propertyNames"] = {"enum": [key for value in values for key in to_jsonable_python({value: None})]}
        return found

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> Schema:
        """Give a union's schema; OpenAPI's ``discriminator`` says nothing in JSON Schema."""
        members = super().tagged_union_schema(schema)["oneOf"]
        tag = schema["discriminator"]
        if callable(tag):
            return {"anyOf": members}
        return {"oneOf": members, TAGS: list(_tag_names(tag))}

    def timedelta_schema(self, schema: core_schema.TimedeltaSchema) -> Schema:
        """Give the schema of a duration: as text, or as a number of seconds."""
        return {"anyOf": [super().timedelta_schema(schema), {"type": "number"}]}

    def encode_default(self, dft: Any) -> Any:
        """Give a default as a file would write it."""
        data = with_file_keys(dft, super().encode_default(dft))
        try:
            json.dumps(data, allow_nan=False)
        except (TypeError, ValueError) as error:
            raise PydanticSerializationError(str(error)) from None
        return data

    def handle_invalid_for_json_schema(self, schema: Any, error_info: str) -> Schema:  # noqa: ARG002 # Pydantic's own
        """Say nothing about what only code can judge."""
        return {}


def _tag_names(tag: Any) -> Iterator[str]:
    """Give the keys that may hold a tag: a name, a path of one step, or several paths."""
    if isinstance(tag, str):
        yield tag
        return
    paths = tag if isinstance(tag[0], list) else [tag]
    yield from (str(path[0]) for path in paths if len(path) == 1)


def _with_keys(owner: Any, schema: Schema) -> Schema:
    """Give the schema of a class with the keys that files have in place of its fields' names."""
    fields = fields_of(owner) or {}
    properties: dict[str, Any] = {}
    required: list[str] = []
    choices: list[Schema] = []
    for name, found in schema.get("properties", {}).items():
        keys = keys_of(owner, name, fields[name]) if name in fields else (name,)
        inner = _inner_keys(fields.get(name))
        properties |= {key: {} if key in inner else dict(found) for key in keys}
        if name in schema.get("required", ()):
            required += keys if len(keys) == 1 else ()
            choices += [{"anyOf": [{"required": [key]} for key in keys]}] if len(keys) > 1 else []
    rest = {keyword: value for keyword, value in schema.items() if keyword not in {"properties", "required"}}
    return {
        **rest,
        **({"properties": properties} if "properties" in schema else {}),
        **({"required": list(dict.fromkeys(required))} if required else {}),
        **({"allOf": choices} if choices else {}),
    }


def _inner_keys(field: Any) -> set[str]:
    """Give the keys of which a field takes only a part."""
    alias = field.validation_alias if isinstance(field, FieldInfo) else None
    paths = alias.choices if isinstance(alias, AliasChoices) else [alias]
    return {str(path.path[0]) for path in paths if isinstance(path, AliasPath) and len(path.path) > 1}
