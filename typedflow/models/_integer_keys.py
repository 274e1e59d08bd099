"""YAML keys that are integers: dictionaries with number keys accept them, text keys must be quoted."""

from __future__ import annotations

import decimal
import enum
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, RootModel

from typedflow.layers import Merged
from typedflow.models._types import child_types, fields_of, key_types, keys_of, members
from typedflow.values import RULES, Diagnostic, KeyPath, Origin, format_path

_NUMBERS = (int, float, decimal.Decimal)
_UNKNOWN = object()
#: A number as people write it; anchors and tags may stand before it.
_WRITTEN = re.compile(r"[-+]?[0-9][0-9a-fA-Fox]*")


def integer_keys(
    merged: Merged, model: type[BaseModel], config: BaseModel | None, known: Iterable[Diagnostic] = ()
) -> list[Diagnostic]:
    """Return a finding for each integer key where the model expects text, unless ``known`` has one for its path.

    Without a config (the tree does not fit the model), a key is rejected only if every possible type expects text.
    """
    nodes = _Nodes(model, config)
    known_paths = {finding.path for finding in known}
    return [
        _finding(path, origin)
        for path, origin in dict.fromkeys(_marked(merged))
        if path not in known_paths and not nodes.at(path[:-1]).accepts(path[-1])
    ]


def _marked(merged: Merged) -> Iterator[tuple[KeyPath, Origin]]:
    """Return the paths whose last key is an integer in some source, each with its origin there."""
    from typedflow.layers import provenance

    marked = (layer.origin(path) for layer in merged.parts() for path in layer.integers)
    marks = {(id(origin.source), origin.path) for origin in marked}
    for path, leaf in provenance(merged).leaves.items():
        for origin in (leaf.origin, *leaf.shadows):
            for count in range(len(path)):  # lists may have grown, and options start below the root
                key = origin.above(count).key
                if key.path and (id(key.source), key.path) in marks:
                    yield path[: len(path) - count], key


class _Nodes:
    """The nodes of a model by key path, each looked up once."""

    def __init__(self, model: type[BaseModel], config: BaseModel | None) -> None:
        self._known: dict[KeyPath, _Node] = {(): _Node((model,), _UNKNOWN if config is None else config)}

    def at(self, path: KeyPath) -> _Node:
        if path not in self._known:
            self._known[path] = self.at(path[:-1]).below(path[-1])
        return self._known[path]


class _Node:
    """A node of a model: its possible types, and its validated value if known."""

    def __init__(self, kinds: tuple[Any, ...], value: Any) -> None:
        while isinstance(value, RootModel):
            value = value.root
        self._kinds = kinds
        self._value = value
        self._fields = fields_of(type(value))

    def accepts(self, text: str | int) -> bool:
        """Return whether an integer key is valid here."""
        if self._fields is not None:
            return False
        if isinstance(self._value, Mapping):
            if int(text) in self._numbers:
                return True
            if text in self._value:
                return False
        return self._allows_numbers

    def below(self, key: str | int) -> _Node:
        """Return the node at a key of the file."""
        kinds = self._kinds if self._fields is None else (type(self._value),)
        return _Node(child_types(kinds, key), self._item(key))

    def _item(self, key: str | int) -> Any:
        if isinstance(key, int):
            is_there = isinstance(self._value, (list, tuple)) and key < len(self._value)
            return self._value[key] if is_there else _UNKNOWN
        for name, field in (self._fields or {}).items():
            if key == name or key in keys_of(type(self._value), name, field):
                return getattr(self._value, name, _UNKNOWN)
        return self._items.get(key, _UNKNOWN) if isinstance(self._value, Mapping) else _UNKNOWN

    @cached_property
    def _numbers(self) -> frozenset[Any]:
        keys = (getattr(key, "value", key) for key in self._value)
        return frozenset(key for key in keys if isinstance(key, _NUMBERS))

    @cached_property
    def _items(self) -> dict[str, Any]:
        return {str(getattr(key, "value", key)): item for key, item in self._value.items()}

    @cached_property
    def _allows_numbers(self) -> bool:
        return any(_is_number_type(key) for kind in self._kinds for key in key_types(kind))


def _is_number_type(annotation: Any) -> bool:
    """Return whether keys of this type are numbers, which JSON has as text."""
    return all(_is_number(kind) for kind, _ in members(annotation) if kind is not type(None))


def _is_number(kind: Any) -> bool:
    if get_origin(kind) is Literal:
        return not any(isinstance(value, str) for value in get_args(kind))
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return not any(isinstance(member.value, str) for member in kind)
    return isinstance(kind, type) and issubclass(kind, _NUMBERS)


def _finding(path: KeyPath, origin: Origin) -> Diagnostic:
    from typedflow.parsing import location

    key = str(path[-1])
    place = location(origin.source, origin.path, key=True)
    found = place.excerpt
    written = found.line[found.start : found.end] if found else ""
    shown = written if _WRITTEN.fullmatch(written) else key
    where = f" in `{format_path(path[:-1])}`" if len(path) > 1 else ""
    message = f"the key `{shown}` is an integer, and keys{where} are strings"
    return Diagnostic(RULES["key-not-a-string"], message, place, hint=f'quote it: `"{shown}"`', path=path)
