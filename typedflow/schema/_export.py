"""Exports the JSON Schema of a model's files, or of overlays on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from typedflow.models import model_not_found
from typedflow.values import TypedflowError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pydantic import BaseModel

    from typedflow.schema._section import Part
    from typedflow.schema._walk import Schema

Draft: TypeAlias = Literal["2020-12", "7"]

#: The ``$schema`` of each draft.
DIALECTS: dict[Draft, str] = {
    "2020-12": "https://json-schema.org/draft/2020-12/schema",
    "7": "http://json-schema.org/draft-07/schema#",
}
_UNIONS = ("anyOf", "oneOf")
_BINDING = {"type": "string", "minLength": 1}
_EXTENDS = {
    "title": "Extended bindings",
    "description": "The binding whose settings lie below this binding's file, or several; later ones override.",
    "anyOf": [_BINDING, {"type": "array", "items": _BINDING, "minItems": 1, "uniqueItems": True}],
}
_FILE_KEYS = {"$schema": {"description": "This file's JSON Schema, for editors.", "type": "string"}}
#: The keys at the top of complete files, of a block of an environment, and of overlays.
_KEYS, _BLOCK_KEYS, _OVERLAY_KEYS = ("$schema",), ("$merge",), ("$schema", "$merge", "$extends")


def export(
    *models: type[BaseModel],
    overlay: bool = False,
    directives: bool = False,
    draft: Draft = "2020-12",
    title: str | None = None,
    part: Part | None = None,
) -> dict[str, Any]:
    """Return the JSON Schema of a model's files, or of files with parts of several models.

    An overlay's requires nothing that is merged, and has ``$merge``. ``part`` is what the files have, if not all.

    With ``directives``, it accepts ``$ref``, ``$include`` and ``$literal`` in place of values, as files do.

    Raises:
        TypedflowError: a model has no JSON Schema.
    """
    schema = _of_files(models, overlay=overlay) if part is None else _of_part(models, part, overlay=overlay)
    if directives:
        from typedflow.schema._directive_forms import add_directives

        schema = add_directives(schema)
    if title is not None:
        schema["title"] = title
    if draft == "7":
        from typedflow.schema._draft7 import draft7

        schema = draft7(schema)
    return {"$schema": DIALECTS[draft], **schema}


def _of_files(models: Sequence[type[BaseModel]], *, overlay: bool) -> Schema:
    return _add_file_keys(_shared(models, overlay=overlay), _OVERLAY_KEYS if overlay else _KEYS)


def _of_part(models: Sequence[type[BaseModel]], part: Part, *, overlay: bool) -> Schema:
    """Return the schema of files that have a section, or all settings of which other files have sections, too."""
    from typedflow.schema._section import blocks_of, section_of, without_sections

    partial = _shared(models, overlay=True)
    if not part.section:
        found = partial if overlay else without_sections(_shared(models, overlay=False), partial, part.elsewhere)
        return _add_file_keys(found, _OVERLAY_KEYS if overlay else _KEYS)
    found = section_of(partial, part.section)
    if part.blocks:
        return blocks_of(_add_file_keys(found, _BLOCK_KEYS), _FILE_KEYS)
    return _add_file_keys(found, _OVERLAY_KEYS if part.extends else (*_KEYS, *_BLOCK_KEYS))


def _shared(models: Sequence[type[BaseModel]], *, overlay: bool) -> Schema:
    from typedflow.schema._union import union_of

    return union_of([_document(model, overlay=overlay) for model in models])


def _document(model: type[BaseModel], *, overlay: bool) -> Schema:
    from typedflow.models import plan_of
    from typedflow.schema._generate import with_tags
    from typedflow.schema._overlay import overlay_of
    from typedflow.schema._partial_defaults import allow_partial

    schema = allow_partial(with_tags(_generate(model)), plan_of(model))
    return overlay_of(schema, plan_of(model)) if overlay else schema


def _generate(model: type[BaseModel]) -> Schema:
    from pydantic import PydanticUserError

    from typedflow.models import declared_at
    from typedflow.schema._generate import FileSchema

    try:
        return model.model_json_schema(by_alias=False, schema_generator=FileSchema)
    except (PydanticUserError, TypeError, ValueError, LookupError) as error:
        message = f"{model.__name__} has no JSON Schema: {error}".partition("\n")[0]
        place = declared_at(model)
        raise TypedflowError([model_not_found(message, place)]) from None


def _add_file_keys(schema: Schema, names: Collection[str]) -> Schema:
    """Return the document with the keys that typedflow reads at the top of a file."""
    from typedflow.schema._merge_directives import merge_schema

    keys: dict[str, Any] = {name: known for name, known in _FILE_KEYS.items() if name in names}
    definitions = schema.get("$defs", {})
    if "$merge" in names:
        keys["$merge"], more = merge_schema(schema)
        definitions = {**definitions, **more}
    if "$extends" in names:
        keys["$extends"] = _EXTENDS
    top = {keyword: value for keyword, value in schema.items() if keyword != "$defs"}
    found = _add_keys(top, schema, keys)
    return {**found, "$defs": definitions} if definitions else found


def _add_keys(schema: Any, root: Schema, keys: Schema) -> Any:
    """Return a schema whose mappings accept additional keys; shared definitions are not changed."""
    from typedflow.schema._walk import resolve_reference

    if not isinstance(schema, dict):
        return schema
    found = resolve_reference(schema, root)
    for union in _UNIONS:
        if union in found:
            found = {**found, union: [_add_keys(member, root, keys) for member in found[union]]}
    if found.get("type") == "object":
        found = {**found, "properties": {**keys, **found.get("properties", {})}}
        if "propertyNames" in found:
            found["propertyNames"] = {"anyOf": [{"enum": list(keys)}, found["propertyNames"]]}
    return found
