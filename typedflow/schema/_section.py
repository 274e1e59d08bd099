"""Schemas of sections: fields of a model whose settings have files of their own."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from typedflow.schema._overlay import used_definitions
from typedflow.schema._walk import Schema, is_only_required, resolve_reference

_ENVIRONMENT = r"^[A-Za-z0-9_][A-Za-z0-9_.-]*$"


class Part(NamedTuple):
    """What files have of a model's fields: the value of a ``section``, else all of them.

    ``extends``: the files are those of bindings, which may extend others. ``blocks``: they have such a value for each
    environment. ``elsewhere`` are the sections that other files have.
    """

    section: str = ""
    extends: bool = False
    blocks: bool = False
    elsewhere: tuple[str, ...] = ()


def section_of(document: Schema, section: str) -> Schema:
    """Return the schema of what a section's files have, given that of files with all settings."""
    top = resolve_reference(document, document)
    return _with_definitions(resolve_reference(top["properties"][section], document), document.get("$defs", {}))


def without_sections(document: Schema, overlay: Schema, sections: Collection[str]) -> Schema:
    """Return the schema of files with all settings, if other files have some sections: those may be left out.

    ``overlay`` is the schema of overlays on these files.
    """
    top, partial = resolve_reference(document, document), resolve_reference(overlay, overlay)
    own = {key: partial["properties"][key] for key in sections if key in partial.get("properties", {})}
    required = [key for key in top.get("required", ()) if key not in own]
    choices = [each for each in top.get("allOf", ()) if not (is_only_required(each) and _names(each) & own.keys())]
    found = {keyword: value for keyword, value in top.items() if keyword not in {"required", "allOf", "$defs"}}
    found |= {"properties": {**top.get("properties", {}), **own}}
    found |= {"required": required} if required else {}
    found |= {"allOf": choices} if choices else {}
    return _with_definitions(found, {**overlay.get("$defs", {}), **document.get("$defs", {})})


def blocks_of(block: Schema, keys: Schema) -> Schema:
    """Return the schema of a file with a block for each environment; ``keys`` are those beside the blocks."""
    found = {
        "description": "The settings of each environment, by its name.",
        "type": "object",
        "properties": keys,
        "patternProperties": {_ENVIRONMENT: {key: value for key, value in block.items() if key != "$defs"}},
        "additionalProperties": False,
    }
    return _with_definitions(found, block.get("$defs", {}))


def _with_definitions(found: Schema, known: dict[str, Any]) -> Schema:
    used = used_definitions(found, known)
    return {**found, "$defs": {name: known[name] for name in known if name in used}} if used else found


def _names(schema: Schema) -> set[str]:
    """Return the keys that a schema requires, which does nothing else."""
    below = (key for each in schema.get("anyOf", ()) for key in _names(each))
    return {*schema.get("required", ()), *below}
