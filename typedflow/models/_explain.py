"""Pydantic's validation errors as diagnostics, in the terms of the settings files."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, to_json

from typedflow.layers import Merged, null_hint, unknown_key, value_hint
from typedflow.models._best_fit import UnionMismatch, best_fit
from typedflow.models._declarations import declared, declaring_class
from typedflow.models._discriminators import FailedDiscriminator
from typedflow.models._error_paths import Failure, locate_error
from typedflow.models._key_fixes import Misfit, keep_valid_fixes, rename_fix
from typedflow.models._redaction import redact_secrets, secret_values
from typedflow.models._shared_findings import invalid_value, missing_key
from typedflow.models._types import annotation_of, field_of, fields_of, keys_of, models_at, tag_values
from typedflow.models._union_wording import describe_mismatch
from typedflow.models._unknown_keys import OtherModels, UnknownKey
from typedflow.models._value_places import ValuePlaces
from typedflow.models._wording import expected_texts, reason, reason_of_key, scalar_text, tag_phrase
from typedflow.values import (
    Diagnostic,
    KeyPath,
    Origin,
    Related,
    did_you_mean,
    format_path,
    has_item,
    masked,
    raised_at,
    reading_order,
    without_secrets,
)


def explain(
    error: ValidationError, merged: Merged, model: type[BaseModel], others: OtherModels | None = None
) -> list[Diagnostic]:
    """Return a diagnostic for every key that does not fit, in reading order."""
    explainer = _Explainer(merged, model, others)
    found = explainer.all(error)
    return keep_valid_fixes(found, merged, lambda changed: _misfits(changed, model, explainer.renamed_to_foreign))


def explain_discriminators(
    found: Iterable[FailedDiscriminator], merged: Merged, model: type[BaseModel]
) -> list[Diagnostic]:
    """Return a diagnostic for each value whose discriminator raises."""
    explainer = _Explainer(merged, model)
    diagnostics = {item.path: explainer.unchosen(item) for item in found}
    return sorted(redact_secrets(diagnostics.values(), merged, model), key=reading_order)


def _misfits(merged: Merged, model: type[BaseModel], foreign: Collection[KeyPath]) -> dict[Misfit, str]:
    """Return the reason for each failure, by key path and kind of error; not at key paths of other models."""
    try:
        model.model_validate_json(to_json(merged.tree))
    except ValidationError as error:
        secrets = secret_values(merged, model)
        errors = ((locate_error(item, merged.tree, model).path, item) for item in error.errors(include_url=False))
        return {
            (path, item["type"]): without_secrets(reason(item), secrets.values())
            for path, item in errors
            if path not in foreign
        }
    return {}


class _Explainer:
    def __init__(self, merged: Merged, model: type[BaseModel], others: OtherModels | None = None) -> None:
        self._merged = merged
        self._model = model
        self._others_of = others
        self._places = ValuePlaces(merged)
        self._secrets = secret_values(merged, model)
        self.renamed_to_foreign: set[KeyPath] = set()

    def all(self, error: ValidationError) -> list[Diagnostic]:
        """Return one diagnostic for each key path; the union members that failed there share it."""
        tree = self._merged.tree
        failures = [locate_error(details, tree, self._model) for details in _causes(error)]
        grouped: dict[tuple[KeyPath, str], list[Failure]] = {}
        found = []
        for item in best_fit(failures, tree):
            if isinstance(item, UnionMismatch):
                found.append(self._unfit(item))
            else:
                grouped.setdefault((item.path, item.kind), []).append(item)
        found += [self._one(path, kind, items) for (path, kind), items in grouped.items()]
        return sorted(redact_secrets(found, self._merged, self._model), key=reading_order)

    def unchosen(self, item: FailedDiscriminator) -> Diagnostic:
        """Return the diagnostic of a value whose discriminator raises."""
        name = getattr(item.function, "__name__", "the function")
        raised = raised_at(item.error)
        field = field_of(self._model, item.path)
        subject = self._places.written(item.path)
        return invalid_value(
            f"`{subject}` has no variant: `{name}` raises {type(item.error).__name__}: {item.error}",
            self._places.place(item.path) or self._places.base(),
            hint=f"let `{name}` return a tag for every value, or None if there is none",
            related=(
                *((Related("raised at", raised),) if raised else ()),
                *(declared(*field) if field else declared(self._model)),
                *self._places.through(item.path),
                *self._places.shadows(item.path),
            ),
            path=item.path,
        )

    def _one(self, path: KeyPath, kind: str, failures: list[Failure]) -> Diagnostic:
        owners = tuple(dict.fromkeys(owner for item in failures for owner in item.owners))
        if kind == "unknown":
            return self._unknown(path, owners)
        if kind == "missing":
            return self._missing(path, owners)
        if kind == "key":
            return self._key(path, owners, [item.details for item in failures])
        return self._invalid(path, owners, [item.details for item in failures])

    def _unfit(self, item: UnionMismatch) -> Diagnostic:
        """Return the diagnostic of a mapping that fits several classes equally badly."""
        subject = f"`{self._places.written(item.path)}`" if item.path else self._model.__name__
        return invalid_value(
            f"{subject} matches {describe_mismatch(item)}",
            self._places.place(item.path) or self._places.base(),
            hint="set the keys of one of them",
            related=(
                *(place for owner in item.owners for place in declared(owner)),
                *self._places.through(item.path),
                *self._places.shadows(item.path),
            ),
            path=item.path,
        )

    def _unknown(self, path: KeyPath, owners: tuple[type, ...]) -> Diagnostic:
        around, origin = _value(self._merged.tree, path[:-1]), self._places.origin(path)
        owners = _meant(owners or models_at(self._model, path[:-1]), around) or (self._model,)
        named = [(owner, *item) for owner in owners for item in (fields_of(owner) or {}).items()]
        twice = next((item for item in named if path[-1] in keys_of(*item) and self._others(path, item)), None)
        if twice is not None:
            return self._twice(path, twice[0], twice[1], keys_of(*twice))
        others = [owner for other in self._models_of(origin) for owner in models_at(other, path[:-1])]
        if others:  # of unions all members, so that each of the models has the same finding
            owners = models_at(self._model, path[:-1]) or owners
        found = UnknownKey(path, owners, tuple(others))
        fix = rename_fix(path, found.fields, origin, self._places.provenance, self._merged)
        if fix is not None and fix.replacement not in found.own_keys:  # this model drops it
            self.renamed_to_foreign.add((*path[:-1], str(fix.replacement)))
        return unknown_key(
            f"`{self._places.written(path)}` is not a field of {found.owners_text}",
            self._places.place(path, key=True) or self._places.base(),
            label=found.label,
            hint=found.hint,
            related=(
                *declared(found.meant_owner),
                *self._places.through(path, key=True),
                *self._places.shadows(path),
            ),
            path=path,
            fix=fix,
        )

    def _models_of(self, origin: Origin | None) -> Collection[type[BaseModel]]:
        """Return the models of the other configs that have a part of an origin's source."""
        if origin is None or self._others_of is None:
            return ()
        including = [step.origin for step in origin.directives()]
        return self._others_of((including or [origin])[-1].source)

    def _twice(self, path: KeyPath, owner: type, name: str, keys: tuple[str, ...]) -> Diagnostic:
        """Return the diagnostic of a field that is set by two of its aliases; Pydantic reports one as unknown."""
        other = self._others(path, (owner, name, (fields_of(owner) or {})[name]))[0]
        return unknown_key(
            f"`{format_path(path)}` sets the field `{name}` of {owner.__name__}, which `{format_path(other)}` sets too",
            self._places.place(path, key=True),
            hint=f"use one of the two keys; `{keys[0]}` takes precedence",
            related=declared(owner, name),
            path=path,
        )

    def _others(self, path: KeyPath, field: tuple[type, str, Any]) -> list[KeyPath]:
        """Return the paths of the field's other keys that are set."""
        return [other for key in keys_of(*field) if self._places.origin(other := (*path[:-1], key)) and other != path]

    def _missing(self, path: KeyPath, owners: tuple[type, ...]) -> Diagnostic:
        found = self._field(path, owners)
        owner = declaring_class(*found).__name__ if found else self._model.__name__
        place = self._places.place(path[:-1], key=True) if len(path) > 1 else None
        return missing_key(
            f"`{format_path(path)}` is missing; {owner} requires it",
            place or self._places.base(),
            hint=f"add `{path[-1]}`" + (f" to `{format_path(path[:-1])}`" if len(path) > 1 else ""),
            related=(*(declared(*found) if found else ()), *self._places.through(path[:-1], key=True)),
            path=path,
        )

    def _field(self, path: KeyPath, owners: tuple[type, ...]) -> tuple[type, str] | None:
        """Return the class and name of the field at a key path, preferably of the given classes."""
        named = ((owner, *item) for owner in owners for item in (fields_of(owner) or {}).items())
        found = ((owner, name) for owner, name, field in named if path[-1] in (name, *keys_of(owner, name, field)))
        return next(found, None) or field_of(self._model, path)

    def _invalid(self, path: KeyPath, owners: tuple[type, ...], details: list[ErrorDetails]) -> Diagnostic:
        reasons = list(dict.fromkeys(reason(item) for item in details))
        value = _value(self._merged.tree, path)
        scalar = masked(value) if path in self._secrets else value  # before its text is cut short
        found_value = tag_phrase(details) if isinstance(value, Mapping | list) else f" is {scalar_text(scalar)}"
        subject = f"`{self._places.written(path)}`" if path else self._model.__name__
        found = self._field(path, owners)
        hint = ""
        if value is None:
            origin = self._places.origin(path)
            hint = null_hint(self._merged.layer_of(origin), path)
        elif isinstance(value, Mapping) and all(item["type"].endswith("_type") for item in details):
            hint = value_hint(next((layer for layer in reversed(self._merged.stack) if layer.sets(path)), None), path)
        return invalid_value(
            f"{subject}{found_value}: {' or '.join(reasons)}",
            self._places.place(path) or self._places.base(),
            label=did_you_mean(value, expected_texts(details)) if isinstance(value, str) else "",
            hint=hint,
            related=(
                *(declared(*found) if found else declared(self._model)),
                *self._places.through(path),
                *self._places.shadows(path),
            ),
            path=path,
        )

    def _key(self, path: KeyPath, owners: tuple[type, ...], details: list[ErrorDetails]) -> Diagnostic:
        found = self._field(path, owners)
        reasons = list(dict.fromkeys(reason_of_key(item) for item in details))
        where = f" in `{self._places.written(path[:-1])}`" if len(path) > 1 else ""
        return invalid_value(
            f"the key `{path[-1]}`{where} is invalid: {' or '.join(reasons)}",
            self._places.place(path, key=True) or self._places.base(),
            label=did_you_mean(str(path[-1]), expected_texts(details)),
            related=(*(declared(*found) if found else declared(self._model)), *self._places.through(path, key=True)),
            path=path,
        )


def _causes(error: ValidationError) -> list[ErrorDetails]:
    """Return the errors without those of default factories that did not run because of other errors."""
    return [item for item in error.errors(include_url=False) if item["type"] != "default_factory_not_called"]


def _value(tree: Any, path: KeyPath) -> Any:
    for key in path:
        tree = tree[key]
    return tree


def _meant(owners: tuple[type, ...], value: Any) -> tuple[type, ...]:
    """Return the union members whose literal fields (tags) do not contradict a mapping; all members if none is left."""
    return tuple(owner for owner in owners if not _contradicts(owner, value)) or owners


def _contradicts(owner: type, value: Any) -> bool:
    for name, field in (fields_of(owner) or {}).items():
        tags = tag_values(annotation_of(field))
        keys = [key for key in keys_of(owner, name, field) if has_item(value, key)]
        if tags and keys and value[keys[0]] not in tags:
            return True
    return False
