"""Keys that YAML has as integers: a dictionary whose keys are numbers accepts them, text keys need quotes."""

from __future__ import annotations

import decimal
import enum
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, RootModel

from typedflow.layers import Merged, provenance
from typedflow.models._types import child_types, fields_of, keys_of, members
from typedflow.parsing import location
from typedflow.values import RULES, Diagnostic, KeyPath, Origin, format_path

_NUMBERS = (int, float, decimal.Decimal)
_UNKNOWN = object()
#: A number as people write it; anchors and tags may stand before it.
_WRITTEN = re.compile(r"[-+]?[0-9][0-9a-fA-Fox]*")


def integer_keys(
    merged: Merged, model: type[BaseModel], config: BaseModel | None, known: Iterable[Diagnostic] = ()
) -> list[Diagnostic]:
    """Return a finding for each integer key where the model reads text, save where one is known already.

    Without a config (the tree does not fit the model), a key is refused where every type that it may have reads text.
    """
    for layer in merged.stack:
        if layer.integers:
            break
    else:
        return []
    told = {finding.path for finding in known}
    return [
        _finding(path, origin)
        for path, origin in dict.fromkeys(_marked(merged))
        if path not in told and not _accepts(model, config, path)
    ]


def _marked(merged: Merged) -> Iterator[tuple[KeyPath, Origin]]:
    """Return the paths of the tree whose last key is an integer in a source, each with its origin there."""
    marks = {(id(layer.source), layer.origin(path).path) for layer in merged.stack for path in layer.integers}
    for path, leaf in provenance(merged).leaves.items():
        for origin in (leaf.origin, *leaf.shadows):
            # Their ends are alike; lists may have grown, and options begin below the top.
            above = len(path) - len(origin.path)
            for length in range(max(1, 1 - above), len(origin.path) + 1):
                if (id(origin.source), origin.path[:length]) in marks:
                    yield path[: above + length], Origin(origin.source, origin.path[:length])


def _accepts(model: type[BaseModel], config: BaseModel | None, path: KeyPath) -> bool:
    kinds: tuple[Any, ...] = (model,)
    value: Any = _UNKNOWN if config is None else config
    for key in path[:-1]:
        value = _without_root(value)
        kinds = child_types((type(value),) if fields_of(type(value)) is not None else kinds, key)
        value = _item(value, key)
    value = _without_root(value)
    if fields_of(type(value)) is not None:
        return False
    if isinstance(value, Mapping):
        if _has_number(value, str(path[-1])):
            return True
        if path[-1] in value:
            return False
    return any(_reads_numbers(key) for kind in kinds for key in _key_types(kind))


def _has_number(value: Mapping[Any, Any], text: str) -> bool:
    number = int(text)
    return any(isinstance(key, _NUMBERS) and key == number for key in (getattr(key, "value", key) for key in value))


def _without_root(value: Any) -> Any:
    while isinstance(value, RootModel):
        value = value.root
    return value


def _item(value: Any, key: str | int) -> Any:
    """Return what a validated value has at a key of the file, as far as that can be known."""
    if isinstance(key, int):
        return value[key] if isinstance(value, (list, tuple)) and key < len(value) else _UNKNOWN
    for name, field in (fields_of(type(value)) or {}).items():
        if key == name or key in keys_of(type(value), name, field):
            return getattr(value, name, _UNKNOWN)
    items = value.items() if type(value) is dict else ()
    return next((item for known, item in items if key in (known, str(getattr(known, "value", known)))), _UNKNOWN)


def _key_types(annotation: Any) -> Iterator[Any]:
    """Return the types of the keys of each mapping that an annotation has."""
    for kind, _ in members(annotation):
        if isinstance(kind, type) and issubclass(kind, RootModel):
            yield from _key_types(kind.__pydantic_fields__["root"].annotation)
        origin = get_origin(kind)
        if isinstance(origin, type) and issubclass(origin, Mapping):
            yield get_args(kind)[0]


def _reads_numbers(annotation: Any) -> bool:
    """Whether a key of this type is read as a number, though it is text in JSON."""
    return all(_is_number(kind) for kind, _ in members(annotation) if kind is not type(None))


def _is_number(kind: Any) -> bool:
    if get_origin(kind) is Literal:
        return not any(isinstance(value, str) for value in get_args(kind))
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return not any(isinstance(member.value, str) for member in kind)
    return isinstance(kind, type) and issubclass(kind, _NUMBERS)


def _finding(path: KeyPath, origin: Origin) -> Diagnostic:
    key = str(path[-1])
    place = location(origin.source, origin.path, key=True)
    found = place.excerpt
    written = found.line[found.start : found.end] if found else ""
    shown = written if _WRITTEN.fullmatch(written) else key
    where = f" in `{format_path(path[:-1])}`" if len(path) > 1 else ""
    message = f"the key `{shown}` is an integer, and keys{where} are strings"
    return Diagnostic(RULES["key-not-a-string"], message, place, hint=f'quote it: `"{shown}"`', path=path)
