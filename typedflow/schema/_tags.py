"""Unions that a tag discriminates: each member says that it needs its tag, also where a default would give one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from typedflow.schema._generate import TAGS
from typedflow.schema._walk import Schema, everywhere, resolved


def with_tags(schema: Schema) -> Schema:
    """Return a document in which the members of tagged unions require their tags."""

    def changed(found: Schema) -> Schema:
        tags = found.get(TAGS)
        if tags is None:
            return found
        rest = {keyword: value for keyword, value in found.items() if keyword != TAGS}
        return {**rest, "oneOf": [_with_tag(member, tags, schema) for member in found["oneOf"]]}

    whole: Schema = everywhere(schema, changed)
    return whole


def _with_tag(member: Any, tags: Sequence[str], root: Schema) -> Any:
    found = resolved(member, root)
    known = [tag for tag in tags if tag in found.get("properties", {})]
    if not known or set(known) & set(found.get("required", ())):
        return member
    needed = [{"required": [tag]} for tag in known]
    return {**member, **(needed[0] if len(needed) == 1 else {"anyOf": needed})}
