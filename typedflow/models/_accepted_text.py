"""What text a model accepts at a key path: whether any text is valid, and whether it is declared as a template."""

from __future__ import annotations

import datetime
import decimal
import enum
import ipaddress
import re
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ForwardRef, Literal, NamedTuple, get_args, get_origin

from typedflow.models._template import is_template
from typedflow.models._types import annotation_of, fields_of, inner_members, item_types, keeps_others, keys_of
from typedflow.values import KeyPath

#: Types that accept a few texts at most. Text that is not one of them is an error where it is validated.
_NOT_TEXT = (
    *(int, float, complex, type(None), decimal.Decimal, enum.Enum, uuid.UUID, re.Pattern),
    *(datetime.date, datetime.time, datetime.timedelta),
    *(ipaddress.IPv4Address, ipaddress.IPv6Address, ipaddress.IPv4Network, ipaddress.IPv6Network),
)


@dataclass(frozen=True, slots=True)
class AcceptedText:
    """What a model accepts as the value, or as the key, at a key path.

    ``text``: any text. ``null``: None. ``template``: the text is declared as a template. ``loose``: any key and any
    text is valid, as in a dictionary or in ``Any``.
    """

    text: bool
    null: bool
    template: bool
    loose: bool


def accepted_value(model: type, path: KeyPath) -> AcceptedText:
    """Return what a model accepts as the value at a key path."""
    return _place(_at(model, path))


def accepted_key(model: type, path: KeyPath) -> AcceptedText:
    """Return what a model accepts as the last key of a key path."""
    return _place(_distinct(key for part in _at(model, path[:-1]) for key in _keys(part, str(path[-1]))))


class _Part(NamedTuple):
    """A type without its metadata, and what applies to everything in it."""

    kind: Any
    template: bool = False
    loose: bool = False


def _at(model: type, path: KeyPath) -> list[_Part]:
    parts = _distinct(_parts(model, _Part(model)))
    for key in path:
        parts = _distinct(child for part in parts for child in _below(part, key))
    return parts


def _distinct(parts: Iterable[_Part]) -> list[_Part]:
    """Return the parts without duplicates, which each level of a recursive union would double."""
    return list({(id(part.kind), part.template, part.loose): part for part in parts}.values())


def _parts(annotation: Any, around: _Part) -> Iterator[_Part]:
    """Yield the members of an annotation, root models unwrapped."""
    for kind, metadata in inner_members(annotation):
        yield _Part(kind, around.template or is_template(metadata), around.loose)


def _below(part: _Part, key: str | int) -> Iterator[_Part]:
    """Yield the possible parts of the value at a key."""
    named = fields_of(part.kind)
    if named is not None:
        yield from _in_fields(part, named, str(key))
    elif _is_any(part.kind):
        yield part._replace(loose=True)
    elif _is_a(part.kind, Mapping) and isinstance(key, str):
        for annotation in item_types(part.kind) or (Any,):
            yield from _parts(annotation, part._replace(loose=True))
    elif _is_collection(part.kind) and not _is_a(part.kind, Mapping) and isinstance(key, int):
        for annotation in item_types(part.kind) or (Any,):
            yield from _parts(annotation, part)


def _in_fields(part: _Part, named: Mapping[str, Any], key: str) -> Iterator[_Part]:
    found = [field for name, field in named.items() if key == name or key in keys_of(part.kind, name, field)]
    for field in found:
        yield from _parts(annotation_of(field), part._replace(loose=False))
    if not found and keeps_others(part.kind):
        yield _Part(Any, part.template, loose=True)


def _keys(part: _Part, key: str) -> Iterator[_Part]:
    """Yield the possible parts of a key; a field's name is fixed, and is neither text nor loose."""
    named = fields_of(part.kind)
    if named is not None:
        is_field = any(key == name or key in keys_of(part.kind, name, field) for name, field in named.items())
        if not is_field and keeps_others(part.kind):
            yield _Part(str, part.template, loose=True)
    elif _is_any(part.kind):
        yield part._replace(loose=True)
    elif _is_a(part.kind, Mapping):
        arguments = get_args(part.kind) if isinstance(get_origin(part.kind), type) else ()
        yield from _parts(arguments[0] if arguments else str, part._replace(loose=True))


def _place(parts: Iterable[_Part]) -> AcceptedText:
    found = list(parts)
    texts = [part for part in found if _is_text(part.kind)]
    return AcceptedText(
        text=bool(texts),
        null=any(part.kind in (None, type(None)) or _is_any(part.kind) for part in found),
        template=any(part.template for part in texts),
        loose=any(part.loose or _is_any(part.kind) for part in found),
    )


def _is_any(kind: Any) -> bool:
    """Return whether a type accepts everything; a recursive alias such as `JsonValue` names itself."""
    return kind is Any or kind is object or isinstance(kind, ForwardRef | str)


def _is_text(kind: Any) -> bool:
    """Return whether a type accepts any text; an unknown type may."""
    if kind is None or get_origin(kind) is Literal or fields_of(kind) is not None or _is_collection(kind):
        return False
    return not _is_a(kind, _NOT_TEXT)


def _is_collection(kind: Any) -> bool:
    return _is_a(kind, Collection) and not _is_a(kind, (str, bytes, enum.Enum))


def _is_a(kind: Any, bases: Any) -> bool:
    origin = get_origin(kind) or kind
    return isinstance(origin, type) and issubclass(origin, bases)
