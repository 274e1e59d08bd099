"""Walking through a JSON Schema: which keywords hold schemas, and which hold values that only look like them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from typedflow.layers import Plan

Schema: TypeAlias = dict[str, Any]

_ONE = {"additionalItems", "additionalProperties", "contains", "else", "if", "items", "not", "propertyNames", "then"}
_LISTS = {"allOf", "anyOf", "items", "oneOf", "prefixItems"}
_NAMED = {"$defs", "definitions", "dependentSchemas", "patternProperties", "properties"}


def inside(schema: Schema, change: Callable[[Any], Any]) -> Schema:
    """Return a schema with each schema directly in it changed; what a default or an example holds stays."""
    return {keyword: _changed(keyword, value, change) for keyword, value in schema.items()}


def everywhere(schema: Any, change: Callable[[Schema], Schema]) -> Any:
    """Return a schema with each schema in it changed, the innermost first, itself last."""
    if not isinstance(schema, dict):
        return schema
    return change(inside(schema, lambda inner: everywhere(inner, change)))


def resolved(schema: Schema, root: Schema) -> Schema:
    """Return what a schema's reference leads to, with what stands beside the reference."""
    while (reference := schema.get("$ref")) is not None:
        beside = {keyword: value for keyword, value in schema.items() if keyword != "$ref"}
        schema = {**definition(reference, root), **beside}
    return schema


def definition(reference: str, root: Schema) -> Schema:
    """Return the definition that a reference names."""
    found: Schema = root["$defs"][definition_name(reference)]
    return found


def definition_name(reference: str) -> str:
    """Return the name of the definition that a reference leads to."""
    return reference.removeprefix("#/$defs/").replace("~1", "/").replace("~0", "~")


def _changed(keyword: str, value: Any, change: Callable[[Any], Any]) -> Any:
    if keyword in _LISTS and isinstance(value, list):
        return [change(item) for item in value]
    if keyword in _NAMED and isinstance(value, dict):
        return {name: change(item) for name, item in value.items()}
    return change(value) if keyword in _ONE and isinstance(value, dict) else value


def variant_of(member: Any, plan: Plan, root: Schema) -> Plan:
    """Return the plan of a member of a union with tags: that of its tag, or of the one variant that has its keys."""
    if not isinstance(member, dict) or not plan.variants:
        return plan
    properties = resolved(member, root).get("properties", {})
    if plan.choose is not None:
        found = [each for each in plan.variants.values() if each.fields.keys() == properties.keys()]
        return found[0] if len(found) == 1 else plan
    tag = properties.get(plan.tag, {})
    values = [tag["const"]] if "const" in tag else tag.get("enum", [])
    return next((plan.variants[value] for value in values if value in plan.variants), plan)


def only_requires(schema: Any) -> bool:
    """Return whether a schema says nothing but that keys are needed."""
    if not isinstance(schema, dict):
        return False
    return set(schema) == {"required"} or (set(schema) == {"anyOf"} and all(map(only_requires, schema["anyOf"])))
