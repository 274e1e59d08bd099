"""Where the values of a document stand in its text: a tree of offsets."""

from dataclasses import dataclass
from typing import NamedTuple

from typedflow.parsing._problems import Range
from typedflow.values import KeyPath


class Child(NamedTuple):
    """A value in a mapping or a list, and the key that it stands under (in a list, the item itself)."""

    key: Range
    place: "Place"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value is and where its children are. YAML's aliases share children, so the tree is not expanded."""

    value: Range
    children: dict[str | int, Child]


class Repeat(NamedTuple):
    """A key that is set again."""

    path: KeyPath
    first: Range
    second: Range


def find(root: Place, path: KeyPath) -> Child | None:
    """Return the place at a key path, or None when the text has none; the whole document is its own key."""
    child = Child(root.value, root)
    for key in path:
        found = child.place.children.get(key)
        if found is None:
            return None
        child = found
    return child


def deepest(root: Place, path: KeyPath) -> Child:
    """Return the place of the longest part of a key path that the text has."""
    child = Child(root.value, root)
    for key in path:
        found = child.place.children.get(key)
        if found is None:
            break
        child = found
    return child
