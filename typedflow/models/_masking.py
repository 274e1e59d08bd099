"""Secret settings, which must not be shown: a field is secret if its name or any of its keys looks like a secret."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Any, get_origin

from pydantic import BaseModel

from typedflow.models._types import child_types, choices_of, fields_of, keys_of, members
from typedflow.values import KeyPath, masked_leaves


def masked_paths(model: type[BaseModel] | None, tree: Any, public: Sequence[str] = ()) -> list[KeyPath]:
    """Return the key paths of the secret leaves of a config's tree.

    The tree may use any key of a field. ``public`` has globs of key paths that are not secrets. Without a model, keys
    have no other names.
    """
    return masked_leaves(tree, (), public, *([_names_of(model)] if model else []))


@lru_cache(maxsize=256)
def _names_of(model: type[BaseModel]) -> Callable[[KeyPath], tuple[str, ...]]:
    """Return the function that returns the names at a key path; one for each model, as answers are remembered by it."""
    return partial(_names_at, model)


def _names_at(model: type[BaseModel], path: KeyPath) -> tuple[str, ...]:
    """Return the last key of a path, and the other names of the field that is read from there."""
    return _known_names(model, _without_indices(path))


@lru_cache(maxsize=4096)
def _known_names(model: type[BaseModel], path: KeyPath) -> tuple[str, ...]:
    own = [step for step in path[-1:] if isinstance(step, str)]
    for start in range(len(path)):  # a field may be read from a path in the value of another key
        for owner in _owners_at(model, path[:start]):
            own += _names_in(owner).get(path[start:], ())
    return tuple(dict.fromkeys(own))


@lru_cache(maxsize=4096)
def _owners_at(model: type[BaseModel], path: KeyPath) -> tuple[Any, ...]:
    """Return the possible classes with named fields of the value at a key path."""
    kinds = (kind for annotation in _kinds_at(model, path) for kind, _ in members(annotation))
    return tuple(get_origin(kind) or kind for kind in kinds if fields_of(kind) is not None)


@lru_cache(maxsize=4096)
def _kinds_at(model: type[BaseModel], path: KeyPath) -> tuple[Any, ...]:
    """Return the possible types of the value at a key path."""
    return child_types(_kinds_at(model, path[:-1]), path[-1]) if path else (model,)


@lru_cache(maxsize=256)
def _names_in(owner: Any) -> dict[KeyPath, tuple[str, ...]]:
    """Return, for each path that a class reads fields from, all names of those fields."""
    found: dict[KeyPath, tuple[str, ...]] = {}
    for name, field in (fields_of(owner) or {}).items():
        keys = keys_of(owner, name, field)
        for path in ((name,), *((key,) for key in keys), *map(_without_indices, choices_of(owner, name, field))):
            found[path] = (*found.get(path, ()), name, *keys)
    return found


def _without_indices(path: KeyPath) -> KeyPath:
    return tuple(0 if isinstance(step, int) else step for step in path)
