"""A default as the lowest layer: which of its keys correspond to those of files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from typedflow.layers._default_values import Names
from typedflow.layers._layer import Layer
from typedflow.values import KeyPath, has_path


@dataclass(slots=True)
class DefaultLayer:
    """The default of one field as a layer, and the keys of the classes in it."""

    layer: Layer
    keys: Mapping[KeyPath, Names]

    def rename_keys(
        self, low: dict[str, Any], high: dict[str, Any], path: KeyPath, deleted: Iterable[KeyPath]
    ) -> dict[str, Any]:
        """Return a default in which each field is where files set it: at another key, or inside of its value."""
        at = path[len(self.layer.prefix) :]
        gone = [each[len(path) :] for each in deleted if each[: len(path)] == path]
        used: dict[str | int, KeyPath] = {}
        for first, *others in self.keys.get(at, ()):
            for place in others:
                if has_path(high, place) or any(each[: len(place)] == place for each in gone):
                    used.setdefault(first[0], place)
        if not used:
            return low
        length = len(at)
        self.keys = {
            (*at, *used.get(each[length], each[length : length + 1]), *each[length + 1 :])
            if len(each) > length and each[:length] == at
            else each: names
            for each, names in self.keys.items()
        }
        tree: dict[str, Any] = {}
        for key, value in low.items():
            _put(tree, used.get(key, (key,)), value)
        return tree

    def has_keys(self, high: Mapping[str, Any], path: KeyPath) -> bool:
        """Return whether the class of the default has all keys of a mapping."""
        known = self.known_keys(path)
        return not known or known.issuperset(high)

    def known_keys(self, path: KeyPath) -> set[str]:
        """Return the keys of the default's class; empty where it has none."""
        return {str(place[0]) for names in self.keys.get(path[len(self.layer.prefix) :], ()) for place in names}


def value_at(tree: Any, path: KeyPath) -> Any:
    """Return the value at a key path of a tree that has it."""
    for key in path:
        tree = tree[key]
    return tree


def covers(high: Any, low: Any, keys: Mapping[KeyPath, Names], path: KeyPath = ()) -> bool:
    """Return whether a file sets all that a default could supply."""
    names = keys.get(path, ())
    if isinstance(high, dict) and (isinstance(low, dict) or names):
        known = low if isinstance(low, dict) else {}
        return all(
            any(
                has_path(high, place)
                and covers(value_at(high, place), known.get(places[0][0]), keys, (*path, places[0][0]))
                for place in places
            )
            for places in names or tuple(((key,),) for key in known)
        )
    return bool(path)


def _put(tree: dict[str, Any], path: KeyPath, value: Any) -> None:
    """Insert a value where files have it, but not into their lists."""
    *above, last = path
    for key in map(str, above):
        tree[key] = dict(tree[key]) if isinstance(tree.get(key), dict) else {}
        tree = tree[key]
    if not any(isinstance(key, int) for key in path):
        tree[str(last)] = value
