"""What a type makes of plain values, for telling them apart: of a decimal, `1.5` and `"1.5"` are one."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from enum import Enum
from typing import Annotated, Any, Union

from pydantic import BaseModel, PydanticUserError, TypeAdapter
from pydantic.fields import FieldInfo
from pydantic_core import to_json

from typedflow.models._types import config_of, fields_of, keys_of, members


class Reading:
    """Reads plain values by a type; nothing is made of the type before."""

    def __init__(self, annotation: Any, config: Any = None) -> None:
        """Keep the type, and the configuration of the class around it."""
        self._annotation = annotation
        self._config = config
        self._adapter: TypeAdapter[Any] | None = None

    def __call__(self, value: Any) -> Any:
        """Return what a value is read as, in a form whose equal parts are the same.

        Raises what the type raises that refuses it, and where what is read cannot be compared.
        """
        self._adapter = self._adapter or _adapter(self._annotation, self._config)
        return _comparable(self._adapter.validate_json(to_json(value)))


def item_reading(annotation: Any, config: Any) -> Reading | None:
    """Return how items of a type are read; None where they are as files write them."""
    return None if annotation in (Any, object) or (annotation is str and not config) else Reading(annotation, config)


def key_reading(annotation: Any, key: str) -> Reading | None:
    """Return how the values at a key of classes are read."""
    kinds = [kind for kind, _ in members(annotation)]
    named = [(kind, *item) for kind in kinds for item in (fields_of(kind) or {}).items()]
    found = [(kind, field) for kind, name, field in named if key == name or key in keys_of(kind, name, field)]
    types = tuple(_annotation(field) for _, field in found)
    return Reading(Union[types], config_of(found[0][0])) if types else None  # noqa: UP007 # as many as there are


def _annotation(field: Any) -> Any:
    if not isinstance(field, FieldInfo):
        return field
    return Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation


def _adapter(annotation: Any, config: Any) -> TypeAdapter[Any]:
    try:
        return TypeAdapter(annotation, config=config or None)
    except PydanticUserError:  # a class has its own configuration
        return TypeAdapter(annotation)


def _comparable(value: Any) -> Any:
    """Return a value in which equal parts are the same: classes with fields as mappings, with their type.

    Raises:
        TypeError: a part is equal to nothing but itself.
    """
    if isinstance(value, BaseModel):
        return [type(value), _comparable({**value.__dict__, **(value.__pydantic_extra__ or {})})]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [type(value), {each.name: _comparable(getattr(value, each.name)) for each in dataclasses.fields(value)}]
    if isinstance(value, Mapping):
        return {key: _comparable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_comparable(item) for item in value]
    compares: object = type(value).__eq__
    if compares is object.__eq__ and not (value is None or isinstance(value, Enum)):
        raise TypeError(type(value))
    return value
