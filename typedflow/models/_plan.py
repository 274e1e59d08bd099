"""From a model to its merge plan."""

from __future__ import annotations

import datetime
import decimal
import enum
import pathlib
import uuid
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, Discriminator
from pydantic.fields import FieldInfo

from typedflow.layers import UNTYPED, Merge, Plan
from typedflow.models._defaults import default_of, is_ruled
from typedflow.models._types import annotation_of, fields_of, item_types, keys_of, members, tag_values

_TEXT = (str, bytes, pathlib.PurePath, uuid.UUID, decimal.Decimal, datetime.date, datetime.time)


@lru_cache(maxsize=256)
def plan_of(model: type[BaseModel]) -> Plan:
    """Give the merge plan that a model declares; the same object for the same model."""
    planner = _Planner()
    plan = planner.of(model)
    plan.defaulted, plan.seeded = planner.is_defaulted, planner.is_seeded
    return plan


class _Planner:
    """Plans of one model; a type that is met again (a recursive model) gets the plan made first."""

    def __init__(self) -> None:
        self._known: dict[Any, Plan] = {}
        self.is_defaulted = self.is_seeded = False

    def of(self, annotation: Any) -> Plan:
        """Give the plan of an annotation."""
        try:
            known = self._known.get(annotation)
        except TypeError:  # metadata that cannot be hashed; what is inside is known by its own name
            return self._fill(Plan(), annotation)
        return known or self._fill(self._known.setdefault(annotation, Plan()), annotation)

    def _fill(self, plan: Plan, annotation: Any) -> Plan:
        parts = list(_parts(annotation))
        kinds = [kind for kind, _ in parts]
        shaped = [(kind, _discriminators(metadata)) for kind, metadata in parts if _is_mapping(kind)]
        rules = [item for _, metadata in parts for item in metadata if isinstance(item, Merge)]
        plan.rule = rules[-1] if rules else None
        plan.null = type(None) in kinds
        plan.mixed = bool(shaped) and len(shaped) < len(kinds)
        plan.text = all(_is_text(kind) for kind in kinds if kind is not type(None))
        if any(tags for _, tags in shaped):
            self._tag(plan, shaped)
        elif len(shaped) == 1:
            self._shape(plan, shaped[0][0])
        else:
            plan.choice = tuple(self.of(kind) for kind, _ in shaped)
        found = [types for kind in kinds if not _is_mapping(kind) and (types := item_types(kind))]
        plan.entries = tuple(map(self.of, found[0])) if len(found) == 1 else ()
        plan.items = plan.entries[0] if plan.entries and not shaped else plan.items
        return plan

    def _shape(self, plan: Plan, kind: Any) -> None:
        named = fields_of(kind)
        if named is None:
            types = item_types(kind)
            plan.items = self.of(types[0]) if types else None
            return
        for name, field in named.items():
            child = self.of(annotation_of(field))
            keys = keys_of(kind, name, field)
            plan.fields.update(dict.fromkeys(keys, child))
            if (default := default_of(kind, name, field, child)) is not None:
                plan.defaults.update(dict.fromkeys(keys, default))
                self.is_defaulted = True
                self.is_seeded = self.is_seeded or is_ruled(default, child)

    def _tag(self, plan: Plan, kinds: list[tuple[Any, tuple[str, ...]]]) -> None:
        """Make the plan of a discriminated union; the members that share a tag are a union of their own."""
        groups: dict[object, list[tuple[Any, tuple[str, ...]]]] = {}
        for kind, tags in kinds:
            field = (fields_of(kind) or {}).get(tags[0]) if tags else None
            if field is not None:
                plan.tag = keys_of(kind, tags[0], field)[0]
                for value in tag_values(annotation_of(field)):
                    groups.setdefault(value, []).append((kind, tags[1:]))
        for value, group in groups.items():
            variant = self.of(group[0][0])
            if len(group) > 1:
                self._tag(variant := Plan(), group)
            plan.variants[value] = variant
            for key, child in variant.fields.items():
                # What the tag decides is for the variant; here stands what holds for each of them.
                same = plan.fields.setdefault(key, child).text is child.text
                plan.fields[key] = plan.fields[key] if same else UNTYPED


def _parts(annotation: Any) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Give the members of an annotation, a root model's in its place."""
    for kind, metadata in members(annotation):
        if isinstance(kind, type) and issubclass(kind, BaseModel) and kind.__pydantic_root_model__:
            for inner, more in _parts(annotation_of(kind.__pydantic_fields__["root"])):
                yield inner, (*more, *metadata)
        else:
            yield kind, metadata


def _is_mapping(kind: Any) -> bool:
    origin = get_origin(kind) or kind
    return fields_of(kind) is not None or (isinstance(origin, type) and issubclass(origin, Mapping))


def _is_text(kind: Any) -> bool:
    if get_origin(kind) is Literal:
        return all(isinstance(value, str) for value in get_args(kind))
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return all(isinstance(member.value, str) for member in kind)
    return isinstance(kind, type) and issubclass(kind, _TEXT)


def _discriminators(metadata: Iterable[Any]) -> tuple[str, ...]:
    """Give the names of the tags, the outermost first."""
    found = [item.discriminator for item in metadata if isinstance(item, FieldInfo | Discriminator)]
    names = [item.discriminator if isinstance(item, Discriminator) else item for item in found]
    return tuple(dict.fromkeys(name for name in reversed(names) if isinstance(name, str)))
