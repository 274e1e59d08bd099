"""YAML's integer keys: decimal text, as in JSON, marked as integers until the model tells which keys are integers."""

from collections.abc import Iterator
from typing import Any

from typedflow.values import KeyPath


class IntegerKey(str):
    """The decimal text of a key that is an integer."""

    __slots__ = ()


class IntegerKeyed(dict[str, Any]):
    """A document that contains integer keys; a document without them is a plain dictionary."""

    __slots__ = ()


def without_marks(tree: Any) -> tuple[Any, frozenset[KeyPath]]:
    """Return the tree with plain strings as keys, and the paths of the integer keys."""
    paths = frozenset(_integer_key_paths(tree, ()))
    return (_strip(tree) if paths else tree), paths


def _integer_key_paths(value: Any, path: KeyPath) -> Iterator[KeyPath]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        here = (*path, key if isinstance(key, int) else str(key))
        if isinstance(key, IntegerKey):
            yield here
        if isinstance(item, (dict, list)):
            yield from _integer_key_paths(item, here)


def _strip(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _strip(item) for key, item in value.items()}
    return [_strip(item) for item in value] if isinstance(value, list) else value
