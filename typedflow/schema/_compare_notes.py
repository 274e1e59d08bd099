"""Notes: changes that no schema rejects, such as defaults, ignored fields and deprecations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from typedflow.schema._changes import Kind
from typedflow.schema._compare_forms import Form, comparable_text, forms_of
from typedflow.schema._compare_mappings import common_mappings
from typedflow.schema._compare_merge import is_annotation
from typedflow.values import KeyPath, closest

Pair: TypeAlias = "tuple[dict[str, Any], dict[str, Any]]"

_ABSENT = object()


@dataclass(frozen=True, slots=True)
class Note:
    """A change that no schema rejects."""

    kind: Kind
    keyword: str
    path: KeyPath
    old: Any = None
    new: Any = None


def find_file_notes(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Note]:
    """Return the changes for files that are still valid."""
    for path, ours, theirs in common_mappings(old, new):
        before, after = _properties(ours), _properties(theirs)
        for key, schema in before.items():
            here = (*path, key)
            if key not in after and theirs.schema.get("additionalProperties", True) is True:
                yield Note(Kind.RISKY, "ignored", here)
            elif key in after:
                yield from _defaults(here, (schema, after[key]), (ours, theirs), (old, new))
                if after[key].get("deprecated") and not schema.get("deprecated"):
                    yield Note(Kind.SAFE, "deprecated", here)


def find_reader_notes(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Note]:
    """Return the changes for readers that still accept the configs: they fall back to their own defaults."""
    for path, ours, theirs in common_mappings(old, new):
        for key, schema in _properties(ours).items():
            if key not in _properties(theirs) and key not in ours.schema.get("required", ()):
                yield Note(Kind.RISKY, "omitted", (*path, key), schema.get("default"))


def find_renamed_fields(old: dict[str, Any], new: dict[str, Any]) -> dict[KeyPath, str]:
    """Return the removed fields for which a field with the same schema was added, with the new key."""
    found: dict[KeyPath, str] = {}
    for path, ours, theirs in common_mappings(old, new):
        before, after = _properties(ours), _properties(theirs)
        added = {key: _without_annotations(schema) for key, schema in after.items() if key not in before}
        for key in [key for key in before if key not in after]:
            same = [other for other, schema in added.items() if schema == _without_annotations(before[key])]
            name = same[0] if len(same) == 1 else closest(key, same)
            if name is not None:
                del added[name]
                found[(*path, key)] = name
    return found


def _properties(form: Form) -> dict[str, dict[str, Any]]:
    return {key: schema for key, schema in form.schema.get("properties", {}).items() if isinstance(schema, dict)}


def _without_annotations(schema: dict[str, Any]) -> str:
    return comparable_text({key: value for key, value in schema.items() if key == "default" or not is_annotation(key)})


def _defaults(path: KeyPath, schemas: Pair, owners: tuple[Form, Form], documents: Pair) -> Iterator[Note]:
    """Return the difference between the defaults of a field that is optional in both models."""
    old, new = schemas
    if any(path[-1] in owner.schema.get("required", ()) for owner in owners):
        return
    if "default" in old and "default" in new:
        fields = [_fields(schema, document) for schema, document in zip(schemas, documents, strict=True)]
        is_set = any(form.schema.get("uniqueItems") for form in forms_of(new, documents[1]))
        yield from _default_differences(path, old["default"], new["default"], fields, is_set=is_set)
    elif "default" in old or "default" in new:
        yield Note(Kind.RISKY, "hidden default", path, old.get("default"), new.get("default"))


def _default_differences(
    path: KeyPath, old: Any, new: Any, fields: list[set[str]], *, is_set: bool = False
) -> Iterator[Note]:
    """Return the differences between two defaults, field by field; skip fields that only one model has."""
    if isinstance(old, dict) and isinstance(new, dict) and all(fields):
        one_sided = fields[0] ^ fields[1]
        for key in {**old, **new}:
            if key not in one_sided:
                yield from _default_differences(
                    (*path, key), old.get(key, _ABSENT), new.get(key, _ABSENT), [set(), set()]
                )
    elif _text(old, is_set=is_set) != _text(new, is_set=is_set):
        yield Note(Kind.RISKY, "default", path, *(None if value is _ABSENT else value for value in (old, new)))


def _text(value: Any, *, is_set: bool) -> str:
    if value is _ABSENT:
        return ""
    return str(sorted(map(comparable_text, value))) if is_set and isinstance(value, list) else comparable_text(value)


def _fields(schema: dict[str, Any], root: dict[str, Any]) -> set[str]:
    """Return the names of a schema's fields, if it is a mapping with named fields."""
    return {
        key for form in forms_of(schema, root) if form.type == "object" for key in form.schema.get("properties", ())
    }
