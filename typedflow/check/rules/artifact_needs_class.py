"""TF313 artifact-needs-class: parts of a config that a step stores, and that can only be loaded with their class."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any, get_origin

from pydantic import BaseModel

from typedflow.check.rules._classes import is_installed
from typedflow.metaflow import StoredPart
from typedflow.models import ConfigModel, declared_at, is_root_model, types_within
from typedflow.units import Subject
from typedflow.values import RULES, Diagnostic, Related, Severity


def find(subject: Subject) -> Iterator[Diagnostic]:
    """Yield the parts of configs that a unit stores, and that need a class."""
    models = {facts.attribute: facts.model for facts in subject.configs.values() if facts.model is not None}
    for part in subject.stored_parts(models):
        needed = [kind for kind in types_within(models[part.attribute], part.path, ConfigModel) if _needs_class(kind)]
        if needed:
            yield _finding(part, get_origin(needed[0]) or needed[0])


def _needs_class(kind: Any) -> bool:
    owner = get_origin(kind) or kind
    is_model = isinstance(owner, type) and (issubclass(owner, BaseModel) or dataclasses.is_dataclass(owner))
    return is_model and not issubclass(owner, ConfigModel) and not is_installed(declared_at(owner))


def _finding(part: StoredPart, owner: type) -> Diagnostic:
    place = declared_at(owner)
    kind = "a plain Pydantic model" if issubclass(owner, BaseModel) else "a dataclass"
    return Diagnostic(
        RULES["artifact-needs-class"],
        f"the artifact `{part.artifact}` holds {owner.__name__}, {kind}: it cannot be read where that class is missing",
        part.location,
        hint=_ROOT if is_root_model(owner) else _MODEL,
        related=() if place is None else (Related("declared at", place, f"(class {owner.__name__})"),),
        severity=Severity.WARNING,
    )


_MODEL = "inherit from `ConfigModel`, whose stored form can be read without its class"
_ROOT = "store its `root`"
