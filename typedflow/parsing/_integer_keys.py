"""Keys that are integers in YAML: kept as decimal text, as JSON has them, and marked until the model has its say."""

from collections.abc import Iterator
from typing import Any

from typedflow.values import KeyPath


class IntegerKey(str):
    """The decimal text of a key that is an integer."""

    __slots__ = ()


class IntegerKeyed(dict[str, Any]):
    """A document with such keys somewhere in it; one without them is a plain dictionary."""

    __slots__ = ()


def without_marks(tree: Any) -> tuple[Any, frozenset[KeyPath]]:
    """Return a tree whose keys are plain text, and the paths of those that are integers."""
    paths = frozenset(_marked(tree, ()))
    return (_plain(tree) if paths else tree), paths


def _marked(value: Any, path: KeyPath) -> Iterator[KeyPath]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        here = (*path, key if isinstance(key, int) else str(key))
        if isinstance(key, IntegerKey):
            yield here
        if isinstance(item, (dict, list)):
            yield from _marked(item, here)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value
