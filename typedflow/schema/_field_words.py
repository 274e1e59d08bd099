"""The types of a class's fields in words, and their descriptions, from its JSON Schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from pydantic import PydanticUserError, TypeAdapter

from typedflow.schema._generate import FileSchema
from typedflow.schema._walk import Schema, definition_name, resolve_reference

_SCALARS = {"integer": "integer", "number": "number", "boolean": "true | false", "null": "null"}
_BOUNDS = {
    "exclusiveMinimum": "> {}",
    "minimum": ">= {}",
    "exclusiveMaximum": "< {}",
    "maximum": "<= {}",
    "multipleOf": "a multiple of {}",
    "pattern": "matching {}",
}
_COUNTS = {"Length": "character", "Items": "item", "Properties": "key"}


class FieldWords(NamedTuple):
    """The type of a field with its constraints, and the field's description; each may be empty."""

    type: str = ""
    description: str = ""


@lru_cache(maxsize=256)
def field_words(owner: Any) -> Mapping[str, FieldWords]:
    """Return the words of the fields of a class, by key; none for a class that has no JSON Schema."""
    try:
        root = TypeAdapter(owner).json_schema(by_alias=False, schema_generator=FileSchema)
    except (PydanticUserError, TypeError, ValueError, LookupError):
        return {}
    found = resolve_reference(root, root).get("properties", {})
    return {key: FieldWords(_type(each, root), each.get("description", "")) for key, each in found.items()}


def _type(schema: Any, root: Schema) -> str:
    """Return a type in words, with its constraints."""
    if not isinstance(schema, dict):
        return "anything"
    if "$ref" in schema:
        found = resolve_reference({"$ref": schema["$ref"]}, root)
        if "properties" in found:
            return str(found.get("title") or definition_name(schema["$ref"]))
        schema = {**found, **schema, "$ref": None}
    words = _kind(schema, root)
    bounds = [text.format(schema[name]) for name, text in _BOUNDS.items() if name in schema]
    return ", ".join([words, *bounds, *_counts(schema)])


def _counts(schema: Schema) -> Iterator[str]:
    for what, noun in _COUNTS.items() if "prefixItems" not in schema else ():
        for name, words in ((f"min{what}", "at least"), (f"max{what}", "at most")):
            if name in schema:
                yield f"{words} {schema[name]} {noun}{'' if schema[name] == 1 else 's'}"


def _kind(schema: Schema, root: Schema) -> str:
    for union in ("anyOf", "oneOf"):
        if union in schema:
            return _joined(_type(each, root) for each in schema[union])
    if "const" in schema or "enum" in schema:
        return _joined(_value(each) for each in schema.get("enum", [schema.get("const")]))
    kind = schema.get("type")
    if kind == "string":
        return str(schema.get("format", "text")).replace("-", " ")
    if kind == "array":
        return _list(schema, root)
    if kind == "object":
        items = schema.get("additionalProperties")
        return f"mapping of {_type(items, root)}" if isinstance(items, dict) and items else "mapping"
    return _SCALARS.get(str(kind), "anything")


def _list(schema: Schema, root: Schema) -> str:
    if "prefixItems" in schema:
        return f"[{', '.join(_type(each, root) for each in schema['prefixItems'])}]"
    what = "set" if schema.get("uniqueItems") else "list"
    items = schema.get("items")
    return f"{what} of {_type(items, root)}" if isinstance(items, dict) and items else what


def _joined(words: Iterator[str]) -> str:
    return " | ".join(dict.fromkeys(words))


def _value(value: Any) -> str:
    """Return a value that a literal or an enum accepts, as files write it."""
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    return str(value)
