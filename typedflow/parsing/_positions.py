"""The positions of a document's values in its text: a tree of offsets."""

from typing import NamedTuple

from typedflow.parsing._diagnostics import Range
from typedflow.values import KeyPath


class Child(NamedTuple):
    """A value in a mapping or a list, and the range of its key (in a list, of the item itself)."""

    key: Range
    position: "Position"


class Position(NamedTuple):
    """The position of a value and of its children. YAML's aliases share children, so the tree is not expanded."""

    at: Range
    children: dict[str | int, Child]


class Repeat(NamedTuple):
    """A key that is set again."""

    path: KeyPath
    first: Range
    second: Range


def find(root: Position, path: KeyPath) -> Child | None:
    """Return what is at a key path, or None; the whole document is its own key."""
    child = Child(root.at, root)
    for key in path:
        found = child.position.children.get(key)
        if found is None:
            return None
        child = found
    return child


def find_deepest(root: Position, path: KeyPath) -> Child:
    """Return what is at the longest prefix of a key path that the text has."""
    child = Child(root.at, root)
    for key in path:
        found = child.position.children.get(key)
        if found is None:
            break
        child = found
    return child
