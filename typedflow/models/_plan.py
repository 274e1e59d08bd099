"""The merge plan of a model."""

from __future__ import annotations

import datetime
import decimal
import enum
import pathlib
import uuid
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, Discriminator, Tag
from pydantic.fields import FieldInfo

from typedflow.layers import UNTYPED, Merge, Plan
from typedflow.models._defaults import FieldDefault, default_of, is_ruled
from typedflow.models._field_keys import add_paths, field_keys, mark_aliases, shared_fields, unambiguous_plans
from typedflow.models._key_routes import config_in, config_within
from typedflow.models._own_code import fields_with_code, has_code, reads_mapping, reads_root
from typedflow.models._types import (
    annotation_of,
    choices_of,
    fields_of,
    inner_members,
    item_types,
    keeps_others,
    keys_of,
    members,
    tag_values,
)
from typedflow.models._value_readers import item_reader, key_reader

_Level = str | tuple[Callable[[Any], object], str]
_Member = tuple[Any, tuple[_Level, ...]]
_NO_TEXT = (type(None), bool, int, float)
_TEXT = (str, bytes, pathlib.PurePath, uuid.UUID, decimal.Decimal, datetime.date, datetime.time)


@lru_cache(maxsize=256)
def plan_of(model: type[BaseModel]) -> Plan:
    """Return the merge plan of a model; the same object for the same model."""
    planner = _Planner()
    plan = planner.of(model)
    plan.defaulted, plan.seeded = planner.is_defaulted, planner.is_seeded
    mark_aliases(plan)
    return plan


class _Planner:
    """Builds the plans of one model; a type that recurs (in a recursive model) keeps its first plan."""

    def __init__(self) -> None:
        self._known: dict[Any, Plan] = {}
        self._config: Mapping[str, Any] = {}  # of the class around
        self.is_defaulted = self.is_seeded = False

    def of(self, annotation: Any, *, keeps: bool = False) -> Plan:
        """Return the plan of an annotation; with ``keeps``, the model's own code reads the keys."""
        around, self._config = self._config, config_within(annotation, self._config)
        key = (annotation, keeps, id(self._config) if self._config else 0)
        try:
            known = self._known.get(key)
        except TypeError:  # metadata that cannot be hashed; what is inside is known by its own name
            plan = self._fill(Plan(keeps=keeps), annotation)
        else:
            plan = known or self._fill(self._known.setdefault(key, Plan(keeps=keeps)), annotation)
        self._config = around
        return plan

    def _fill(self, plan: Plan, annotation: Any) -> Plan:
        parts = list(inner_members(annotation))
        kinds = [kind for kind, _ in parts]
        shaped = [(kind, _levels(metadata)) for kind, metadata in parts if _is_mapping(kind)]
        rules = [item for _, metadata in parts for item in metadata if isinstance(item, Merge)]
        plan.rule = rules[-1] if rules else None
        plan.keeps = plan.keeps or any(has_code(metadata) for _, metadata in parts)
        plan.keeps = plan.keeps or any(reads_root(kind) for kind, _ in members(annotation))
        plan.null = type(None) in kinds
        plan.values = _values_of(kinds, annotation)
        plan.mixed = bool(shaped) and len(shaped) < len(kinds)
        plan.text = all(_is_text(kind) for kind in kinds if kind is not type(None))
        if any(levels for _, levels in shaped):
            self._tag(plan, shaped)
        elif len(shaped) == 1:
            self._shape(plan, shaped[0][0])
        elif shaped:
            self._guess(plan, [kind for kind, _ in shaped])
        found = [types for kind in kinds if not _is_mapping(kind) and (types := item_types(kind))]
        if len(found) == 1:
            plan.entries = tuple(self.of(kind, keeps=plan.keeps) for kind in found[0])
            plan.items = plan.items if shaped else plan.entries[0]
            plan.reads_item = item_reader(found[0][0], self._config)
            if plan.rule is not None and plan.rule.key:
                plan.rule = Merge.by_key(_key_of(found[0][0], plan.rule.key, plan.item()))
                plan.reads_key = key_reader(found[0][0], plan.rule.key, self._config)
        _mark_data(plan, kinds)
        return plan

    def _shape(self, plan: Plan, kind: Any) -> None:
        named = fields_of(kind)
        if named is None:
            types = item_types(kind)
            plan.items = self.of(types[0], keeps=plan.keeps) if types else None
            return
        around, self._config = self._config, config_in(kind, self._config)
        self._fields(plan, kind, named)
        self._config = around

    def _fields(self, plan: Plan, kind: Any, named: dict[str, Any]) -> None:
        plan.owner = kind
        plan.keeps = plan.keeps or reads_mapping(kind)
        code = fields_with_code(kind)
        paths = []
        for name, field in named.items():
            child = self.of(annotation_of(field), keeps=plan.keeps or name in code)
            found = field_keys(kind, name, field)
            choices = choices_of(kind, name, field)
            keys = [str(choice[0]) for choice in choices if len(choice) == 1]
            plan.fields.update(dict.fromkeys(keys, child))
            default = self._default(kind, name, field, child)
            if default is not None:
                plan.defaults.update(dict.fromkeys(keys, default))
            if keys:
                plan.supplied[keys[0]] = default or FieldDefault(kind, name, field, child, self._config)
            if found is not None:
                plan.keys.update(dict.fromkeys(keys, found))
            if len(keys) < len(choices):
                paths += [(choice, child, default) for choice in choices if len(choice) > 1]
                plan.nested += (found,) if found is not None else ()
        add_paths(plan, paths)

    def _default(self, owner: Any, name: str, field: Any, plan: Plan) -> FieldDefault | None:
        """Return a field's default, if files can set only a part of the field; record that there is one."""
        default = default_of(owner, name, field, plan, self._config)
        if default is not None:
            self.is_defaulted = True
            self.is_seeded = self.is_seeded or is_ruled(default, plan)
        return default

    def _guess(self, plan: Plan, kinds: list[Any]) -> None:
        """Fill in the keys of an untagged union that mean the same in every member."""
        plan.members = tuple(self.of(kind, keeps=plan.keeps) for kind in kinds)
        if all(fields_of(kind) is not None and not _is_open(kind) for kind in kinds):
            plan.keys = shared_fields(plan.members)
            plan.inside = unambiguous_plans(plan.members)

    def _tag(self, plan: Plan, kinds: list[_Member]) -> None:
        """Fill in the plan of a discriminated union; members that share a tag form a nested union."""
        groups: dict[object, list[_Member]] = {}
        first = next(levels[0] for _, levels in kinds if levels)
        if not isinstance(first, str):
            plan.choose, plan.keeps = first[0], True  # the function reads the keys
        for kind, levels in kinds:
            for value in _values(plan, kind, levels[0]) if levels else ():
                groups.setdefault(value, []).append((kind, levels[1:]))
        for value, group in groups.items():
            variant = self.of(group[0][0], keeps=plan.keeps)
            if any(levels for _, levels in group):
                self._tag(variant := Plan(keeps=plan.keeps), group)
            plan.variants[value] = variant
            for key, child in variant.fields.items():
                # What depends on the tag belongs to the variant; here is what all variants share.
                same = plan.fields.setdefault(key, child).text is child.text
                plan.fields[key] = plan.fields[key] if same else UNTYPED
        plan.keys = {} if any(_is_open(kind) for kind, _ in kinds) else shared_fields(list(plan.variants.values()))


def _values(plan: Plan, kind: Any, level: _Level) -> Iterable[object]:
    """Return the tags of a union member, and record the key that has them."""
    if not isinstance(level, str):
        return (level[1],) if level[0] is plan.choose else ()
    field = (fields_of(kind) or {}).get(level)
    if field is None or plan.choose is not None:
        return ()
    keys = keys_of(kind, level, field)
    plan.tag = keys[0]
    plan.tag_keys = tuple(dict.fromkeys((*plan.tag_keys, *keys, level)))
    return tag_values(annotation_of(field))


def _is_open(kind: Any) -> bool:
    """Return whether a class keeps unknown keys, or its own code reads them."""
    return keeps_others(kind) or reads_mapping(kind)


def _key_of(annotation: Any, name: str, plan: Plan) -> str:
    """Return the key by which items merge in files, if a rule names the field instead of its alias."""
    if name in plan.fields:
        return plan.keys[name].keys[0] if name in plan.keys else name
    found = [(kind, fields[name]) for kind, _ in members(annotation) if name in (fields := fields_of(kind) or {})]
    return keys_of(found[0][0], name, found[0][1])[0] if found else name


def _mark_data(plan: Plan, kinds: list[Any]) -> None:
    """Record whether a type takes any value, any mapping, or mappings alone."""
    shaped = [kind for kind in kinds if _is_mapping(kind)]
    plan.mapping = bool(shaped) and all(kind in shaped or kind in _NO_TEXT for kind in kinds)
    is_json = plan.items is plan and str in kinds
    plan.anything = is_json or any(kind in (Any, object) or isinstance(kind, TypeVar) for kind in kinds)
    inner = plan.members or ((plan.items,) if shaped and fields_of(shaped[0]) is None else ())
    is_open = any(each is None or each.anything or (bool(plan.members) and each.data) for each in inner)
    plan.data = plan.anything or is_open


def _is_mapping(kind: Any) -> bool:
    origin = get_origin(kind) or kind
    return fields_of(kind) is not None or (isinstance(origin, type) and issubclass(origin, Mapping))


def _is_text(kind: Any) -> bool:
    if get_origin(kind) is Literal:
        return all(isinstance(value, str) for value in get_args(kind))
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return all(isinstance(member.value, str) for member in kind)
    return isinstance(kind, type) and issubclass(kind, _TEXT)


def _values_of(kinds: Iterable[Any], annotation: Any) -> tuple[object, ...]:
    """Return all values of a literal; none for other types."""
    is_literal = all(get_origin(kind) is Literal or kind is type(None) for kind in kinds)
    return (*tag_values(annotation), *(None for kind in kinds if kind is type(None))) if is_literal else ()


def _levels(metadata: Iterable[Any]) -> tuple[_Level, ...]:
    """Return the discriminators of nested unions, outermost first: a tag's key, or a function with the tag."""
    found: dict[_Level, None] = {}
    function: Callable[[Any], object] | None = None
    for item in reversed(list(metadata)):
        if isinstance(item, Tag) and function is not None:
            found[function, item.tag] = None
            function = None
        chooser = item.discriminator if isinstance(item, FieldInfo | Discriminator) else None
        chooser = chooser.discriminator if isinstance(chooser, Discriminator) else chooser
        if isinstance(chooser, str):
            found[chooser] = None
        elif chooser is not None:
            function = chooser
    return tuple(found)
