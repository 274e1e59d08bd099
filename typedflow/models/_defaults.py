"""The defaults of a model's fields, as the layer below all files: found with the plan, evaluated when needed."""

from __future__ import annotations

import dataclasses
import datetime
import decimal
import enum
import json
import pathlib
import types
import uuid
from collections import deque
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal, get_origin

from pydantic import BaseModel, Field, TypeAdapter
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from typedflow.layers import DefaultValue, Plan
from typedflow.models._default_trees import DefaultTree, is_bare, places
from typedflow.models._own_code import validated_fields
from typedflow.models._types import fields_of, members
from typedflow.values import KeyPath, Location, Source, SourceKind

_SCALARS = (
    str, bytes, int, float, complex, types.NoneType, enum.Enum, pathlib.PurePath, uuid.UUID, decimal.Decimal,
    datetime.date, datetime.time, datetime.timedelta, type, types.FunctionType,
)  # fmt: skip
_LISTS = (list, tuple, set, frozenset, deque)
_EMPTY = (dict, *_LISTS)


def default_of(owner: Any, name: str, field: FieldInfo | Any, plan: Plan, config: Any) -> FieldDefault | None:
    """Return the default of a field, if files can set only a part of it; else None.

    ``config`` is the class's Pydantic configuration: its own, or the enclosing class's.
    None also for an instance of a model that has only its class's own defaults.
    """
    default, factory = _declared(owner, name, field)
    annotation = field.annotation if isinstance(field, FieldInfo) else field
    kinds = [kind for kind, _ in members(annotation) if kind is not types.NoneType]
    if factory is not None:
        is_plain = factory in _EMPTY or (kinds == [factory] and _is_class(factory))
        if is_plain or all(map(_is_scalar, kinds)):
            return None
    elif _has_nothing_to_merge(default) or (kinds == [type(default)] and is_bare(default)):
        return None
    return FieldDefault(owner, name, field, plan, config)


def is_ruled(default: FieldDefault, plan: Plan) -> bool:
    """Return whether a default merges into a field without a directive; a list without a merge rule replaces it."""
    value, factory = _declared(default.owner, default.name, default.field)
    is_list = _is_list(value) if factory is None else bool(plan.entries) and not plan.mixed
    return plan.rule is not None or not is_list


class FieldDefault:
    """The default of one field of a class, and where it is declared."""

    def __init__(self, owner: Any, name: str, field: FieldInfo | Any, plan: Plan, config: Any) -> None:
        """Nothing is computed until files set a part of the field."""
        self.owner = owner
        self.name = name
        self.field = field
        self._plan = plan
        self._config = config
        self._value: DefaultValue | None = None
        self._adapter: TypeAdapter[list[Any]] | None = None
        kind = get_origin(owner) or owner
        self.source = Source(f"{kind.__qualname__}.{name}", "", None, SourceKind.DEFAULT, declared=self._location)

    def value(self, made: Callable[[Callable[[], Any]], Any]) -> DefaultValue:
        """Return the default's plain values; ``made`` calls a factory."""
        default, factory = _declared(self.owner, self.name, self.field)
        if factory is None:
            self._value = self._value or self._read(default)
            return self._value
        if getattr(self.field, "default_factory_takes_validated_data", False):
            return DefaultValue(keys=self._names(), problem="its factory requires the data of other fields")
        try:
            default = made(factory)
        except (Exception, SystemExit) as error:  # noqa: BLE001 # the user's function decides what is raised
            return DefaultValue(problem=f"its factory raises {type(error).__name__}: {error}")
        return self._read(default)

    def known(self, made: Callable[[Callable[[], Any]], Any] | None = None) -> DefaultValue | None:
        """Return the default as a value that is known before validation, or why it is not; None if there is none.

        ``made`` calls a factory whose value may be another one for each config; by default, such a value is not known.
        """
        default, factory = _declared(self.owner, self.name, self.field)
        if default is PydanticUndefined and factory is None:
            return None
        if factory is not None and (factory in _EMPTY or _is_repeatable(factory)):
            default = factory()
        elif factory is not None:
            if made is None or getattr(self.field, "default_factory_takes_validated_data", False):
                return DefaultValue(problem="a function makes it with each config")
            try:
                default = made(factory)
            except (Exception, SystemExit) as error:  # noqa: BLE001 # the user's function decides what is raised
                return DefaultValue(problem=f"its factory raises {type(error).__name__}: {error}")
        if self._is_validated() and self.name in validated_fields(self.owner):
            return DefaultValue(problem="validators of its class may change it")
        found = self._read(default)
        if found.problem or isinstance(found.tree, dict | list) or _is_restorable(self._adapter, found.tree, default):
            return found
        return DefaultValue(problem="its serialized form cannot be read back")

    def _location(self) -> Location | None:
        from typedflow.models._declarations import field_location

        return field_location(get_origin(self.owner) or self.owner, self.name)

    def _read(self, default: Any) -> DefaultValue:
        """Return a default as a file would write it, after checking that reading it back yields the default."""
        try:
            adapter = self._adapter = self._adapter or self._make_adapter()
            if self._is_validated():
                (default,) = adapter.validate_python([default])
            (data,) = adapter.dump_python([default], mode="json", round_trip=True, by_alias=False, warnings=False)
        except (Exception, SystemExit) as error:  # noqa: BLE001 # serializers and validators are the user's
            return DefaultValue(keys=self._names(), problem=f"writing it fails: {_first_line(error)}")
        whole = DefaultTree(sparse=False)
        tree = whole.of(default, data, self._plan)
        if not isinstance(tree, dict | list):
            return DefaultValue(tree)
        sparse = DefaultTree(sparse=True)
        candidates = [(sparse.of(default, data, self._plan), sparse), (tree, whole)]
        for plain, made in candidates:
            if _is_restorable(adapter, plain, default):
                return DefaultValue(plain, self._named(adapter, default, plain), made.keys)
        return DefaultValue(tree, None, whole.keys, "its serialized form cannot be read back")

    def _named(self, adapter: TypeAdapter[list[Any]], default: Any, plain: Any) -> dict[str, Any] | None:
        """Return a named tuple as a mapping, which files may also write."""
        names = getattr(type(default), "_fields", None)
        if not isinstance(default, tuple) or names is None or not isinstance(plain, list):
            return None
        named = dict(zip(names, plain, strict=True))
        return named if _is_restorable(adapter, named, default) else None

    def _names(self) -> dict[KeyPath, tuple[tuple[KeyPath, ...], ...]]:
        """Return the keys of the field's only class, for a default that cannot be written."""
        annotation = self.field.annotation if isinstance(self.field, FieldInfo) else self.field
        classes = [kind for kind, _ in members(annotation) if fields_of(kind) is not None]
        if len(classes) != 1:
            return {}
        owner = classes[0]
        return {(): tuple(places(owner, name, field) for name, field in (fields_of(owner) or {}).items())}

    def _is_validated(self) -> bool:
        own = getattr(self.field, "validate_default", None)
        return bool(self._config.get("validate_default") if own is None else own)

    def _make_adapter(self) -> TypeAdapter[list[Any]]:
        """Return an adapter of a list of the value: a class with its own config accepts no other config."""
        annotation: Any = self.field
        if isinstance(self.field, FieldInfo):
            tag = [Field(discriminator=self.field.discriminator)] if self.field.discriminator else []
            metadata = [*tag, *self.field.metadata]
            annotation = Annotated[(self.field.annotation, *metadata)] if metadata else self.field.annotation
        return TypeAdapter(list[annotation], config=self._config or None)


def _declared(owner: Any, name: str, field: FieldInfo | Any) -> tuple[Any, Any]:
    """Return the default and the factory that a field is declared with."""
    if isinstance(field, FieldInfo):
        return field.default, field.default_factory
    origin = get_origin(owner) or owner
    known = {item.name: item for item in dataclasses.fields(origin)} if dataclasses.is_dataclass(origin) else {}
    if name not in known:
        return PydanticUndefined, None
    default, factory = known[name].default, known[name].default_factory
    no_default, no_factory = default is dataclasses.MISSING, factory is dataclasses.MISSING
    return PydanticUndefined if no_default else default, None if no_factory else factory


def _is_restorable(adapter: TypeAdapter[list[Any]] | None, plain: Any, default: Any) -> bool:
    try:
        if adapter is None:
            return False
        (again,) = adapter.validate_json(json.dumps([plain], allow_nan=False))
        return type(again) is type(default) and bool(again == default)
    except (Exception, SystemExit):  # noqa: BLE001 # validators and comparisons are the user's
        return False


def _is_class(kind: Any) -> bool:
    is_type = isinstance(kind, type) and get_origin(kind) is None  # in Python 3.10 list[int] passes for a type
    return is_type and (issubclass(kind, BaseModel) or dataclasses.is_dataclass(kind))


def _is_repeatable(factory: Any) -> bool:
    """Return whether a factory is a class whose instances without arguments are equal."""
    try:
        return _is_class(factory) and bool(factory() == factory())
    except (Exception, SystemExit):  # noqa: BLE001 # the class's own code decides what is raised
        return False


def _is_scalar(kind: Any) -> bool:
    origin = get_origin(kind)
    return origin is Literal or (origin is None and isinstance(kind, type) and issubclass(kind, _SCALARS))


def _has_nothing_to_merge(value: Any) -> bool:
    is_empty = isinstance(value, (Mapping, *_LISTS)) and not isinstance(value, BaseModel) and not value
    return value is PydanticUndefined or isinstance(value, _SCALARS) or is_empty


def _is_list(value: Any) -> bool:
    return isinstance(value, _LISTS) and not hasattr(value, "_fields")


def _first_line(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".partition("\n")[0]
