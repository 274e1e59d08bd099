"""What is wrong with a tree that does not fit its model: Pydantic's errors as diagnostics, in the files' own terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from typedflow.layers import Merged, Provenance, directive_text, provenance
from typedflow.models._declared import declared_at, field_location
from typedflow.models._phrases import expected, quoted, reason, shown
from typedflow.models._types import annotation_of, field_of, fields_of, keys_of, models_at, tag_values
from typedflow.parsing import location
from typedflow.values import (
    RULES,
    Diagnostic,
    Fix,
    KeyPath,
    Location,
    Origin,
    Related,
    Source,
    SourceKind,
    did_you_mean,
    format_path,
    has_item,
    hidden,
    leaves_of,
    listed,
    masked,
    only_close,
    reading_order,
    secret_kind_at,
    without_secrets,
)

_TAG_ERRORS = {"union_tag_invalid", "union_tag_not_found"}
_KINDS = {"extra_forbidden": "unknown", "missing": "missing", "union_tag_not_found": "missing"}


def explain(error: ValidationError, merged: Merged, model: type[BaseModel]) -> list[Diagnostic]:
    """Give a diagnostic for every key that does not fit, in reading order."""
    return _Explainer(merged, model).all(error)


class _Explainer:
    def __init__(self, merged: Merged, model: type[BaseModel]) -> None:
        self._merged = merged
        self._model = model
        self._provenance: Provenance = provenance(merged)

    def all(self, error: ValidationError) -> list[Diagnostic]:
        """Give one diagnostic for each key path; the members of a union that failed there share it."""
        grouped: dict[tuple[KeyPath, str], list[ErrorDetails]] = {}
        for details in error.errors(include_url=False):
            path = self._path(details)
            kind = _KINDS.get(details["type"], "invalid")
            if details["type"] in _TAG_ERRORS and not quoted(details["ctx"]["discriminator"]):
                kind = "invalid"
            grouped.setdefault((path, kind), []).append(details)
        found = (self._one(path, kind, details) for (path, kind), details in grouped.items())
        return sorted(discreet(found, self._merged), key=reading_order)

    def _path(self, details: ErrorDetails) -> KeyPath:
        """Give the key path in the data; pydantic's own location also names union members and validators."""
        path: list[str | int] = []
        value: Any = self._merged.tree
        is_there = False
        for part in details["loc"]:
            is_there = has_item(value, part)
            if is_there:
                path.append(part)
                value = value[part]
        if details["type"] in {"missing", "extra_forbidden"} and not is_there:
            path.append(details["loc"][-1])  # it is missing, or a validator made it
        elif details["type"] in _TAG_ERRORS:
            tags = quoted(details["ctx"]["discriminator"])  # none where a function chooses
            path += [tag for tag in tags if has_item(value, tag) or details["type"] == "union_tag_not_found"][:1]
        return tuple(path)

    def _one(self, path: KeyPath, kind: str, details: list[ErrorDetails]) -> Diagnostic:
        if kind == "unknown":
            return self._unknown(path)
        if kind == "missing":
            return self._missing(path)
        return self._invalid(path, details)

    def _unknown(self, path: KeyPath) -> Diagnostic:
        owners = _meant(models_at(self._model, path[:-1]), _value(self._merged.tree, path[:-1])) or (self._model,)
        named = [(owner, *item) for owner in owners for item in (fields_of(owner) or {}).items()]
        known = [key for owner, name, field in named for key in keys_of(owner, name, field)]
        names = " or ".join(owner.__name__ for owner in owners)
        known_field = next((item for item in named if path[-1] in keys_of(*item)), None)
        if known_field is not None:
            return self._twice(path, known_field[0], known_field[1], keys_of(*known_field))
        label = did_you_mean(str(path[-1]), known)
        return Diagnostic(
            RULES["unknown-key"],
            f"`{format_path(path)}` is not a field of {names}",
            self._place(path, key=True) or self._base(),
            label=label,
            hint="" if label else f"{names} has {listed(known, most=8)}",
            related=(*declared(owners[0]), *self._shadows(path)),
            path=path,
            fix=self._renaming(path, [keys_of(*item) for item in named]),
        )

    def _renaming(self, path: KeyPath, fields: list[tuple[str, ...]]) -> Fix | None:
        """Give the fix of a misspelt key: one field alone is close, and one file alone sets the key, and not the field.

        That another file sets the field is no doubt: overriding it was meant.
        """
        key = only_close(str(path[-1]), [key for keys in fields for key in keys])
        origin, leaves = self._origin(path), self._provenance.leaves.items()
        below = [leaf for other, leaf in leaves if other[: len(path)] == path]
        if key is None or origin is None or any(leaf.origin.source != origin.source or leaf.shadows for leaf in below):
            return None
        if origin.source.kind is not SourceKind.FILE or origin.source.format is None:
            return None
        meant = {other for keys in fields if key in keys for other in keys}
        layer = next(layer for layer in self._merged.stack if layer.source == origin.source)
        own = (*layer.prefix, *origin.path[len(layer.root) : -1])
        return None if any(layer.sets((*own, other)) for other in meant) else Fix(origin.path, key)

    def _twice(self, path: KeyPath, owner: type, name: str, keys: tuple[str, ...]) -> Diagnostic:
        """Two of a field's aliases are set, and Pydantic takes one of them for unknown."""
        others = [(*path[:-1], key) for key in keys if key != path[-1]]
        other = next((other for other in others if self._origin(other)), path)
        return Diagnostic(
            RULES["unknown-key"],
            f"`{format_path(path)}` sets the field `{name}` of {owner.__name__}, which `{format_path(other)}` sets too",
            self._place(path, key=True),
            hint=f"use one of the two keys; `{keys[0]}` is read first",
            related=declared(owner, name),
            path=path,
        )

    def _missing(self, path: KeyPath) -> Diagnostic:
        found = field_of(self._model, path)
        owner = found[0].__name__ if found else self._model.__name__
        place = self._place(path[:-1], key=True) if len(path) > 1 else None
        return Diagnostic(
            RULES["missing-key"],
            f"`{format_path(path)}` is missing; {owner} requires it",
            place or self._base(),
            hint=f"add `{path[-1]}`" + (f" to `{format_path(path[:-1])}`" if len(path) > 1 else ""),
            related=declared(*found) if found else (),
            path=path,
        )

    def _invalid(self, path: KeyPath, details: list[ErrorDetails]) -> Diagnostic:
        reasons = list(dict.fromkeys(reason(item) for item in details))
        value = _value(self._merged.tree, path)
        scalar = masked(value) if secret_kind_at(path, value) else value  # before its text is cut short
        found_value = "" if isinstance(value, Mapping | list) else f" is {shown(scalar)}"
        subject = f"`{format_path(path)}`" if path else self._model.__name__
        found = field_of(self._model, path)
        hint = ""
        if value is None:
            origin = self._origin(path)
            directive = directive_text(origin.source if origin else Source("", ""), "delete", path)
            hint = f"null is a value; to remove what a lower layer set, use `{directive}`"
        return Diagnostic(
            RULES["invalid-value"],
            f"{subject}{found_value}: {' or '.join(reasons)}",
            self._place(path) or self._base(),
            label=did_you_mean(value, expected(details)) if isinstance(value, str) else "",
            hint=hint,
            related=(*(declared(*found) if found else declared(self._model)), *self._shadows(path)),
            path=path,
        )

    def _base(self) -> Location | None:
        """Give the lowest source: what is wrong with the whole is nearest to it."""
        return Location(self._merged.stack[0].source.name) if self._merged.stack else None

    def _place(self, path: KeyPath, *, key: bool = False) -> Location | None:
        origin = self._origin(path)
        return location(origin.source, origin.path, key=key) if origin else None

    def _origin(self, path: KeyPath) -> Origin | None:
        leaf = self._provenance.leaves.get(path)
        if leaf:
            return leaf.origin
        for below, other in self._provenance.leaves.items():
            if below[: len(path)] == path and path:
                cut = len(below) - len(path)
                return Origin(other.origin.source, other.origin.path[: len(other.origin.path) - cut])
        return None

    def _shadows(self, path: KeyPath) -> tuple[Related, ...]:
        leaf = self._provenance.leaves.get(path)
        shadows = leaf.shadows if leaf else ()
        return tuple(
            Related(
                "shadows",
                location(origin.source, origin.path),
                "(default)" if origin.source.kind is SourceKind.DEFAULT else "",
            )
            for origin in shadows
        )


def discreet(found: Iterable[Diagnostic], merged: Merged) -> Iterator[Diagnostic]:
    """Give diagnostics without the secrets of the tree that they are about: neither the message nor the line has one.

    What is hidden in the message are all of them: a validator may say what it likes.
    """
    secrets = {path: str(value) for path, value in leaves_of(merged.tree) if secret_kind_at(path, value)}
    for item in found:
        message = without_secrets(item.message, secrets.values())
        is_value = item.path in secrets and item.rule.name == "invalid-value"
        place = hidden(item.location) if is_value and item.location else item.location
        yield replace(item, message=message, location=place)


def declared(owner: type, field: str = "") -> tuple[Related, ...]:
    """Give the place where a class, or a field of it, is declared, for the second half of a diagnostic."""
    place = (field_location(owner, field) if field else None) or declared_at(owner)
    return (Related("declared at", place, f"(class {owner.__name__})"),) if place else ()


def _value(tree: Any, path: KeyPath) -> Any:
    for key in path:
        tree = tree[key]
    return tree


def _meant(owners: tuple[type, ...], value: Any) -> tuple[type, ...]:
    """Give the members of a union whose literal fields (tags) do not contradict a mapping; all where none is left."""
    return tuple(owner for owner in owners if not _contradicts(owner, value)) or owners


def _contradicts(owner: type, value: Any) -> bool:
    for name, field in (fields_of(owner) or {}).items():
        tags = tag_values(annotation_of(field))
        keys = [key for key in keys_of(owner, name, field) if has_item(value, key)]
        if tags and keys and value[keys[0]] not in tags:
            return True
    return False
