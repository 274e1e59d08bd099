"""A default as files would write it: keys by alias, sets sorted, without the default values of its own classes."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from typedflow.layers import Plan
from typedflow.models._compat import is_root_model, own_fields
from typedflow.models._types import annotation_of, choices_of, fields_of, tag_values
from typedflow.values import KeyPath

_EMPTY = (dict, list, set, tuple, frozenset)


class DefaultTree:
    """Walks through a default and its dumped form, whose keys are field names."""

    def __init__(self, *, sparse: bool) -> None:
        """A sparse tree leaves out the fields that have their own class's default."""
        self._sparse = sparse
        self.keys: dict[KeyPath, tuple[tuple[KeyPath, ...], ...]] = {}

    def of(self, value: Any, data: Any, plan: Plan, path: KeyPath = ()) -> Any:
        """Return the data with the keys of files; unchanged where a serializer gave it another shape."""
        if isinstance(value, BaseModel) and is_root_model(type(value)):
            return self.of(value.root, data, plan, path)  # type: ignore[attr-defined] # a RootModel has one
        if isinstance(data, dict):
            if isinstance(value, BaseModel) or dataclasses.is_dataclass(value):
                return self._fields(value, data, plan, path)
            if isinstance(value, Mapping) and len(value) == len(data):
                plan = plan.variant(data)
                pairs = zip(value.values(), data.items(), strict=True)
                return {key: self.of(item, each, plan.child(key), (*path, key)) for item, (key, each) in pairs}
        if isinstance(data, list) and isinstance(value, set | frozenset):
            return sorted(data, key=lambda item: json.dumps(item, sort_keys=True))
        if isinstance(data, list) and isinstance(value, list | tuple) and len(value) == len(data):
            items = enumerate(zip(value, data, strict=True))
            return [self.of(item, each, plan.item(i), (*path, i)) for i, (item, each) in items]
        return data

    def _fields(self, value: Any, data: dict[str, Any], plan: Plan, path: KeyPath) -> dict[str, Any]:
        owner = type(value)
        named = {name: places(owner, name, field) for name, field in (fields_of(owner) or {}).items()}
        self.keys[path] = tuple(named.values())
        keys = {name: str(named[name][0][0]) if name in named else name for name in data}
        own = {keys[name]: item for name, item in data.items()}
        variant = plan.variant(own)
        is_sparse = self._sparse and not variant.members  # a union's member is known by the keys that it has
        plan = variant.member(own)
        tree = {}
        for name, item in data.items():
            if not is_sparse or not _is_own(value, name):
                key = keys[name]
                tree[key] = self.of(getattr(value, name, None), item, plan.child(key), (*path, key))
        return tree


def places(owner: Any, name: str, field: Any) -> tuple[KeyPath, ...]:
    """Return the key paths that a field is read from: first its keys, then paths into other keys' values."""
    return tuple(sorted(choices_of(owner, name, field), key=lambda choice: len(choice) > 1))


def is_bare(value: Any) -> bool:
    """Return whether every value of an instance is its class's default."""
    return isinstance(value, BaseModel) and all(_is_own(value, name, tags=True) for name in own_fields(type(value)))


def _is_own(value: Any, name: str, *, tags: bool = False) -> bool:
    """Return whether a field is unset and has its class's default; False for tags, which choose the class."""
    field = own_fields(type(value)).get(name) if isinstance(value, BaseModel) else None
    if field is None or name in value.model_fields_set or (not tags and tag_values(annotation_of(field))):
        return False
    factory, found = field.default_factory, getattr(value, name, None)
    if factory is None:
        return _is_same(found, field.default)
    if factory in _EMPTY:
        return type(found) is factory and not found
    return isinstance(factory, type) and type(found) is factory and is_bare(found)


def _is_same(one: Any, other: Any) -> bool:
    try:
        return one is other or (type(one) is type(other) and bool(one == other))
    except Exception:  # noqa: BLE001 # comparisons are the user's
        return False
