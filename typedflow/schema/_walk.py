"""Walks through a JSON Schema; knows which keywords contain schemas, and which only values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from typedflow.layers import Plan

Schema: TypeAlias = dict[str, Any]

_ONE = {"additionalItems", "additionalProperties", "contains", "else", "if", "items", "not", "propertyNames", "then"}
_LISTS = {"allOf", "anyOf", "items", "oneOf", "prefixItems"}
_NAMED = {"$defs", "definitions", "dependentSchemas", "patternProperties", "properties"}


def map_subschemas(schema: Schema, change: Callable[[Any], Any]) -> Schema:
    """Return a schema with its direct subschemas changed; defaults and examples are kept."""
    return {keyword: _map_keyword(keyword, value, change) for keyword, value in schema.items()}


def map_schemas(schema: Any, change: Callable[[Schema], Schema]) -> Any:
    """Return a schema with all its subschemas and then itself changed, the innermost first."""
    if not isinstance(schema, dict):
        return schema
    return change(map_subschemas(schema, lambda inner: map_schemas(inner, change)))


def resolve_reference(schema: Schema, root: Schema) -> Schema:
    """Return the target of a schema's reference, merged with the reference's siblings."""
    while (reference := schema.get("$ref")) is not None:
        beside = {keyword: value for keyword, value in schema.items() if keyword != "$ref"}
        schema = {**definition(reference, root), **beside}
    return schema


def definition(reference: str, root: Schema) -> Schema:
    """Return the definition that a reference names."""
    found: Schema = root["$defs"][definition_name(reference)]
    return found


def definition_name(reference: str) -> str:
    """Return the name of the definition that a reference points to."""
    return reference.removeprefix("#/$defs/").replace("~1", "/").replace("~0", "~")


def _map_keyword(keyword: str, value: Any, change: Callable[[Any], Any]) -> Any:
    if keyword in _LISTS and isinstance(value, list):
        return [change(item) for item in value]
    if keyword in _NAMED and isinstance(value, dict):
        return {name: change(item) for name, item in value.items()}
    return change(value) if keyword in _ONE and isinstance(value, dict) else value


def variant_of(member: Any, plan: Plan, root: Schema) -> Plan:
    """Return the plan of a member of a tagged union, by its tag or by its keys."""
    if not isinstance(member, dict) or not plan.variants:
        return plan
    properties = resolve_reference(member, root).get("properties", {})
    if plan.choose is not None:
        found = [each for each in plan.variants.values() if each.fields.keys() == properties.keys()]
        return found[0] if len(found) == 1 else plan
    tag = properties.get(plan.tag, {})
    values = [tag["const"]] if "const" in tag else tag.get("enum", [])
    return next((plan.variants[value] for value in values if value in plan.variants), plan)


def is_only_required(schema: Any) -> bool:
    """Return whether a schema does nothing but require keys."""
    if not isinstance(schema, dict):
        return False
    return set(schema) == {"required"} or (set(schema) == {"anyOf"} and all(map(is_only_required, schema["anyOf"])))
