"""From a model to its merge plan."""

from __future__ import annotations

import datetime
import decimal
import enum
import pathlib
import uuid
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from typedflow.layers import UNTYPED, Merge, Plan
from typedflow.models._types import annotation_of, fields_of, item_types, keys_of, members

_TEXT = (str, bytes, pathlib.PurePath, uuid.UUID, decimal.Decimal, datetime.date, datetime.time)


@lru_cache(maxsize=256)
def plan_of(model: type[BaseModel]) -> Plan:
    """Give the merge plan that a model declares; the same object for the same model."""
    return _Planner().of(model)


class _Planner:
    """Plans of one model; a class that is met again (a recursive model) gets the plan made first."""

    def __init__(self) -> None:
        self._known: dict[Any, Plan] = {}

    def of(self, annotation: Any) -> Plan:
        """Give the plan of an annotation."""
        parts = list(members(annotation))
        kinds = [kind for kind, _ in parts]
        shaped = [kind for kind in kinds if _is_mapping(kind)]
        tag = _discriminator(metadata for _, metadata in parts)
        if len(shaped) == 1 and not tag:
            base = self._shape(shaped[0])
        elif tag:
            base = self._tagged(shaped, tag)
        else:
            base = self._listed(kinds)
        rule = next((item for _, metadata in parts for item in metadata if isinstance(item, Merge)), base.rule)
        null = type(None) in kinds
        mixed = bool(shaped) and len(shaped) < len(kinds)
        text = all(_is_text(kind) for kind in kinds if kind is not type(None))
        if (rule, null, mixed, text) == (base.rule, base.null, base.mixed, base.text):
            return base
        return Plan(rule, base.fields, base.items, mixed, text, null, base.tag, base.variants)

    def _shape(self, kind: Any) -> Plan:
        if kind in self._known:
            return self._known[kind]
        if isinstance(kind, type) and issubclass(kind, BaseModel) and kind.__pydantic_root_model__:
            return self.of(annotation_of(kind.__pydantic_fields__["root"]))
        named = fields_of(kind)
        if named is None:
            types = item_types(kind)
            return Plan(items=self.of(types[0])) if types else UNTYPED
        plan = self._known[kind] = Plan()
        for name, field in named.items():
            child = self.of(annotation_of(field))
            plan.fields.update(dict.fromkeys(keys_of(name, field), child))
        return plan

    def _tagged(self, kinds: list[Any], tag: str) -> Plan:
        plan = Plan(tag=tag)
        for kind in kinds:
            variant = self._shape(kind)
            field = (fields_of(kind) or {}).get(tag)
            for value in _tag_values(annotation_of(field)) if field is not None else ():
                plan.variants[value] = variant
                plan.tag = keys_of(tag, field)[0]
        return plan

    def _listed(self, kinds: list[Any]) -> Plan:
        types = [types[0] for kind in kinds if (types := item_types(kind)) and not _is_mapping(kind)]
        return Plan(items=self.of(types[0])) if len(types) == 1 else Plan()


def _is_mapping(kind: Any) -> bool:
    origin = get_origin(kind) or kind
    if isinstance(origin, type) and issubclass(origin, BaseModel) and origin.__pydantic_root_model__:
        return any(_is_mapping(inner) for inner, _ in members(origin.__pydantic_fields__["root"].annotation))
    return fields_of(kind) is not None or (isinstance(origin, type) and issubclass(origin, Mapping))


def _is_text(kind: Any) -> bool:
    if get_origin(kind) is Literal:
        return all(isinstance(value, str) for value in get_args(kind))
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return all(isinstance(member.value, str) for member in kind)
    return isinstance(kind, type) and issubclass(kind, _TEXT)


def _discriminator(metadata: Iterable[tuple[Any, ...]]) -> str:
    for items in metadata:
        for item in items:
            if isinstance(item, FieldInfo) and isinstance(item.discriminator, str):
                return item.discriminator
    return ""


def _tag_values(annotation: Any) -> tuple[object, ...]:
    values: list[object] = []
    for kind, _ in members(annotation):
        if get_origin(kind) is Literal:
            values += [value.value if isinstance(value, enum.Enum) else value for value in get_args(kind)]
    return tuple(values)
