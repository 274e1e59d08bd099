"""Notes: what changes although everything still fits. Defaults, fields that nobody reads any more, deprecations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from typedflow.schema._changes import Kind
from typedflow.schema._compare_forms import Form, canonical, forms
from typedflow.schema._compare_merge import is_silent
from typedflow.schema._compare_places import Places
from typedflow.values import KeyPath, closest

_ABSENT = object()


@dataclass(frozen=True, slots=True)
class Note:
    """A change that no schema refuses."""

    kind: Kind
    keyword: str
    path: KeyPath
    old: Any = None
    new: Any = None


def notes_of_files(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Note]:
    """Return what changes for files that still fit."""
    places = Places(old, new)
    for path, ours, theirs in places.mappings():
        before, after = _properties(ours), _properties(theirs)
        for key, schema in before.items():
            here = (*path, key)
            if key not in after and theirs.schema.get("additionalProperties", True) is True:
                yield Note(Kind.RISKY, "unheeded", here)
            elif key in after:
                yield from _defaults(places, here, (schema, after[key]), (ours, theirs))
                if after[key].get("deprecated") and not schema.get("deprecated"):
                    yield Note(Kind.SAFE, "deprecated", here)


def notes_of_readers(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Note]:
    """Return what changes for readers of configs that still fit: they fall back to defaults of their own."""
    for path, ours, theirs in Places(old, new).mappings():
        for key, schema in _properties(ours).items():
            if key not in _properties(theirs) and key not in ours.schema.get("required", ()):
                yield Note(Kind.RISKY, "unwritten", (*path, key), schema.get("default"))


def renamed(old: dict[str, Any], new: dict[str, Any]) -> dict[KeyPath, str]:
    """Return the fields that are gone where another of the same schema is new, with that one's key."""
    found: dict[KeyPath, str] = {}
    for path, ours, theirs in Places(old, new).mappings():
        before, after = _properties(ours), _properties(theirs)
        added = {key: _bare(schema) for key, schema in after.items() if key not in before}
        for key in [key for key in before if key not in after]:
            same = [other for other, schema in added.items() if schema == _bare(before[key])]
            name = same[0] if len(same) == 1 else closest(key, same)
            if name is not None:
                del added[name]
                found[(*path, key)] = name
    return found


def _properties(form: Form) -> dict[str, dict[str, Any]]:
    return {key: schema for key, schema in form.schema.get("properties", {}).items() if isinstance(schema, dict)}


def _bare(schema: dict[str, Any]) -> str:
    return canonical({key: value for key, value in schema.items() if key == "default" or not is_silent(key)})


def _defaults(
    places: Places, path: KeyPath, schemas: tuple[dict[str, Any], dict[str, Any]], owners: tuple[Form, Form]
) -> Iterator[Note]:
    """Return how the defaults of one field differ, where both models let files leave it out."""
    old, new = schemas
    if any(path[-1] in owner.schema.get("required", ()) for owner in owners):
        return
    if "default" in old and "default" in new:
        fields = [_fields(old, places.old), _fields(new, places.new)]
        is_set = any(form.schema.get("uniqueItems") for form in forms(new, places.new))
        yield from _differing(path, old["default"], new["default"], fields, is_set=is_set)
    elif "default" in old or "default" in new:
        yield Note(Kind.RISKY, "hidden default", path, old.get("default"), new.get("default"))


def _differing(path: KeyPath, old: Any, new: Any, fields: list[set[str]], *, is_set: bool = False) -> Iterator[Note]:
    """Return where two defaults differ, field by field; fields that only one model has are another change."""
    if isinstance(old, dict) and isinstance(new, dict) and all(fields):
        one_sided = fields[0] ^ fields[1]
        for key in {**old, **new}:
            if key not in one_sided:
                yield from _differing((*path, key), old.get(key, _ABSENT), new.get(key, _ABSENT), [set(), set()])
    elif _text(old, is_set=is_set) != _text(new, is_set=is_set):
        yield Note(Kind.RISKY, "default", path, *(None if value is _ABSENT else value for value in (old, new)))


def _text(value: Any, *, is_set: bool) -> str:
    if value is _ABSENT:
        return ""
    return str(sorted(map(canonical, value))) if is_set and isinstance(value, list) else canonical(value)


def _fields(schema: dict[str, Any], root: dict[str, Any]) -> set[str]:
    """Return the names of the fields that a value of a schema may have, if it is a mapping of named fields."""
    return {key for form in forms(schema, root) if form.type == "object" for key in form.schema.get("properties", ())}
