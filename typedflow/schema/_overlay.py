"""The schema of an overlay: a value that is merged may be partial, one that replaces must be complete."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from typedflow.layers import UNTYPED, Merge, Plan
from typedflow.schema._walk import Schema, definition, definition_name, is_only_required, variant_of

_WHOLE = {"minProperties", "required"}
_LONGER = {Merge.append, Merge.union}


def overlay_of(schema: Schema, plan: Plan) -> Schema:
    """Return the schema of a model's overlays, given that of its files."""
    return _Overlay(schema).document(plan)


class _Overlay:
    """Builds one document; definitions that are merged get new names, complete ones keep theirs."""

    def __init__(self, root: Schema) -> None:
        self._root = root
        self._names: dict[tuple[str, int], str] = {}
        self._plans: list[Plan] = []  # keeps the plans alive, so that no id is reused
        self._made: dict[str, Any] = {}

    def document(self, plan: Plan) -> Schema:
        """Return the whole document, without unused definitions."""
        top = self._make_partial({key: value for key, value in self._root.items() if key != "$defs"}, plan)
        known = {**self._root.get("$defs", {}), **self._made}
        used = used_definitions(top, known)
        return {**top, "$defs": {name: known[name] for name in known if name in used}} if used else top

    def _make_partial(self, schema: Any, plan: Plan) -> Any:
        """Return the schema of a value that is merged with the one in a lower layer."""
        if not isinstance(schema, dict) or plan.rule == Merge.replace:
            return schema
        found = {keyword: value for keyword, value in schema.items() if keyword not in _WHOLE}
        if "$ref" in found:
            found["$ref"] = self._reference(found["$ref"], plan)
        for union in ("anyOf", "oneOf", "allOf"):
            if union in found:
                members = [self._member(member, plan) for member in found.pop(union) if not is_only_required(member)]
                found |= {"allOf" if union == "allOf" else "anyOf": members} if members else {}
        self._keys(found, plan)
        if found.get("type") == "array":
            self._items(found, plan)
        return found

    def _keys(self, found: Schema, plan: Plan) -> None:
        for keyword in ("properties", "patternProperties"):
            if keyword in found:
                found[keyword] = {
                    key: self._make_partial(value, plan.child(key)) for key, value in found[keyword].items()
                }
        if isinstance(found.get("additionalProperties"), dict):
            found["additionalProperties"] = self._make_partial(found["additionalProperties"], plan.items or UNTYPED)

    def _items(self, found: Schema, plan: Plan) -> None:
        rule = plan.rule
        if rule in _LONGER or (rule and rule.key):
            found.pop("minItems", None)
        if rule and rule.key and "items" in found:
            found["items"] = _require_merge_key(self._make_partial(found["items"], plan.item()), rule, plan.item())

    def _member(self, member: Any, plan: Plan) -> Any:
        """Return a member of a union, with the plan of its variant."""
        return self._make_partial(member, variant_of(member, plan, self._root))

    def _reference(self, reference: str, plan: Plan) -> str:
        known = reference, id(plan)
        if known not in self._names:
            stem = f"{definition_name(reference)}.overlay"
            taken = {*self._names.values(), *self._root["$defs"]}
            self._names[known] = next(name for name in numbered_names(stem) if name not in taken)
            self._plans.append(plan)
            self._made[self._names[known]] = self._make_partial(definition(reference, self._root), plan)
        return f"#/$defs/{self._names[known]}"


def _require_merge_key(item: Schema, rule: Merge, plan: Plan) -> Schema:
    """Return an item's schema that requires the merge key, under any of its names in files."""
    keys = plan.keys_of(rule.key)
    if len(keys) == 1:
        return {**item, "required": [rule.key]}
    return {**item, "allOf": [*item.get("allOf", ()), {"anyOf": [{"required": [key]} for key in keys]}]}


def numbered_names(stem: str) -> Iterator[str]:
    """Yield a name, and others like it: ``Name``, ``Name.2``, ``Name.3``."""
    yield stem
    number = 2
    while True:
        yield f"{stem}.{number}"
        number += 1


def used_definitions(schema: Any, known: dict[str, Any]) -> set[str]:
    """Return the names of the definitions that a schema refers to, directly or not."""
    found: set[str] = set()
    waiting = [schema]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            waiting += item
        elif isinstance(item, dict):
            waiting += item.values()
            reference = item.get("$ref")
            name = definition_name(reference) if isinstance(reference, str) else ""
            if name in known and name not in found:
                found.add(name)
                waiting.append(known[name])
    return found
