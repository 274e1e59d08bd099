"""Keys that no field takes and that a model drops in silence, told from their path alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_origin

from pydantic import AliasChoices, AliasPath, BaseModel
from typing_extensions import is_typeddict

from typedflow.models._types import annotation_of, child_types, fields_of, keys_of, members
from typedflow.values import KeyPath


def unread_key(model: type[BaseModel], path: KeyPath) -> tuple[KeyPath, type] | None:
    """Return the part of a key path that ends with a key that its class ignores, and that class.

    None where every key is read, where the model itself reports one, and where code of the user's may read it.
    """
    kinds: tuple[Any, ...] = (model,)
    for index, key in enumerate(path):
        owners = [kind for annotation in kinds for kind in _members(annotation)]
        classes = [owner for owner in owners if fields_of(owner) is not None]
        if any(map(_is_free, owners)) or not classes:
            kinds = child_types(kinds, key)
            continue
        if any(map(reads_itself, classes)):
            return None
        named = [item for owner in classes for item in _named(owner, key)]
        if not named:
            extras = [_extra(owner) for owner in classes]
            owner = classes[extras.index("ignore")] if "ignore" in extras and "allow" not in extras else None
            return (path[: index + 1], get_origin(owner) or owner) if owner is not None else None
        if any(is_transformed(field) or name in _opaque(owner) for owner, name, field in named):
            return None
        kinds = child_types(kinds, key)
    return None


def reads_itself(owner: Any) -> bool:
    """Return whether code of a class reads a mapping before its fields do."""
    return bool(getattr(owner, "__pydantic_custom_init__", False) or early_validators(owner, "model_validators"))


def early_validators(owner: Any, kind: str) -> list[Any]:
    """Return the validators of a class that see a value as it was written."""
    decorators = getattr(getattr(owner, "__pydantic_decorators__", None), kind, {})
    return [item.info for item in decorators.values() if item.info.mode != "after"]


def is_transformed(field: Any) -> bool:
    """Return whether what a file says of a field is not what the field is made of, key by key."""
    alias = getattr(field, "validation_alias", None)
    choices = alias.choices if isinstance(alias, AliasChoices) else [alias]
    validators = {"BeforeValidator", "PlainValidator", "WrapValidator"}
    metadata = getattr(field, "metadata", ())
    return any(isinstance(choice, AliasPath) for choice in choices) or any(
        type(item).__name__ in validators for item in metadata
    )


def _members(annotation: Any) -> list[Any]:
    """Return the types that a value may have, a root model's in its place."""
    found: list[Any] = []
    for kind, _ in members(annotation):
        if isinstance(kind, type) and issubclass(kind, BaseModel) and kind.__pydantic_root_model__:
            found += _members(annotation_of(kind.__pydantic_fields__["root"]))
        else:
            found.append(kind)
    return found


def _is_free(kind: Any) -> bool:
    origin = get_origin(kind) or kind
    is_mapping = isinstance(origin, type) and issubclass(origin, Mapping) and not is_typeddict(origin)
    return origin in {Any, object} or (is_mapping and fields_of(kind) is None)


def _named(owner: Any, key: str | int) -> list[tuple[Any, str, Any]]:
    fields = (fields_of(owner) or {}).items()
    return [(owner, name, field) for name, field in fields if key in keys_of(owner, name, field)]


def _opaque(owner: Any) -> set[str]:
    return {name for item in early_validators(owner, "field_validators") for name in item.fields}


def _extra(owner: Any) -> str:
    config = getattr(owner, "model_config", None) or getattr(owner, "__pydantic_config__", None) or {}
    return str(config.get("extra") or "ignore")
