"""Reads a manifest of the usual shape by the annotations of its model, without building that: it takes longer to build.

Only what follows from a few kinds of annotations is read: texts, lists of them, tables. For everything else, and for
everything that may be wrong, the answer is None, and the model decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, cast, get_args, get_origin

from pydantic import AfterValidator, BaseModel

from typedflow.models import decorators_of, own_fields

M = TypeVar("M", bound=BaseModel)


class _NotPlainError(Exception):
    """A value or an annotation that is not read here."""


def plain_manifest(tree: Mapping[str, Any], model: type[M]) -> M | None:
    """Return the instance that the model makes of a tree; None where only the model knows that."""
    try:
        return _instance(tree, model)
    except _NotPlainError:
        return None


def _instance(value: object, model: type[M]) -> M:
    known = own_fields(model)
    has_code = any(decorators_of(model, kind) for kind in ("field_validators", "model_validators"))
    if has_code or not isinstance(value, Mapping) or not value.keys() <= known.keys():
        raise _NotPlainError
    given = {}
    for name, field in known.items():
        if field.alias is not None or field.validation_alias is not None or (name not in value and field.is_required()):
            raise _NotPlainError
        if name in value:
            given[name] = _value(value[name], field.annotation, field.metadata)
    return model.model_construct(**given)


def _value(value: object, kind: Any, constraints: Iterable[Any] = ()) -> Any:
    """Return what Pydantic makes of a value of a type."""
    origin, arguments = get_origin(kind) or kind, get_args(kind)
    if origin is Annotated:
        return _value(value, arguments[0], (*constraints, *arguments[1:]))
    if isinstance(kind, type) and issubclass(kind, BaseModel) and not constraints:
        return _instance(value, kind)
    read = _READERS.get(origin)
    if read is None:
        raise _NotPlainError
    found, length = read(value, arguments)
    checks = [each for each in constraints if isinstance(each, AfterValidator)]
    least, pattern = _limits(each for each in constraints if each not in checks)
    if length < least or (pattern and not (isinstance(found, str) and re.search(pattern, found))):
        raise _NotPlainError
    return _checked(found, checks)


def _checked(value: Any, checks: Iterable[AfterValidator]) -> Any:
    """Return what functions of the annotation make of a value that they accept."""
    try:
        for each in checks:
            value = cast("Callable[[Any], Any]", each.func)(value)
    except ValueError:
        raise _NotPlainError from None
    return value


def _text(value: object, _: tuple[Any, ...]) -> tuple[str, int]:
    # Of other characters, Pydantic's regular expressions may think otherwise than Python's.
    if not (isinstance(value, str) and value.isascii() and value.isprintable()):
        raise _NotPlainError
    return value, len(value)


def _texts(value: object, arguments: tuple[Any, ...]) -> tuple[tuple[Any, ...], int]:
    if not isinstance(value, list) or arguments[1:] != (...,):
        raise _NotPlainError
    return tuple(_value(item, arguments[0]) for item in value), len(value)


def _table(value: object, arguments: tuple[Any, ...]) -> tuple[dict[Any, Any], int]:
    if not isinstance(value, Mapping) or any(key.startswith("$") for key in value):  # a directive
        raise _NotPlainError
    return {_value(key, arguments[0]): _value(item, arguments[1]) for key, item in value.items()}, len(value)


def _optional(value: object, arguments: tuple[Any, ...]) -> tuple[Any, int]:
    if len(arguments) != 2 or arguments[1] is not NoneType:  # noqa: PLR2004 # a type, or None
        raise _NotPlainError
    return _value(value, arguments[0]), 0  # so that the model decides about a least length


_READERS: dict[Any, Callable[[object, tuple[Any, ...]], tuple[Any, int]]] = {
    str: _text,
    tuple: _texts,
    dict: _table,
    Union: _optional,
    UnionType: _optional,
}


def _limits(constraints: Iterable[Any]) -> tuple[int, Any]:
    """Return the least length and the pattern that constraints of Pydantic require."""
    found: dict[str, Any] = {"min_length": 0, "pattern": None}
    for each in constraints:
        stated = {field.name: getattr(each, field.name) for field in fields(each)} if is_dataclass(each) else vars(each)
        found |= {name: limit for name, limit in stated.items() if limit is not None}
    if len(found) != 2:  # noqa: PLR2004 # others
        raise _NotPlainError
    return found["min_length"], found["pattern"]
