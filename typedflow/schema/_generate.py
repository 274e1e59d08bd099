"""Generates a model's JSON Schema with Pydantic, with keys and defaults as files write them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import AliasChoices, AliasPath
from pydantic.fields import FieldInfo
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import PydanticSerializationError, core_schema, to_jsonable_python

from typedflow.models import annotation_of, describe, fields_of, is_root_model, is_system, keys_of, with_file_keys
from typedflow.schema._walk import Schema, map_schemas, resolve_reference

_EMPTY = {"type": "object", "additionalProperties": False}
#: Keeps the names of a union's tag until the document is complete.
_TAGS = "x-typedflow-tags"


class FileSchema(GenerateJsonSchema):
    """Generates a schema in which the fields' names are replaced by their keys in files."""

    ignored_warning_kinds = {"skipped-choice", "non-serializable-default", "skipped-discriminator"}

    def model_schema(self, schema: core_schema.ModelSchema) -> Schema:
        """Return a model's schema, with the docstrings of attributes as descriptions."""
        found = super().model_schema(schema)
        model = schema["cls"]
        if is_system(model):  # no file may set what typedflow fills in
            return {key: found[key] for key in ("title", "description") if key in found} | _EMPTY
        if is_root_model(model):
            return found
        found = _with_keys(model, found)
        describe(model, found)
        return found

    def dataclass_schema(self, schema: core_schema.DataclassSchema) -> Schema:
        """Return a dataclass's schema."""
        return _with_keys(schema["cls"], super().dataclass_schema(schema))

    def typed_dict_schema(self, schema: core_schema.TypedDictSchema) -> Schema:
        """Return a TypedDict's schema."""
        found = super().typed_dict_schema(schema)
        return _with_keys(schema["cls"], found) if "cls" in schema else found

    def dict_schema(self, schema: core_schema.DictSchema) -> Schema:
        """Return a dictionary's schema; enum values as keys become strings."""
        found = super().dict_schema(schema)
        ref = found.get("propertyNames", {}).get("$ref")
        values = (self.get_schema_from_definitions(ref) or {}).get("enum", []) if ref else []
        if any(not isinstance(value, str) for value in values):
            found["propertyNames"] = {"enum": [key for value in values for key in to_jsonable_python({value: None})]}
        return found

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> Schema:
        """Return a union's schema without OpenAPI's ``discriminator``, which has no meaning in JSON Schema."""
        members = super().tagged_union_schema(schema)["oneOf"]
        tag = schema["discriminator"]
        if callable(tag):
            return {"anyOf": members}
        return {"oneOf": members, _TAGS: list(_tag_names(tag))}

    def timedelta_schema(self, schema: core_schema.TimedeltaSchema) -> Schema:
        """Return the schema of a duration: a string, or a number of seconds."""
        return {"anyOf": [super().timedelta_schema(schema), {"type": "number"}]}

    def encode_default(self, dft: Any) -> Any:
        """Return a default as a file would write it."""
        if is_system(type(dft)):
            return {}
        data = with_file_keys(dft, super().encode_default(dft))
        try:
            json.dumps(data, allow_nan=False)
        except (TypeError, ValueError) as error:
            raise PydanticSerializationError(str(error)) from None
        return data

    def handle_invalid_for_json_schema(self, schema: Any, error_info: str) -> Schema:  # noqa: ARG002 # Pydantic's own
        """Accept anything that only code can validate."""
        return {}


def with_tags(schema: Schema) -> Schema:
    """Return a document in which the members of tagged unions require their tags, even if these have defaults."""

    def changed(found: Schema) -> Schema:
        tags = found.get(_TAGS)
        if tags is None:
            return found
        rest = {keyword: value for keyword, value in found.items() if keyword != _TAGS}
        return {**rest, "oneOf": [_with_tag(member, tags, schema) for member in found["oneOf"]]}

    whole: Schema = map_schemas(schema, changed)
    return whole


def _with_tag(member: Any, tags: Sequence[str], root: Schema) -> Any:
    found = resolve_reference(member, root)
    known = [tag for tag in tags if tag in found.get("properties", {})]
    if not known or set(known) & set(found.get("required", ())):
        return member
    needed = [{"required": [tag]} for tag in known]
    return {**member, **(needed[0] if len(needed) == 1 else {"anyOf": needed})}


def _tag_names(tag: Any) -> Iterator[str]:
    """Return the keys that may hold a tag, which is a name, a path of one step, or several paths."""
    if isinstance(tag, str):
        yield tag
        return
    paths = tag if isinstance(tag[0], list) else [tag]
    yield from (str(path[0]) for path in paths if len(path) == 1)


def _with_keys(owner: Any, schema: Schema) -> Schema:
    """Return the schema of a class with the keys in files in place of its fields' names."""
    fields = fields_of(owner) or {}
    properties: dict[str, Any] = {}
    required: list[str] = []
    choices: list[Schema] = []
    for name, found in schema.get("properties", {}).items():
        keys = keys_of(owner, name, fields[name]) if name in fields else (name,)
        inner = _inner_keys(fields.get(name))
        properties |= {key: {} if key in inner else dict(found) for key in keys}
        if name in schema.get("required", ()) and not is_system(annotation_of(fields.get(name))):
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
    """Return the keys whose values a field uses only in part."""
    alias = field.validation_alias if isinstance(field, FieldInfo) else None
    paths = alias.choices if isinstance(alias, AliasChoices) else [alias]
    return {str(path.path[0]) for path in paths if isinstance(path, AliasPath) and len(path.path) > 1}
