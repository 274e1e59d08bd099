"""Routes to dictionaries that convert their keys: to numbers, or to text that a class strips or changes the case of."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal, NamedTuple, get_args, get_origin

from pydantic import BaseModel

from typedflow.models._compat import dataclass_config, is_root_model, own_fields
from typedflow.models._types import annotation_of, choices_of, config_of, fields_of, item_types, key_types, members
from typedflow.values import KeyPath

#: Settings of a class's config that change text, including the keys of its dictionaries.
CHANGES = ("str_strip_whitespace", "str_to_lower", "str_to_upper")


class Route(NamedTuple):
    """A field that contains dictionaries that convert their keys, and one key path that it is read from."""

    choice: KeyPath
    name: str
    annotation: Any


def routes_in(kind: Any, around: Mapping[str, Any]) -> tuple[Route, ...] | None:
    """Return the routes from a class to dictionaries that convert their keys; None for types without named fields.

    ``around`` is the config of the class that has a field of this kind.
    """
    return _routes(kind, changes=_changes(around))


@lru_cache(maxsize=256)
def _routes(kind: Any, *, changes: bool) -> tuple[Route, ...] | None:
    named = fields_of(kind)
    if named is None:
        return None
    changes = _changes_in(kind, changes=changes)
    routes = [(name, field) for name, field in named.items() if _leads(annotation_of(field), changes=changes)]
    return tuple(
        Route(choice, name, annotation_of(field)) for name, field in routes for choice in choices_of(kind, name, field)
    )


def _leads(annotation: Any, *, changes: bool) -> bool:
    """Return whether a type contains a dictionary that converts its keys."""
    seen: list[Any] = []
    waiting = [(annotation, changes)]
    for each, around in waiting:
        for kind, _ in members(each):
            within = _changes_in(kind, changes=around)
            if any(not _is_text(key, changes=within) for key in key_types(kind)):
                return True
            if (kind, within) not in seen:
                seen.append((kind, within))
                fields = [annotation_of(field) for field in (fields_of(kind) or {}).values()]
                waiting += [(below, within) for below in (*item_types(kind), *fields)]
    return False


def config_in(kind: Any, around: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the config that applies within a type: a Pydantic class has its own, others use the enclosing one."""
    is_own = _is_model(kind) or dataclass_config(get_origin(kind) or kind) is not None
    return config_of(kind) if is_own else around


def config_within(annotation: Any, around: Mapping[str, Any], seen: tuple[Any, ...] = ()) -> Mapping[str, Any]:
    """Return the config that applies to a type's members, root models unwrapped; empty if the members differ."""
    found = []
    for kind, _ in members(annotation):
        if is_root_model(kind) and kind not in seen:
            root = own_fields(kind)["root"].annotation
            found.append(config_within(root, config_in(kind, around), (*seen, kind)))
        elif kind is not type(None):
            found.append(around)
    return found[0] if found and all(config == found[0] for config in found) else {}


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _changes(config: Mapping[str, Any]) -> bool:
    return any(config.get(key) for key in CHANGES)


def _changes_in(kind: Any, *, changes: bool) -> bool:
    return _changes(config_in(kind, {CHANGES[0]: changes}))


def _is_text(annotation: Any, *, changes: bool) -> bool:
    """Return whether keys of a type are the text in files, unchanged and hence distinct."""
    texts = {Any} if changes else {str, Any}
    return all((kind in texts and not metadata) or _is_listed(kind) for kind, metadata in members(annotation))


def _is_listed(kind: Any) -> bool:
    if get_origin(kind) is Literal:
        return all(isinstance(value, str) for value in get_args(kind))
    if not (isinstance(kind, type) and issubclass(kind, enum.Enum)):
        return False
    is_plain = getattr(kind._missing_, "__func__", None) is getattr(enum.Enum._missing_, "__func__", None)
    return is_plain and all(isinstance(member.value, str) for member in kind)
