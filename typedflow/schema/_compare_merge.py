"""Merges two schemas that apply together. Keywords that cannot be merged stay in ``allOf``."""

from __future__ import annotations

from typing import Any, TypeAlias

AnySchema: TypeAlias = "dict[str, Any] | bool"

#: Lists of keys, of each of which at least one key is required: ``anyOf: [{required: [a]}, {required: [b]}]``.
GROUPS = "$groups"
_ANNOTATIONS = {"$schema", "$id", "$comment", "$defs", "definitions", "title", "description", "examples", "default"}
_ANNOTATIONS |= {"deprecated", "readOnly", "writeOnly", "discriminator", "markdownDescription", "defaultSnippets"}
_LOWER = {"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"}
_UPPER = {"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"}


def is_annotation(keyword: str) -> bool:
    """Return whether a keyword has no effect on validation."""
    return keyword in _ANNOTATIONS or keyword.startswith("x-")


def merge_schemas(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """Return a schema that accepts what both accept, with the annotations of the first."""
    whole = dict(first)
    for key, value in second.items():
        if key not in whole or key in _LOWER | _UPPER | {"required", GROUPS, "allOf"}:
            whole[key] = _merge_keyword(key, whole.get(key), value)
        elif whole[key] != value and key == "type":
            whole[key] = _merge_types(whole[key], value)
        elif whole[key] != value and not is_annotation(key):
            whole["allOf"] = [*whole.get("allOf", ()), {key: value}]
    return whole


def collect_groups(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema with its key groups, also those in ``allOf``, collected under ``GROUPS``."""
    groups: list[list[str]] = []
    parts = []
    for part in schema.get("allOf", ()):
        found = _key_group(part) if isinstance(part, dict) and len(part) == 1 else None
        groups += [found] if found else []
        parts += [] if found else [part]
    own = _key_group(schema)
    if not groups and own is None:
        return schema
    taken = {"allOf", "anyOf"} if own else {"allOf"}
    whole = {key: value for key, value in schema.items() if key not in taken}
    whole[GROUPS] = [*groups, *([own] if own else [])]
    return {**whole, "allOf": parts} if parts else whole


def _key_group(schema: dict[str, Any]) -> list[str] | None:
    """Return the keys of which one is required, if the union says only that."""
    members = schema.get("anyOf", ())
    keys = [member["required"][0] for member in members if isinstance(member, dict) and _requires_one_key(member)]
    return keys if keys and len(keys) == len(members) else None


def _requires_one_key(member: dict[str, Any]) -> bool:
    return list(member) == ["required"] and len(member["required"]) == 1


def _merge_keyword(key: str, first: Any, second: Any) -> Any:
    if first is None:
        return second
    if key in _LOWER:
        return max(first, second)
    if key in _UPPER:
        return min(first, second)
    return [*first, *(item for item in second if item not in first)]


def _merge_types(first: str | list[str], second: str | list[str]) -> list[str]:
    left, right = (_with_integers({kinds} if isinstance(kinds, str) else set(kinds)) for kinds in (first, second))
    both = left & right
    return sorted(both - {"integer"} if "number" in both else both)


def _with_integers(types: set[str]) -> set[str]:
    """Add integers if there are numbers, which include them."""
    return types | {"integer"} if "number" in types else types
