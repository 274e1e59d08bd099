"""From a merged tree to a model instance, or to the diagnostics that say where and why it does not fit."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, PydanticSerializationError, to_json

from typedflow.layers import Merged, Provenance, directive_text, provenance
from typedflow.models._declared import declared_at, field_location
from typedflow.models._types import field_of, fields_of, keys_of, models_at
from typedflow.parsing import location
from typedflow.values import (
    RULES,
    Diagnostic,
    KeyPath,
    Location,
    Origin,
    Related,
    Source,
    Span,
    TypedflowError,
    did_you_mean,
    format_path,
    has_item,
    reading_order,
)

M = TypeVar("M", bound=BaseModel)

_MOST_SHOWN = 60


def validate(merged: Merged, model: type[M]) -> M:
    """Give the model instance of a merged tree.

    Validation is in JSON mode: a strict model takes from a file what JSON can write (a date as text, a tuple as list).

    Raises:
        TypedflowError: with a diagnostic for every key that does not fit.
    """
    try:
        return model.model_validate_json(to_json(merged.tree))
    except ValidationError as error:
        raise TypedflowError(_Explainer(merged, model).all(error)) from None
    except PydanticSerializationError as error:
        raise TypedflowError([Diagnostic(RULES["invalid-value"], f"a value that JSON cannot carry: {error}")]) from None
    except Exception as error:  # noqa: BLE001 # the model's own validators decide what else is raised
        raise TypedflowError([_raised(model, error)]) from None


def _raised(model: type[BaseModel], error: Exception) -> Diagnostic:
    """A validator that raises what Pydantic does not take as a finding."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    line = frame.lineno or 1
    span = Span(line, 1, line, 1)
    return Diagnostic(
        RULES["invalid-value"],
        f"validating {model.__name__} raises {type(error).__name__}: {error}",
        Location(frame.filename, span),
        hint="a validator refuses a value with ValueError or AssertionError; then the value's own place is shown",
        related=_declared(model),
    )


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
            kind = details["type"] if details["type"] in {"extra_forbidden", "missing"} else ""
            grouped.setdefault((path, kind), []).append(details)
        found = [self._one(path, kind, details) for (path, kind), details in grouped.items()]
        return sorted(found, key=reading_order)

    def _path(self, details: ErrorDetails) -> KeyPath:
        """Give the key path in the data; pydantic's own location also names union members and validators."""
        path: list[str | int] = []
        value: Any = self._merged.tree
        for part in details["loc"]:
            if has_item(value, part):
                path.append(part)
                value = value[part]
        if details["type"] == "missing":
            path.append(details["loc"][-1])
        return tuple(path)

    def _one(self, path: KeyPath, kind: str, details: list[ErrorDetails]) -> Diagnostic:
        if kind == "extra_forbidden":
            return self._unknown(path)
        if kind == "missing":
            return self._missing(path)
        return self._invalid(path, details)

    def _unknown(self, path: KeyPath) -> Diagnostic:
        owners = models_at(self._model, path[:-1]) or (self._model,)
        named = [(owner, *item) for owner in owners for item in (fields_of(owner) or {}).items()]
        known = [key for owner, name, field in named for key in keys_of(owner, name, field)]
        names = " or ".join(owner.__name__ for owner in owners)
        for _, name, field in (item for item in named if path[-1] in keys_of(*item)):
            return self._twice(path, owners[0], name, keys_of(owners[0], name, field))
        label = did_you_mean(str(path[-1]), known)
        return Diagnostic(
            RULES["unknown-key"],
            f"`{format_path(path)}` is not a field of {names}",
            self._place(path, key=True),
            label=label,
            hint="" if label else f"{names} has {_listed(known)}",
            related=(*_declared(owners[0]), *self._shadows(path)),
            path=path,
        )

    def _twice(self, path: KeyPath, owner: type, name: str, keys: tuple[str, ...]) -> Diagnostic:
        """Two of a field's aliases are set, and Pydantic takes one of them for unknown."""
        others = [(*path[:-1], key) for key in keys if key != path[-1]]
        other = next((other for other in others if self._origin(other)), path)
        return Diagnostic(
            RULES["unknown-key"],
            f"`{format_path(path)}` sets the field `{name}` of {owner.__name__}, which `{format_path(other)}` sets too",
            self._place(path, key=True),
            hint=f"use one of the two keys; `{keys[0]}` is read first",
            related=_declared(owner, name),
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
            related=_declared(*found) if found else (),
            path=path,
        )

    def _invalid(self, path: KeyPath, details: list[ErrorDetails]) -> Diagnostic:
        reasons = list(dict.fromkeys(_reason(item) for item in details))
        value = _value(self._merged.tree, path)
        shown = "" if isinstance(value, Mapping | list) else f" is {_shown(value)}"
        subject = f"`{format_path(path)}`" if path else self._model.__name__
        found = field_of(self._model, path)
        hint = ""
        if value is None:
            origin = self._origin(path)
            directive = directive_text(origin.source if origin else Source("", ""), "delete", path)
            hint = f"null is a value; to remove what a lower layer set, use `{directive}`"
        return Diagnostic(
            RULES["invalid-value"],
            f"{subject}{shown}: {' or '.join(reasons)}",
            self._place(path) or self._base(),
            hint=hint,
            related=(*(_declared(*found) if found else _declared(self._model)), *self._shadows(path)),
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
        return tuple(Related("shadows", location(origin.source, origin.path)) for origin in shadows)


def _declared(owner: type, field: str = "") -> tuple[Related, ...]:
    place = (field_location(owner, field) if field else None) or declared_at(owner)
    return (Related("declared at", place, f"(class {owner.__name__})"),) if place else ()


def _value(tree: Any, path: KeyPath) -> Any:
    for key in path:
        tree = tree[key]
    return tree


def _reason(details: ErrorDetails) -> str:
    text = details["msg"].removeprefix("Value error, ").removeprefix("Assertion failed, ")
    return text[:1].lower() + text[1:] if text.startswith("Input ") else text


def _shown(value: object) -> str:
    text = "null" if value is None else repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 3]}..."


def _listed(names: list[str], most: int = 8) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"
