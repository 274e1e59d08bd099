"""Makes keys optional that a field's default supplies when a file sets only a part of the field."""

from __future__ import annotations

from typing import Any

from typedflow.layers import UNTYPED, DefaultValue, Merge, Plan
from typedflow.schema._walk import Schema, definition, definition_name, is_only_required, resolve_reference, variant_of

_UNIONS = ("anyOf", "oneOf", "allOf")


def allow_partial(schema: Schema, plan: Plan) -> Schema:
    """Return the schema of a model's files, in which keys that defaults supply are optional."""
    return _PartialDefaults(schema).document(plan) if plan.defaulted else schema


class _PartialDefaults:
    """Changes one document; each definition is visited once, with the plan of its class."""

    def __init__(self, root: Schema) -> None:
        self._root = root
        self._visited: dict[str, Any] = {}

    def document(self, plan: Plan) -> Schema:
        """Return the whole document."""
        top = self._visit({key: value for key, value in self._root.items() if key != "$defs"}, plan)
        definitions = {**self._root.get("$defs", {}), **self._visited}
        return {**top, "$defs": definitions} if definitions else top

    def _visit(self, schema: Any, plan: Plan) -> Any:
        """Return a schema in which the fields' defaults are taken into account."""
        if not isinstance(schema, dict):
            return schema
        found = dict(schema)
        if "$ref" in found:
            self._define(found["$ref"], plan)
        for union in _UNIONS:
            if union in found:
                found[union] = [self._visit(member, _variant(member, plan, self._root)) for member in found[union]]
        if "properties" in found:
            found["properties"] = {key: self._property(plan, key, each) for key, each in found["properties"].items()}
        if isinstance(found.get("additionalProperties"), dict) and plan.items:
            found["additionalProperties"] = self._visit(found["additionalProperties"], plan.items)
        if isinstance(found.get("items"), dict) and plan.entries:
            found["items"] = self._visit(found["items"], plan.item())
        if isinstance(found.get("prefixItems"), list) and len(plan.entries) == len(found["prefixItems"]):
            pairs = zip(found["prefixItems"], plan.entries, strict=True)
            found["prefixItems"] = [self._visit(item, entry) for item, entry in pairs]
        return found

    def _define(self, reference: str, plan: Plan) -> None:
        name = definition_name(reference)
        is_known = plan.fields or plan.items or plan.variants or plan.members or plan.entries
        if is_known and name not in self._visited:
            self._visited[name] = self._root["$defs"][name]  # a recursive model comes here again
            self._visited[name] = self._visit(definition(reference, self._root), plan)

    def _property(self, plan: Plan, key: str, schema: Any) -> Any:
        child = plan.child(key)
        schema = self._visit(schema, child)
        default = plan.defaults.get(key)
        if default is None or child.rule == Merge.replace:
            return schema
        found: DefaultValue = default.value(lambda factory: factory())
        if found.problem or not isinstance(found.tree, dict | list):
            return schema
        return self._part(schema, found.tree, child)

    def _part(self, schema: Any, tree: Any, plan: Plan) -> Any:
        """Return the schema of a value that is merged onto the tree of a default."""
        if not isinstance(schema, dict) or plan.rule == Merge.replace:
            return schema
        if isinstance(tree, list):
            return self._list(schema, tree, plan)
        if not isinstance(tree, dict):
            return schema
        schema = self._resolve(schema)
        union = next((union for union in ("anyOf", "oneOf") if union in schema), None)
        if union is not None and not all(map(is_only_required, schema[union])):
            return {**schema, union: [self._member(member, tree, plan) for member in schema[union]]}
        return self._mapping(schema, tree, plan)

    def _mapping(self, schema: Schema, tree: dict[str, Any], plan: Plan) -> Schema:
        found = {keyword: value for keyword, value in schema.items() if keyword not in {"required", "minProperties"}}
        required = [key for key in schema.get("required", ()) if key not in tree]
        found |= {"required": required} if required else {}
        if "allOf" in found:
            kept = [each for each in found.pop("allOf") if not (is_only_required(each) and _keys(each) & set(tree))]
            found |= {"allOf": kept} if kept else {}
        needed = {"anyOf": found.get("anyOf", [])}
        if needed["anyOf"] and is_only_required(needed) and _keys(needed) & set(tree):
            del found["anyOf"]
        properties = dict(found.get("properties", {}))
        other = found.get("additionalProperties")
        for key, item in tree.items():
            inner = properties.get(key, other if isinstance(other, dict) else None)
            if inner is not None and isinstance(item, dict | list):
                properties[key] = self._part(inner, item, plan.child(key))
        return {**found, "properties": properties} if properties else found

    def _member(self, member: Any, tree: dict[str, Any], plan: Plan) -> Any:
        """Return a member of a union; only the one of the default's class is merged with the default."""
        found = self._resolve(member)
        if found.get("type") != "object" and not any(union in found for union in ("anyOf", "oneOf")):
            return member
        if plan.members:
            known = found.get("properties", {})
            return self._mapping(found, tree, plan) if set(tree) <= set(known) else member
        variant = _variant(member, plan, self._root)
        is_other = variant is not plan and plan.choice(tree) not in {None, variant}
        return member if is_other else self._part(found, tree, variant)

    def _list(self, schema: Any, tree: list[Any], plan: Plan) -> Any:
        """Return the schema of a list whose items are appended to a default's, or merged with them by a key."""
        found = {keyword: value for keyword, value in self._resolve(schema).items() if keyword != "minItems"}
        rule = plan.rule
        if rule is None:
            return schema
        if "anyOf" in found:
            return {**found, "anyOf": [self._list(member, tree, plan) for member in found["anyOf"]]}
        if rule.key and isinstance(found.get("items"), dict):
            items = [item for item in tree if isinstance(item, dict)]
            parts = [self._keyed_item(found["items"], item, rule.key, plan.item()) for item in items]
            found["items"] = {"anyOf": [*parts, found["items"]]}
        return found

    def _keyed_item(self, schema: Any, item: dict[str, Any], key: str, plan: Plan) -> Any:
        part = self._mapping(self._resolve(schema), {name: each for name, each in item.items() if name != key}, plan)
        properties = {**part.get("properties", {}), key: {"const": item.get(key)}}
        return {**part, "properties": properties}

    def _resolve(self, schema: Any) -> Schema:
        return resolve_reference(schema, {**self._root, "$defs": {**self._root.get("$defs", {}), **self._visited}})


def _variant(member: Any, plan: Plan, root: Schema) -> Plan:
    """Return the plan of a member of a union, by its tag or by its keys."""
    if not isinstance(member, dict) or not plan.members:
        return variant_of(member, plan, root)
    known = resolve_reference(member, root).get("properties", {})
    return next((each for each in plan.members if known and each.fields.keys() >= known.keys()), UNTYPED)


def _keys(schema: Any) -> set[str]:
    """Return the keys of which one is required."""
    return {*schema.get("required", ()), *(key for each in schema.get("anyOf", ()) for key in _keys(each))}
