"""A model's own code that receives raw values, as in files, before Pydantic builds the fields."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from typedflow.models._compat import decorators_of, has_own_init, is_root_model
from typedflow.models._types import fields_of

_VALIDATORS = {"BeforeValidator", "PlainValidator", "WrapValidator"}


def validators_of(owner: type, kind: str) -> list[Any]:
    """Return the validators of a class (``model_validators``, ``field_validators``) that receive raw values."""
    return [info for info in decorators_of(owner, kind) if info.mode != "after"]


def reads_mapping(owner: Any) -> bool:
    """Return whether a class's own code reads the mapping that an instance is built from."""
    return has_own_init(owner) or bool(validators_of(owner, "model_validators"))


def fields_with_code(owner: Any) -> frozenset[str]:
    """Return the names of the fields whose raw values a validator of the class reads."""
    return _names(owner, validators_of(owner, "field_validators"))


def validated_fields(owner: Any) -> frozenset[str]:
    """Return the names of the fields that have a validator of the class, whatever it receives."""
    return _names(owner, decorators_of(owner, "field_validators"))


def _names(owner: Any, validators: Iterable[Any]) -> frozenset[str]:
    names = {name for item in validators for name in item.fields}
    return frozenset((fields_of(owner) or {}) if "*" in names else names)


def reads_root(owner: Any) -> bool:
    """Return whether a root model's own code reads its raw value."""
    return is_root_model(owner) and (reads_mapping(owner) or "root" in fields_with_code(owner))


def has_code(metadata: Iterable[Any]) -> bool:
    """Return whether an annotation has a function that receives the raw value."""
    return any(type(item).__name__ in _VALIDATORS for item in metadata)
