"""Two schemas that hold together, as one; what cannot be joined stays in ``allOf`` and is compared as it is written."""

from __future__ import annotations

from typing import Any, TypeAlias

Schema: TypeAlias = "dict[str, Any] | bool"

#: Lists of keys of which one must be there each: ``anyOf: [{required: [a]}, {required: [b]}]``, gathered.
GROUPS = "$groups"
_SILENT = {"$schema", "$id", "$comment", "$defs", "definitions", "title", "description", "examples", "default"}
_SILENT |= {"deprecated", "readOnly", "writeOnly", "discriminator", "markdownDescription", "defaultSnippets"}
_LOWER = {"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"}
_UPPER = {"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"}


def is_silent(keyword: str) -> bool:
    """Return whether a keyword says nothing about what is valid."""
    return keyword in _SILENT or keyword.startswith("x-")


def merged(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of what fits both; of what says nothing about that, the first's."""
    whole = dict(first)
    for key, value in second.items():
        if key not in whole or key in _LOWER | _UPPER | {"required", GROUPS, "allOf"}:
            whole[key] = _joined(key, whole.get(key), value)
        elif whole[key] != value and key == "type":
            whole[key] = _types(whole[key], value)
        elif whole[key] != value and not is_silent(key):
            whole["allOf"] = [*whole.get("allOf", ()), {key: value}]
    return whole


def with_groups(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema with its groups of keys gathered, those of its ``allOf`` as well."""
    groups: list[list[str]] = []
    parts = []
    for part in schema.get("allOf", ()):
        found = _group(part) if isinstance(part, dict) and len(part) == 1 else None
        groups += [found] if found else []
        parts += [] if found else [part]
    own = _group(schema)
    if not groups and own is None:
        return schema
    taken = {"allOf", "anyOf"} if own else {"allOf"}
    whole = {key: value for key, value in schema.items() if key not in taken}
    whole[GROUPS] = [*groups, *([own] if own else [])]
    return {**whole, "allOf": parts} if parts else whole


def _group(schema: dict[str, Any]) -> list[str] | None:
    """Return the keys of which one must be there, where a union says only that."""
    members = schema.get("anyOf", ())
    keys = [member["required"][0] for member in members if isinstance(member, dict) and _is_one_key(member)]
    return keys if keys and len(keys) == len(members) else None


def _is_one_key(member: dict[str, Any]) -> bool:
    return list(member) == ["required"] and len(member["required"]) == 1


def _joined(key: str, first: Any, second: Any) -> Any:
    if first is None:
        return second
    if key in _LOWER:
        return max(first, second)
    if key in _UPPER:
        return min(first, second)
    return [*first, *(item for item in second if item not in first)]


def _types(first: str | list[str], second: str | list[str]) -> list[str]:
    left, right = (_widened({kinds} if isinstance(kinds, str) else set(kinds)) for kinds in (first, second))
    both = left & right
    return sorted(both - {"integer"} if "number" in both else both)


def _widened(types: set[str]) -> set[str]:
    """Add integers, which are numbers, too."""
    return types | {"integer"} if "number" in types else types
