"""The schema of ``$merge``, so that editors can complete the key paths in directives."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from typedflow.schema._walk import Schema, definition
from typedflow.values import format_path

_Steps = tuple["str | None", ...]
"""Keys; None stands for any key."""

_ANY = r'(?:[^\s."\[\]=,]+|"(?:[^"\\]|\\.)*")'
_BARE = re.compile(r'[^\s."\[\]=,]+')
_NAME = re.compile(r"[^\W\d]\w*")
_PARTS = ("anyOf", "oneOf", "allOf")


def merge_schema(schema: Schema) -> tuple[Schema, dict[str, Schema]]:
    """Return the schema of a model's ``$merge`` and the definitions that it refers to."""
    found: dict[tuple[_Steps, bool], bool] = {}
    for steps, opened, is_list in _paths(schema, schema, (), ()):
        found[steps, opened] = found.get((steps, opened), False) or is_list
    lists = [path for path, is_list in found.items() if is_list]
    every, appended = "#/$defs/merge.path", "#/$defs/merge.list"
    properties = {
        "append": _directive(appended, "Append these lists to those of lower layers."),
        "delete": _directive(every, "Delete what lower layers set here."),
        "replace": _directive(every, "Replace what lower layers set here instead of merging with it."),
        "union": _directive(appended, "Append these lists to those of lower layers, without duplicate items."),
    }
    merge = {
        "title": "Merge directives",
        "description": "How to merge this file with lower layers.",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
    return merge, {"merge.path": _path_schema(list(found)), "merge.list": _path_schema(lists)}


def _directive(reference: str, description: str) -> Schema:
    return {"description": description, "type": "array", "items": {"$ref": reference}}


def _path_schema(paths: list[tuple[_Steps, bool]]) -> Schema:
    exact = [steps for steps, opened in paths if None not in steps and not opened]
    texts = sorted({format_path(tuple(key for key in steps if key is not None)) for steps in exact})
    loose = [path for path in paths if path[1] or None in path[0] or not all(map(_is_name, path[0]))]
    patterns = sorted({_pattern(*path) for path in loose})
    members: list[Schema] = [{"enum": texts}] if texts else []
    members += [{"type": "string", "pattern": pattern} for pattern in patterns]
    return {"anyOf": members} if members else {"not": {}}


def _is_name(key: str | None) -> bool:
    return key is not None and _NAME.fullmatch(key) is not None


def _pattern(steps: _Steps, opened: bool) -> str:  # noqa: FBT001 # half of a path
    whole = r"\.".join(_ANY if key is None else _key_pattern(key) for key in steps)
    return f"^{whole}(?:\\.{_ANY})+$" if opened else f"^{whole}$"


def _key_pattern(key: str) -> str:
    quoted = _escape(json.dumps(key, ensure_ascii=False))
    return f"(?:{_escape(key)}|{quoted})" if _BARE.fullmatch(key) else quoted


def _escape(text: str) -> str:
    """Escape the special characters of Python's and ECMAScript's patterns."""
    return re.sub(r"[\\^$.|?*+()\[\]{}/]", lambda found: f"\\{found[0]}", text)


def _paths(schema: Any, root: Schema, at: _Steps, seen: tuple[str, ...]) -> Iterator[tuple[_Steps, bool, bool]]:
    """Return each key path, whether it stands for any keys below it, and whether its value is a list."""
    reference = schema.get("$ref") if isinstance(schema, dict) else None
    if schema is False:
        return
    if reference in seen or schema in ({}, True):
        yield at, False, reference is None
        yield at, True, True
        return
    if reference is not None:
        yield from _paths(definition(reference, root), root, at, (*seen, reference))
    if at:
        yield at, False, schema.get("type") == "array"
    for value, steps in _inside(schema):
        yield from _paths(value, root, (*at, *steps), seen)


def _inside(schema: Schema) -> Iterator[tuple[Any, _Steps]]:
    """Return the subschemas of a schema, each with the step to its value."""
    members = (member for union in _PARTS for member in schema.get(union, ()))
    yield from ((member, ()) for member in members if not isinstance(member, dict) or set(member) - {"required"})
    yield from ((value, (key,)) for key, value in schema.get("properties", {}).items())
    yield from ((value, (None,)) for value in schema.get("patternProperties", {}).values())
    yield schema.get("additionalProperties", False), (None,)
