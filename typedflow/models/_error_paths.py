"""Key paths of Pydantic's errors, whose own locations also name the union members that were tried."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, Discriminator, Tag
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from typedflow.models._compat import is_root_model, own_fields
from typedflow.models._types import annotation_of, child_types, fields_of, keys_of, members, tag_values
from typedflow.models._wording import quoted
from typedflow.values import KeyPath, closest, has_item

_TAG_ERRORS = {"union_tag_invalid", "union_tag_not_found"}
#: How Pydantic names a key of a dictionary, behind the key itself; members of unions may follow.
_KEY = "[key]"
_KINDS = {"extra_forbidden": "unknown", "missing": "missing", "union_tag_not_found": "missing"}


@dataclass(frozen=True, slots=True)
class UnionMember:
    """A union member that was tried, under Pydantic's name for it; ``kinds`` are its types."""

    text: str
    kinds: tuple[Any, ...]

    @property
    def name(self) -> str:
        """The name for messages: that of its classes, if it has any."""
        return " or ".join(kind.__name__ for kind in _classes(self.kinds)) or self.text


@dataclass(frozen=True, slots=True)
class Failure:
    """One error: its key path in the data, and the possible classes of the mapping that contains it.

    ``steps`` lead there: keys and indices of the data, and members of unions. ``kind``: ``unknown``, ``missing``,
    ``invalid``, or ``key`` if a dictionary rejects the path's last key.
    """

    details: ErrorDetails
    path: KeyPath
    kind: str
    owners: tuple[type, ...]
    steps: tuple[str | int | UnionMember, ...]


def locate_error(details: ErrorDetails, tree: Any, model: type[BaseModel]) -> Failure:
    """Return an error with its key path."""
    kinds: tuple[Any, ...] = (model,)
    value, is_there = tree, False
    steps: list[str | int | UnionMember] = []
    owners: tuple[type, ...] = ()
    for part in details["loc"]:
        if part == _KEY and not has_item(value, _KEY):
            return Failure(details, _data(steps), "key", owners, tuple(steps))
        label = _label(part, value, kinds)
        is_there = label is None
        if label is not None:
            steps.append(label)
            kinds = label.kinds
            continue
        steps.append(part)
        owners = _classes(kinds)
        kinds, value = child_types(kinds, part), value[part]
    kind = _KINDS.get(details["type"], "invalid")
    if details["type"] in {"missing", "extra_forbidden"} and not is_there:
        owners = _classes(kinds if _is_key(steps) else ())
        steps = [*steps[:-1], details["loc"][-1]]  # it is missing, or a validator made it
    elif details["type"] in _TAG_ERRORS:
        tags = quoted(details["ctx"]["discriminator"])
        kind = kind if tags else "invalid"  # a function chooses
        misspelled = _misspelled(value, kinds, tags) if kind == "missing" else None
        if misspelled is not None:
            kind, owners, tags = "unknown", _classes(kinds), [misspelled]
        steps += [tag for tag in tags if has_item(value, tag) or kind == "missing"][:1] or _chosen_by(
            details, value, kinds
        )
    return Failure(details, _data(steps), kind, owners, tuple(steps))


def _data(steps: Iterable[str | int | UnionMember]) -> KeyPath:
    """Return only the steps that are keys or indices of the data."""
    return tuple(step for step in steps if not isinstance(step, UnionMember))


def _misspelled(value: Any, kinds: tuple[Any, ...], tags: list[str]) -> str | None:
    """Return the key of a mapping that is a union's tag key, misspelled."""
    owners = _classes(kinds)
    named = ((owner, *item) for owner in owners for item in (fields_of(owner) or {}).items())
    known = {key for field in named for key in keys_of(*field)}
    unknown = [key for key in value if key not in known] if isinstance(value, Mapping) else []
    return next((key for key in unknown if closest(key, known) in tags), None)


def _is_key(steps: list[str | int | UnionMember]) -> bool:
    return bool(steps) and isinstance(steps[-1], UnionMember)


def _label(part: str | int, value: Any, kinds: tuple[Any, ...]) -> UnionMember | None:
    """Return the union member that a part of a location names; None for a key or an index of the data."""
    found = list(_union(kinds))
    if len(found) > 1:
        named = tuple(kind for kind, metadata in found if part in _names(kind, metadata))
        if not named and isinstance(part, str) and not has_item(value, part):
            named = _inside(part, [kind for kind, _ in found])
        if named:
            return UnionMember(str(part), named)
    return None if has_item(value, part) else UnionMember(str(part), kinds)


def _inside(text: str, kinds: list[Any]) -> tuple[Any, ...]:
    """Return the types that a compound name contains: ``list[A]``, ``union[A,B]``, ``function-after[f(), A]``."""
    outer, *inner = re.findall(r"[\w.-]+", text)
    names = {getattr(kind, "__name__", None): kind for kind in kinds}
    return (names[outer],) if outer in names else tuple(names[name] for name in inner if name in names)


def _union(kinds: tuple[Any, ...]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Yield the types except None, each with its metadata; root models are unwrapped."""
    for annotation in kinds:
        for kind, metadata in members(annotation):
            if is_root_model(kind):
                root = list(_union((own_fields(kind)["root"].annotation,)))
                yield from root if len(root) > 1 else [(kind, metadata)]
            elif kind is not type(None):
                yield kind, metadata


def _names(kind: Any, metadata: tuple[Any, ...]) -> set[object]:
    """Return Pydantic's possible names for a union member: its class, or its tag."""
    names: set[object] = {getattr(kind, "__name__", None)}
    for item in metadata:
        if isinstance(item, Tag):
            names.add(item.tag)
        elif isinstance(item, FieldInfo | Discriminator) and isinstance(item.discriminator, str):
            field = (fields_of(kind) or {}).get(item.discriminator)
            names.update(tag_values(annotation_of(field)) if field is not None else ())
    return names


def _classes(kinds: tuple[Any, ...]) -> tuple[type, ...]:
    return tuple(kind for kind, _ in _union(kinds) if isinstance(kind, type) and fields_of(kind) is not None)


def _chosen_by(details: ErrorDetails, value: Any, kinds: tuple[Any, ...]) -> list[str]:
    """Return the key whose value made a discriminator return a wrong tag, if it can be determined."""
    tag = details["ctx"].get("tag")
    if tag is None or not isinstance(value, Mapping):
        return []
    keys = [key for key, item in value.items() if isinstance(item, str | int) and str(item) == tag]
    if len(keys) != 1:
        texts = [key for key, item in value.items() if isinstance(item, str | int)]
        keys = [key for key in keys or texts if any(_decides(function, key, value) for function in _functions(kinds))]
    return keys if len(keys) == 1 else []


def _functions(kinds: tuple[Any, ...]) -> Iterator[Any]:
    for _, metadata in _union(kinds):
        for item in metadata:
            found = item.discriminator if isinstance(item, FieldInfo | Discriminator) else None
            found = found.discriminator if isinstance(found, Discriminator) else found
            if callable(found):
                yield found


def _decides(function: Any, key: str, value: Mapping[str, Any]) -> bool:
    """Return whether a discriminator chooses another tag without a key."""
    try:
        return bool(function(dict(value)) != function({name: item for name, item in value.items() if name != key}))
    except (Exception, SystemExit):  # noqa: BLE001 # the model's own code; that it needs the key is an answer, too
        return True
