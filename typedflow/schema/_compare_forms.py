"""Splits a schema into forms of one JSON type each: references are followed, unions and enumerations expanded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from typedflow.schema._compare_merge import GROUPS, AnySchema, collect_groups, is_annotation, merge_schemas

ANYTHING = "anything"
_TYPES = ("null", "boolean", "number", "string", "array", "object")
_NUMBERS = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}
_OF_TYPE: dict[str, set[str]] = {
    "null": set(),
    "boolean": set(),
    "integer": _NUMBERS,
    "number": _NUMBERS,
    "string": {"minLength", "maxLength", "pattern", "format"},
    "array": {"items", "prefixItems", "additionalItems", "minItems", "maxItems", "uniqueItems"},
    "object": {"properties", "patternProperties", "additionalProperties", "propertyNames", "required"}
    | {"minProperties", "maxProperties", GROUPS},
}
_TYPED = set().union(*_OF_TYPE.values())
WIDER = {"integer": "number"}
_READ = {"$ref", "type", "const", "enum", "anyOf", "oneOf"}


@dataclass(frozen=True, slots=True)
class Form:
    """A schema of one JSON type, or of anything. ``name`` is its definition's, ``const`` its value as JSON text."""

    type: str
    schema: dict[str, Any]
    name: str = ""
    const: str | None = None

    @property
    def rest(self) -> dict[str, Any]:
        """The keywords that typedflow does not know."""
        known = _TYPED | _READ
        return {key: value for key, value in self.schema.items() if key not in known and not is_annotation(key)}


def comparable_text(value: Any) -> str:
    """Return the same text for equal JSON values; 1.0 equals 1, and 1 does not equal true."""
    return json.dumps(_normalize(value), sort_keys=True, ensure_ascii=False)


def forms_of(schema: AnySchema, root: dict[str, Any]) -> list[Form]:
    """Return the forms of a schema in its document; the schema accepts what any of them accepts."""
    return list(
        {(form.type, form.name, comparable_text(form.schema)): form for form in _forms(schema, root, "")}.values()
    )


def _forms(schema: AnySchema, root: dict[str, Any], name: str) -> Iterator[Form]:
    if isinstance(schema, bool):
        yield from [Form(ANYTHING, {})] if schema else []
        return
    schema, name = _follow(schema, root, name)
    union = next((key for key in ("anyOf", "oneOf") if key in schema), None)
    if union is None:
        yield from _split_types(schema, name)
        return
    around = {key: value for key, value in schema.items() if key != union and not is_annotation(key)}
    for member in schema[union]:
        if member is not False:
            inner, inner_name = _follow({} if member is True else member, root, "")
            yield from _forms(merge_schemas(inner, around), root, inner_name or name)


def _follow(schema: dict[str, Any], root: dict[str, Any], name: str) -> tuple[dict[str, Any], str]:
    """Follow references and merge sibling keywords and ``allOf``; a circular reference is kept."""
    seen: set[str] = set()
    schema = collect_groups(schema)
    while (reference := schema.get("$ref")) is not None and reference not in seen:
        seen.add(reference)
        target = _target(reference, root)
        if target is None:
            break
        beside = {key: value for key, value in schema.items() if key != "$ref" and not is_annotation(key)}
        schema, name = merge_schemas(collect_groups(target), beside), reference.rpartition("/")[2]
    parts = schema.get("allOf")
    if not parts or any(isinstance(part, bool) for part in parts):
        return schema, name
    whole = {key: value for key, value in schema.items() if key != "allOf"}
    for part in parts:
        inner, inner_name = _follow(part, root, name)
        whole, name = merge_schemas(inner, whole), inner_name
    return whole, name


def _target(reference: str, root: dict[str, Any]) -> dict[str, Any] | None:
    found: Any = root
    for step in reference.removeprefix("#").split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, dict) and reference.startswith("#") else None


def _split_types(schema: dict[str, Any], name: str) -> Iterator[Form]:
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    given = schema.get("type")
    types = [given] if isinstance(given, str) else given
    if values is not None:
        around = {key: value for key, value in schema.items() if key not in {"const", "enum", "type"}}
        kinds = ((_type_of(value), value) for value in values)
        fitting = (pair for pair in kinds if types is None or {pair[0], WIDER.get(pair[0])} & set(types))
        yield from (
            Form(kind, around | _value_keywords(value), name, comparable_text(value)) for kind, value in fitting
        )
        return
    if types is None and not any(not is_annotation(key) for key in schema):
        yield Form(ANYTHING, schema, name)
        return
    for kind in types or _TYPES:
        foreign = _TYPED - _OF_TYPE[kind]
        yield Form(kind, {key: value for key, value in schema.items() if key not in foreign}, name)


def _value_keywords(value: Any) -> dict[str, Any]:
    """Return keywords that describe exactly one value."""
    if isinstance(value, str):
        return {"const": value, "minLength": len(value), "maxLength": len(value)}
    if isinstance(value, list):
        items = [{"const": item} for item in value]
        return {"const": value, "prefixItems": items, "minItems": len(value), "maxItems": len(value)}
    if isinstance(value, dict):
        properties = {key: {"const": item} for key, item in value.items()}
        return {"const": value, "properties": properties, "required": list(value), "additionalProperties": False}
    if isinstance(value, int | float) and not isinstance(value, bool):
        return {"const": value, "minimum": value, "maximum": value}
    return {"const": value}


def _type_of(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "integer" if float(value).is_integer() else "number"
    return "string" if isinstance(value, str) else "array" if isinstance(value, list) else "object"


def _normalize(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {str(key): _normalize(item) for key, item in value.items()}
    return [_normalize(item) for item in value] if isinstance(value, list | tuple) else value
