"""Adds directives to the schemas of files: `$ref`, `$include` and `$literal` in place of values."""

from __future__ import annotations

from typing import Any

from typedflow.schema._walk import Schema, resolve_reference

_ANNOTATIONS = ("title", "description", "default", "examples", "deprecated")
_UNIONS = ("anyOf", "oneOf", "allOf")
_VALUE, _MAPPING = "directive.value", "directive.mapping"
_REF = "The key path of the value to take, from the top of the settings."
_INCLUDE: Schema = {
    "description": "The file whose content this is, relative to the settings directory; keys beside it override.",
    "type": "string",
    "minLength": 1,
}
_LITERAL = "A value in which keys that look like directives are data."


def add_directives(schema: Schema) -> Schema:
    """Return a document that accepts directives in place of values whose types are known."""
    forms = _Forms(schema)
    definitions = {name: forms.inside(each) for name, each in schema.get("$defs", {}).items()}
    top = forms.inside({keyword: value for keyword, value in schema.items() if keyword != "$defs"})
    definitions |= {name: _form(name) for name in sorted(forms.used)}
    return {**top, "$defs": definitions} if definitions else top


def _form(name: str) -> Schema:
    reference = _alone("$ref", {"description": _REF, "type": "string", "minLength": 1})
    literal = _alone("$literal", {"description": _LITERAL})
    include = {"type": "object", "properties": {"$include": _INCLUDE}, "required": ["$include"]}
    return {"title": "Directive", "anyOf": [reference, *([include] if name == _MAPPING else []), literal]}


def _alone(name: str, schema: Schema) -> Schema:
    return {"type": "object", "properties": {name: schema}, "required": [name], "additionalProperties": False}


class _Forms:
    """Changes one document; ``used`` are the definitions that it then needs."""

    def __init__(self, root: Schema) -> None:
        self.used: set[str] = set()
        self._root = root

    def inside(self, schema: Any) -> Any:
        """Return a schema with directives in place of the values in it, but not of its own value."""
        if not isinstance(schema, dict):
            return schema
        found = dict(schema)
        for union in _UNIONS:
            if union in found:
                found[union] = [self.inside(member) for member in found[union]]
        for keyword in ("properties", "patternProperties"):
            if keyword in found:
                items = found[keyword].items()
                found[keyword] = {key: each if key.startswith("$") else self._value(each) for key, each in items}
        for keyword in ("additionalProperties", "items"):
            if keyword in found:
                found[keyword] = self._value(found[keyword])
        if "prefixItems" in found:
            found["prefixItems"] = [self._value(each) for each in found["prefixItems"]]
        return _with_include(found)

    def _value(self, schema: Any) -> Any:
        """Return the schema of a value in whose place a directive may stand."""
        found = self.inside(schema)
        if not isinstance(found, dict) or _is_open(found, self._root):
            return found
        around = {keyword: found[keyword] for keyword in _ANNOTATIONS if keyword in found}
        rest = {keyword: value for keyword, value in found.items() if keyword not in around}
        name = _MAPPING if _is_mapping(found, self._root) else _VALUE
        self.used.add(name)
        members = rest["anyOf"] if set(rest) == {"anyOf"} else [rest]
        return {**around, "anyOf": [*members, {"$ref": f"#/$defs/{name}"}]}


def _with_include(schema: Schema) -> Schema:
    """Return the schema of a mapping whose content is known with a key for a file to include."""
    is_known = "properties" in schema or isinstance(schema.get("additionalProperties"), dict)
    if schema.get("type") != "object" or not is_known or "$include" in schema.get("properties", {}):
        return schema
    found = {**schema, "properties": {**schema.get("properties", {}), "$include": _INCLUDE}}
    if "propertyNames" in found:
        found["propertyNames"] = {"anyOf": [{"const": "$include"}, found["propertyNames"]]}
    return found


def _is_open(schema: Schema, root: Schema) -> bool:
    """Return whether a schema accepts every mapping, so that a directive is data."""
    found = resolve_reference(schema, root)
    kept = set(found) - set(_ANNOTATIONS)
    if not kept or any(_is_open(member, root) for member in found.get("anyOf", ()) if isinstance(member, dict)):
        return True
    is_free = found.get("additionalProperties", True) in (True, {})
    return found.get("type") == "object" and is_free and not {"properties", "patternProperties"} & kept


def _is_mapping(schema: Schema, root: Schema, seen: tuple[str, ...] = ()) -> bool:
    """Return whether a schema accepts mappings."""
    reference = schema.get("$ref")
    if reference in seen:
        return False
    found = resolve_reference(schema, root)
    seen = (*seen, reference) if reference else seen
    members = [member for union in _UNIONS for member in found.get(union, ()) if isinstance(member, dict)]
    return found.get("type") == "object" or any(_is_mapping(member, root, seen) for member in members)
