"""A config as plain values in the form of its files: with the files' keys, and sets in a fixed order."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from typedflow.models._compat import is_root_model
from typedflow.models._plain_values import plain_values
from typedflow.models._types import fields_of, keys_of


def sort_sets(value: Any, data: Any) -> Any:
    """Return dumped data with the items of sets sorted: the order of a set differs between processes."""
    return _Walk(rename=False).of(value, data, None)


def file_values(config: BaseModel, tree: object) -> Any:
    """Return a config as plain values, with the keys and the order of sets of the tree that it was read from.

    Raises:
        TypedflowError: ``not-round-trip``, if serialization fails.
    """
    return _Walk(rename=True).of(config, plain_values(config), tree)


def with_file_keys(value: Any, data: Any) -> Any:
    """Return dumped data with field names replaced by the keys of files; the items of sets are sorted."""
    return _Walk(rename=True).of(value, data, None)


#: The containers of dumped data; everything else is a leaf.
_CONTAINERS = frozenset((dict, list))


class _Walk:
    """A walk through a value, its dumped data, and the tree that it was read from."""

    def __init__(self, *, rename: bool) -> None:
        self._rename = rename

    def of(self, value: Any, data: Any, tree: object) -> Any:
        """Return the data in the form of files; unchanged where a serializer of the model changed its shape."""
        if data.__class__ not in _CONTAINERS:
            return data
        if isinstance(value, BaseModel) and is_root_model(type(value)):
            return self.of(value.root, data, tree)
        if isinstance(data, dict):
            return self._mapping(value, data, tree)
        return self._list(value, data, tree if isinstance(tree, list) else [])

    def _list(self, value: Any, data: list[Any], tree: list[Any]) -> list[Any]:
        is_set = isinstance(value, set | frozenset)
        is_same = isinstance(value, list | tuple | set | frozenset) and len(value) == len(data)
        if not is_same or (not is_set and _CONTAINERS.isdisjoint(map(type, data))):
            return data
        if is_set:
            items = [self.of(item, each, None) for item, each in zip(value, data, strict=True)]
            return sorted(items, key=lambda item: (_index(tree, item), json.dumps(item, sort_keys=True)))
        below = [*tree, *[None] * len(data)]
        return [self.of(*item) for item in zip(value, data, below[: len(data)], strict=True)]

    def _mapping(self, value: Any, data: dict[str, Any], tree: object) -> Any:
        known = tree if isinstance(tree, dict) else {}
        if isinstance(value, BaseModel) or dataclasses.is_dataclass(value):
            result = {}
            owner: Any = type(value)
            names = _keys_of(owner) if self._rename else {}
            for name, item in data.items():
                key = name
                if keys := names.get(name):
                    key = keys[0] if len(keys) == 1 else next((key for key in keys if key in known), keys[0])
                is_leaf = item.__class__ not in _CONTAINERS
                result[key] = item if is_leaf else self.of(getattr(value, name, None), item, known.get(key))
            return result
        if isinstance(value, Mapping) and len(value) == len(data):
            pairs = zip(value.values(), data.items(), strict=True)
            return {key: self.of(item, each, known.get(key)) for item, (key, each) in pairs}
        return data


@lru_cache(maxsize=256)
def _keys_of(owner: type) -> dict[str, tuple[str, ...]]:
    """Return the keys of each field of a class."""
    return {name: keys_of(owner, name, field) for name, field in (fields_of(owner) or {}).items()}


def _index(items: list[Any], item: Any) -> int:
    """Return the index of an item in a list, by type and content, or the list's length."""
    return next((index for index, other in enumerate(items) if type(other) is type(item) and other == item), len(items))
