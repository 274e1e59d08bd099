"""Comparison of plain values by what a type reads them as: `1.5` and `"1.5"` are the same decimal."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from enum import Enum
from typing import Annotated, Any, Union

from pydantic import BaseModel, TypeAdapter
from pydantic.fields import FieldInfo
from pydantic_core import to_json

from typedflow.models._compat import extra_values
from typedflow.models._key_routes import CHANGES, config_in
from typedflow.models._types import fields_of, keys_of, members


class ValueReader:
    """Reads plain values as a type; the type's adapter is built on first use."""

    def __init__(self, annotation: Any, config: Any = None) -> None:
        """``config`` is the configuration of the enclosing class."""
        self._annotation = annotation
        self._config = config
        self._adapter: TypeAdapter[list[Any]] | None = None

    def __call__(self, value: Any) -> Any:
        """Return the value that plain data is read as, in a form that compares by content.

        Raises whatever the type raises for invalid values, and TypeError for values that cannot be compared.
        """
        if self._adapter is None:  # in a list: a class with its own config accepts no other
            self._adapter = TypeAdapter(list[self._annotation], config=self._config or None)  # type: ignore[name-defined]
        return _comparable(self._adapter.validate_json(to_json([value]))[0])


def item_reader(annotation: Any, config: Any) -> ValueReader | None:
    """Return the reader of a type's items; None if they are the same as in files."""
    return (
        None if annotation in (Any, object) or (annotation is str and not config) else ValueReader(annotation, config)
    )


def key_reader(annotation: Any, key: str, around: Any) -> ValueReader | None:
    """Return the reader of the values at a key of classes; ``around`` is the config of the enclosing class."""
    kinds = [kind for kind, _ in members(annotation)]
    named = [(kind, *item) for kind in kinds for item in (fields_of(kind) or {}).items()]
    found = [(kind, field) for kind, name, field in named if key == name or key in keys_of(kind, name, field)]
    types = tuple(_annotation(field) for _, field in found)
    configs = [config_in(kind, around) for kind, _ in found]
    is_one = all(config.get(change) == configs[0].get(change) for config in configs for change in CHANGES)
    return ValueReader(Union[types], configs[0] if is_one else {}) if types else None  # noqa: UP007 # as many as there are


def _annotation(field: Any) -> Any:
    if not isinstance(field, FieldInfo):
        return field
    return Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation


def _comparable(value: Any) -> Any:
    """Return a value in a form that compares by content: classes with fields become mappings with their type.

    Raises:
        TypeError: a part compares by identity.
    """
    if isinstance(value, BaseModel):
        return [type(value), _comparable({**value.__dict__, **extra_values(value)})]
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
