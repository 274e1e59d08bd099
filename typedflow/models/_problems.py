"""Problems of a model itself, before any file is read: fields that cannot be stored with a run."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, Secret, SecretBytes, SecretStr
from pydantic.fields import FieldInfo

from typedflow.models._declarations import field_location
from typedflow.models._shared_findings import not_round_trip, system_field
from typedflow.models._system_fields import is_system
from typedflow.models._types import annotation_of, fields_of, item_types, kinds_in, members
from typedflow.values import RULES, Diagnostic, format_path

_SECRETS = (SecretStr, SecretBytes, Secret)


@lru_cache(maxsize=256)
def model_problems(model: type[BaseModel]) -> tuple[Diagnostic, ...]:
    """Return a diagnostic for each field, nested models included, that a stored config would lose or reveal."""
    return tuple(_problems(model, (), []))


def _problems(kind: Any, path: tuple[str, ...], seen: list[Any]) -> Iterator[Diagnostic]:
    for member, _ in members(kind):
        if member in seen:
            continue
        seen.append(member)
        for inner in item_types(member):
            yield from _problems(inner, path, seen)
        for name, field in (fields_of(member) or {}).items():
            here = (*path, name)
            if _is_secret(annotation_of(field)):
                yield _secret(member, name, here)
            elif isinstance(field, FieldInfo) and field.exclude:
                yield _excluded(member, name, here)
            elif path and is_system(annotation_of(field)):
                yield _inner_system(member, name, here)
            else:
                yield from _problems(annotation_of(field), here, seen)


def _is_secret(annotation: Any) -> bool:
    origins = (getattr(kind, "__origin__", kind) for kind in kinds_in((annotation,), item_types))
    return any(isinstance(origin, type) and issubclass(origin, _SECRETS) for origin in origins)


def _secret(owner: type, name: str, path: tuple[str, ...]) -> Diagnostic:
    return Diagnostic(
        RULES["secret-in-config"],
        f"`{format_path(path)}` is a secret, and configs are persisted in the clear with every run",
        field_location(owner, name),
        hint="hold a reference (the secret's name) and resolve it in the step that needs it, for example with @secrets",
        path=path,
    )


def _inner_system(owner: type, name: str, path: tuple[str, ...]) -> Diagnostic:
    return system_field(
        f"`{format_path(path)}` would stay empty: typedflow fills in only fields of the model itself",
        field_location(owner, name),
        hint="declare it in the class of the settings",
        path=path,
    )


def _excluded(owner: type, name: str, path: tuple[str, ...]) -> Diagnostic:
    return not_round_trip(
        f"`{format_path(path)}` is declared with `exclude=True`, so the stored config would lose it",
        field_location(owner, name),
        hint="remove `exclude=True`, or make it a computed property",
        path=path,
    )
