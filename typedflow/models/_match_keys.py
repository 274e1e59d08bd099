"""Matching the words of environment variables, whose case may differ, to keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from enum import Enum
from typing import Any, TypeAlias, get_origin

from pydantic import BaseModel, RootModel
from pydantic.fields import FieldInfo

from typedflow.models._compat import extra_values
from typedflow.models._key_types import Inside, has_free_keys, key_groups, kinds_of, types_below
from typedflow.models._types import annotation_of, choices_of, fields_of, keys_of, tag_values
from typedflow.values import KeyPath


class AmbiguousKeyError(LookupError):
    """A word differs only in case from several keys at ``path``, and equals none of them."""

    def __init__(self, word: str, path: KeyPath, keys: Sequence[str]) -> None:
        """``path`` leads to the mapping that has the keys."""
        super().__init__(word)
        self.word = word
        self.path = path
        self.keys = tuple(keys)


class NewKeyError(LookupError):
    """A word would be a new key, but its case is unknown."""

    def __init__(self, word: str) -> None:
        """``word`` is a part of a variable's name."""
        super().__init__(word)
        self.word = word


Make: TypeAlias = Callable[[KeyPath, Callable[[], Any]], Any]
"""Calls the factory of the default at a key path."""


def match_keys(
    words: Sequence[str],
    model: type[BaseModel],
    tree: Any,
    *,
    has_case: bool = True,
    made: Make | None = None,
) -> KeyPath:
    """Return the key path that words name in configs of a model whose merged tree is given.

    A word names the field, or the key of the tree or of the model's default, that it equals; else the only one from
    which it differs in case alone. Otherwise it is a new key: as written where any key is allowed, in lower case where
    only fields are. ``made`` calls the factories of defaults; without it, none is called.

    Raises:
        AmbiguousKeyError: a word differs only in case from several keys.
        NewKeyError: ``has_case`` is false, and a word is a new key.
    """
    path: tuple[str, ...] = ()
    kinds: tuple[Any, ...] = (model,)
    values: list[Any] = [tree]
    for number, word in enumerate(words, 1):
        kinds = tuple(kinds_of(kinds))
        is_free = any(map(has_free_keys, kinds))
        key = _match_word(word, path, kinds, values if is_free else ())
        if key is None and is_free and not has_case:
            raise NewKeyError(word)
        key = key or (word if is_free else word.lower())
        if number < len(words):  # else nobody asks for what is below: no factory is called in vain
            supplied = list(_items(values, {key, *_other_keys(kinds, key)}))
            values = supplied or list(_defaults(_chosen(kinds, values, key), (*path, key), made))
        kinds = tuple(types_below(kinds, key)) or ((Any,) if is_free else ())
        path = (*path, key)
    return path


def _match_word(word: str, path: KeyPath, kinds: Iterable[Any], values: Iterable[Any]) -> str | None:
    """Return the key that a word names; each field counts once, under the first key that it is read from."""
    fields = [keys for kind in kinds for keys in key_groups(kind)]
    named = {key for keys in fields for key in keys}
    free = [key for value in values for key in _keys(value) if key not in named]
    if word in free or word in named:
        return word
    lower = word.lower()
    meant = [next((key for key in keys if key.lower() == lower), None) for keys in fields]
    found = list(dict.fromkeys([*filter(None, meant), *(key for key in free if key.lower() == lower)]))
    if len(found) > 1:
        raise AmbiguousKeyError(word, path, found)
    return found[0] if found else None


def _whole_keys(owner: Any, name: str, field: Any) -> set[str]:
    """Return the keys whose whole value is the field's value."""
    return {str(path[0]) for path in choices_of(owner, name, field) if len(path) == 1}


def _keys(value: Any) -> Iterable[str]:
    """Return the keys of a value other than fields."""
    if isinstance(value, BaseModel):
        return extra_values(value)
    return map(_text, value) if isinstance(value, Mapping) else ()


def _text(key: Any) -> str:
    """Return a key as files have it; a default's key may be a number or an enum member."""
    return str(key.value if isinstance(key, Enum) else key)


def _other_keys(kinds: Iterable[Any], key: str) -> Iterator[str]:
    """Return all keys of the fields that a key names; a merged tree has one of them."""
    for kind in kinds:
        for name, field in (fields_of(kind) or {}).items():
            keys = _whole_keys(kind, name, field)
            if key in keys:
                yield from keys


def _items(values: Iterable[Any], keys: AbstractSet[str]) -> Iterator[Any]:
    """Return the items of values at any of a field's keys."""
    for value in values:
        owner = type(value)
        for name, field in (fields_of(owner) or {}).items():
            if not keys.isdisjoint(_whole_keys(owner, name, field)):
                yield _content(getattr(value, name))
        others = extra_values(value) if isinstance(value, BaseModel) else value
        if isinstance(others, Mapping):
            yield from (_content(item) for key, item in others.items() if _text(key) in keys)


def _chosen(kinds: Sequence[Any], values: Sequence[Any], key: str) -> list[Any]:
    """Return the types that have a field for a key and that the values may have; all types if there is none."""
    named = [kind for kind in kinds if any(key in keys for keys in key_groups(kind))]
    return [kind for kind in named if not any(_is_other(value, kind) for value in values)] or named


def _is_other(value: Any, kind: Any) -> bool:
    """Return whether a value is certainly not of a class: an instance of another, or a mapping with another tag."""
    if not isinstance(value, Mapping) or isinstance(value, BaseModel):
        return fields_of(type(value)) is not None and (get_origin(kind) or kind) not in type(value).__mro__
    fields = ((keys_of(kind, name, field), tag_values(annotation_of(field))) for name, field in _fields(kind))
    return any(tags and key in value and value[key] not in tags for keys, tags in fields for key in keys)


def _defaults(kinds: Iterable[Any], path: KeyPath, made: Make | None) -> Iterator[Any]:
    """Return the defaults of the fields that a path's last key names, except those that need other fields' values."""
    key = path[-1]
    for kind in kinds:
        for name, field in _fields(kind):
            if not isinstance(field, FieldInfo) or key not in _whole_keys(kind, name, field):
                continue
            factory: Any = field.default_factory
            try:
                if factory is None:
                    yield _content(field.default)
                elif made is not None:
                    yield _content(made(path, factory))  # one that needs an argument raises
            except (Exception, SystemExit):  # noqa: BLE001, S112 # the user's factory decides what is raised, and Pydantic reports it
                continue


def _fields(kind: Any) -> Iterable[tuple[str, Any]]:
    return () if isinstance(kind, Inside) else (fields_of(kind) or {}).items()


def _content(value: Any) -> Any:
    return value.root if isinstance(value, RootModel) else value
