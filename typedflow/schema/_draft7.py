"""Converts JSON Schema 2020-12 to draft-07, for older editors and tools."""

from __future__ import annotations

from typedflow.schema._walk import Schema, map_schemas

_DEFINITIONS = "#/definitions/"


def draft7(schema: Schema) -> Schema:
    """Return the document in draft-07."""
    whole: Schema = map_schemas(schema, _convert)
    return {("definitions" if keyword == "$defs" else keyword): value for keyword, value in whole.items()}


def _convert(schema: Schema) -> Schema:
    found = dict(schema)
    if "prefixItems" in found:
        rest = found.pop("items", None)
        found["items"] = found.pop("prefixItems")
        found |= {} if rest is None else {"additionalItems": rest}
    if "$ref" not in found:
        return found
    reference = {"$ref": found.pop("$ref").replace("#/$defs/", _DEFINITIONS)}
    # Draft-07 ignores the siblings of a reference.
    return {**found, "allOf": [reference, *found.get("allOf", ())]} if found else reference
