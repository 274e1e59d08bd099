"""The keys that a type reads from a mapping, and the types of what is at each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_origin

from typedflow.models._compat import is_root_model, own_fields
from typedflow.models._types import annotation_of, child_types, choices_of, fields_of, keeps_others, keys_of, members
from typedflow.values import KeyPath


def kinds_of(annotations: Iterable[Any]) -> Iterator[Any]:
    """Return the possible types of a value, root models unwrapped."""
    for annotation in annotations:
        for kind, _ in members(annotation):
            if is_root_model(kind):
                yield from kinds_of((annotation_of(own_fields(kind)["root"]),))
            else:
                yield kind


@dataclass(frozen=True, slots=True, eq=False)
class Inside:
    """The type of a mapping that a field is read from: the rest of the path, and the field's type."""

    path: KeyPath
    annotation: Any


def key_groups(kind: Any) -> Iterator[tuple[str, ...]]:
    """Return the keys of a type's fields, grouped by field."""
    if isinstance(kind, Inside):
        yield (str(kind.path[0]),)
    else:
        yield from (keys_of(kind, *item) for item in (fields_of(kind) or {}).items())


def types_below(kinds: Iterable[Any], key: str) -> Iterator[Any]:
    """Return the possible types of the value at a key, including keys halfway along an alias's path."""
    for kind in kinds:
        named = fields_of(kind)
        if isinstance(kind, Inside):
            found = [(kind.path, kind.annotation)]
        elif named is None:
            yield from child_types((kind,), key)
            continue
        else:
            items = named.items()
            found = [(path, annotation_of(field)) for name, field in items for path in choices_of(kind, name, field)]
        for path, annotation in found:
            if path[0] == key:
                yield Inside(path[1:], annotation) if path[1:] else annotation


def has_free_keys(kind: Any) -> bool:
    """Return whether a type allows arbitrary keys."""
    if fields_of(kind) is not None:
        return keeps_others(kind)
    origin = get_origin(kind) or kind
    return origin in {Any, object} or (isinstance(origin, type) and issubclass(origin, Mapping))
