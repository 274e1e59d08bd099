"""Reading annotations: which types stand at a place of a model."""

from __future__ import annotations

import dataclasses
import enum
import typing
from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, Literal, NewType, Union, get_args, get_origin, get_type_hints

from pydantic import AliasChoices, AliasPath, BaseModel
from pydantic.fields import FieldInfo
from typing_extensions import NotRequired, ReadOnly, Required, TypeAliasType, is_typeddict

from typedflow.values import KeyPath

# Two kinds of aliases: those of the `type` statement, and the backport's, which is no subclass of the former.
_ALIASES = (TypeAliasType, getattr(typing, "TypeAliasType", TypeAliasType))

_QUALIFIERS = {Required, NotRequired, ReadOnly, getattr(typing, "ReadOnly", ReadOnly)}


def members(annotation: Any) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Give the members of a union (or the type itself), each with the metadata around it, the inner first."""
    if isinstance(get_origin(annotation), _ALIASES):  # first: in Python 3.10 what has arguments passes for its origin
        yield from members(get_origin(annotation).__value__[get_args(annotation)])
    elif isinstance(annotation, _ALIASES):
        yield from members(annotation.__value__)
    elif isinstance(annotation, NewType):
        yield from members(annotation.__supertype__)
    elif get_origin(annotation) in _QUALIFIERS:
        yield from members(get_args(annotation)[0])
    elif get_origin(annotation) is Annotated:
        inner, *metadata = get_args(annotation)
        for member, more in members(inner):
            yield member, (*more, *metadata)
    elif get_origin(annotation) in {Union, UnionType}:
        for argument in get_args(annotation):
            yield from members(argument)
    else:
        yield annotation, ()


def fields_of(kind: Any) -> dict[str, FieldInfo | Any] | None:
    """Give the fields of a model, dataclass or TypedDict by name (FieldInfo or annotation); None for other types."""
    origin = get_origin(kind) or kind
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return dict(kind.__pydantic_fields__)
    if isinstance(origin, type) and (dataclasses.is_dataclass(origin) or is_typeddict(origin)):
        fields = getattr(origin, "__pydantic_fields__", None)
        return dict(fields) if fields else get_type_hints(origin, include_extras=True)
    return None


def keys_of(owner: Any, name: str, field: FieldInfo | Any) -> tuple[str, ...]:
    """Give the keys that a field is read from in a file: its aliases, or its name; both where its class says so."""
    config = getattr(owner, "model_config", None) or getattr(owner, "__pydantic_config__", None) or {}
    alias = field.validation_alias if isinstance(field, FieldInfo) and config.get("validate_by_alias", True) else None
    choices = alias.choices if isinstance(alias, AliasChoices) else [alias]
    keys = [str(choice.path[0]) if isinstance(choice, AliasPath) else choice for choice in choices]
    by_name = config.get("validate_by_name") or config.get("populate_by_name")
    return tuple(dict.fromkeys([*(key for key in keys if key), *([name] if by_name else [])])) or (name,)


def annotation_of(field: FieldInfo | Any) -> Any:
    """Give a field's whole annotation, metadata included."""
    if not isinstance(field, FieldInfo):
        return field
    annotation = field.annotation
    return Annotated[(annotation, field, *field.metadata)]


def item_types(kind: Any) -> tuple[Any, ...]:
    """Give the types of a collection's items (a mapping's values)."""
    arguments = get_args(kind)
    origin = get_origin(kind)
    if not arguments or origin is None or not isinstance(origin, type):
        return ()
    if issubclass(origin, Mapping):
        return arguments[1:]
    return tuple(argument for argument in arguments if argument is not Ellipsis)


def child_types(kinds: tuple[Any, ...], key: str | int) -> tuple[Any, ...]:
    """Give the types that the value at a key may have, where the value around it has one of these types."""
    found: list[Any] = []
    for annotation in kinds:
        for kind, _ in members(annotation):
            if isinstance(kind, type) and issubclass(kind, BaseModel) and kind.__pydantic_root_model__:
                found += child_types((kind.__pydantic_fields__["root"].annotation,), key)
                continue
            named = fields_of(kind)
            if named is None:
                found += item_types(kind)
            elif isinstance(key, str):
                found += [annotation_of(field) for name, field in named.items() if _is_called(kind, name, field, key)]
    return tuple(found)


def models_at(model: type[BaseModel], path: KeyPath) -> tuple[type, ...]:
    """Give the classes with named fields that the value at a key path may be an instance of."""
    kinds: tuple[Any, ...] = (model,)
    for key in path:
        kinds = child_types(kinds, key)
    found = [kind for annotation in kinds for kind, _ in members(annotation) if fields_of(kind) is not None]
    return tuple(get_origin(kind) or kind for kind in found)


def models_in(model: type[BaseModel]) -> tuple[type, ...]:
    """Give the classes with named fields that a model is made of, itself first, each once."""
    found: dict[type, None] = {}
    waiting: list[Any] = [model]
    for annotation in waiting:
        for kind, _ in members(annotation):
            waiting += item_types(kind)
            owner = get_origin(kind) or kind
            named = fields_of(kind)
            if named is not None and owner not in found:
                found[owner] = None
                waiting += [annotation_of(field) for field in named.values()]
    return tuple(found)


def keys_in(model: type[BaseModel]) -> frozenset[str]:
    """Return the keys of all fields of a model, and of those that it is made of."""
    named = ((owner, *item) for owner in models_in(model) for item in (fields_of(owner) or {}).items())
    return frozenset(key for each in named for key in keys_of(*each))


def field_of(model: type[BaseModel], path: KeyPath) -> tuple[type, str] | None:
    """Give the class and the name of the field that a key path leads to; for what is inside a collection, its field."""
    for length in range(len(path), 0, -1):
        key = path[length - 1]
        for owner in models_at(model, path[: length - 1]):
            for name, field in (fields_of(owner) or {}).items():
                if _is_called(owner, name, field, key):
                    return owner, name
    return None


def _is_called(owner: Any, name: str, field: FieldInfo | Any, key: str | int) -> bool:
    return key == name or key in keys_of(owner, name, field)


def tag_values(annotation: Any) -> tuple[object, ...]:
    """Give the values of a field that is a literal, as files write them; none for other types."""
    values: list[object] = []
    for kind, _ in members(annotation):
        if get_origin(kind) is Literal:
            values += [value.value if isinstance(value, enum.Enum) else value for value in get_args(kind)]
    return tuple(values)
