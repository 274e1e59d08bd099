"""A default as files would write it: keys by alias, sets sorted, and nothing that its classes supply by themselves."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from typedflow.layers import UNTYPED, Plan
from typedflow.models._types import annotation_of, fields_of, keys_of, tag_values
from typedflow.values import KeyPath

_EMPTY = (dict, list, set, tuple, frozenset)


class DefaultTree:
    """One walk through a default and what it was dumped to, keys by field name."""

    def __init__(self, *, sparse: bool) -> None:
        """Begin; a sparse tree leaves out the fields that have the default of their own class."""
        self._sparse = sparse
        self.keys: dict[KeyPath, tuple[tuple[str, ...], ...]] = {}

    def of(self, value: Any, data: Any, plan: Plan, path: KeyPath = ()) -> Any:
        """Return the data under the keys of files; where a serializer gave it another shape, as it is."""
        if isinstance(value, BaseModel) and value.__pydantic_root_model__:
            return self.of(value.root, data, plan, path)  # type: ignore[attr-defined] # a RootModel has one
        if isinstance(data, dict):
            plan = plan.variant(data) if plan.tag else plan
            if isinstance(value, BaseModel) or dataclasses.is_dataclass(value):
                return self._fields(value, data, plan, path)
            if isinstance(value, Mapping) and len(value) == len(data):
                pairs = zip(value.values(), data.items(), strict=True)
                return {key: self.of(item, each, plan.child(key), (*path, key)) for item, (key, each) in pairs}
        if isinstance(data, list) and isinstance(value, set | frozenset):
            return sorted(data, key=lambda item: json.dumps(item, sort_keys=True))
        if isinstance(data, list) and isinstance(value, list | tuple) and len(value) == len(data):
            entries = plan.entries or (UNTYPED,)
            last = len(entries) - 1
            items = enumerate(zip(value, data, strict=True))
            return [self.of(item, each, entries[min(i, last)], (*path, i)) for i, (item, each) in items]
        return data

    def _fields(self, value: Any, data: dict[str, Any], plan: Plan, path: KeyPath) -> dict[str, Any]:
        owner = type(value)
        fields = fields_of(owner) or {}
        self.keys[path] = tuple(keys_of(owner, name, field) for name, field in fields.items())
        tree = {}
        for name, item in data.items():
            if self._sparse and not plan.choice and _is_own(value, name):
                continue
            key = keys_of(owner, name, fields[name])[0] if name in fields else name
            tree[key] = self.of(getattr(value, name, None), item, plan.child(key), (*path, key))
        return tree


def is_bare(value: Any) -> bool:
    """Return whether an instance has nothing but the defaults of its class."""
    return isinstance(value, BaseModel) and all(
        _is_own(value, name, tags=True) for name in type(value).__pydantic_fields__
    )


def _is_own(value: Any, name: str, *, tags: bool = False) -> bool:
    """Return whether a field was not set and has the default of its class; tags stay, they choose the class."""
    field = type(value).__pydantic_fields__.get(name) if isinstance(value, BaseModel) else None
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
