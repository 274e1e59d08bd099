"""The fields of a model that typedflow fills in: those of the class SystemSettings."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from typedflow.models._compat import own_fields
from typedflow.models._types import annotation_of, keys_of, members


@lru_cache(maxsize=256)
def system_fields(model: type[BaseModel]) -> Mapping[str, tuple[str, ...]]:
    """Return the fields of a model, by name, that typedflow fills in, each with its keys in files."""
    fields = own_fields(model).items()
    return {name: keys_of(model, name, field) for name, field in fields if is_system(annotation_of(field))}


def is_system(annotation: Any) -> bool:
    """Return whether a type is SystemSettings, or None as well."""
    return any(getattr(kind, "_is_filled", False) is True for kind, _ in members(annotation))


def without_system(model: type[BaseModel], data: Any) -> Any:
    """Return the values of a config, with the keys of files or the names of fields, without what typedflow fills in."""
    fields = system_fields(model)
    if not fields or not isinstance(data, dict):
        return data
    gone = {key for name, keys in fields.items() for key in (name, *keys)}
    return {key: value for key, value in data.items() if key not in gone}


def with_unknown_system(model: type[BaseModel], data: Any) -> Any:
    """Return the stored form of a config with what typedflow fills in, whose values are unknown, if that is missing."""
    names = [name for name in system_fields(model) if isinstance(data, dict) and name not in data]
    return {**data, **{name: {} for name in names}} if names else data
