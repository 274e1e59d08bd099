"""A layer: one parsed source at one rank, and the directives at its top."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from typedflow.layers._directives import NO_DIRECTIVES, Directives, split_directives
from typedflow.values import KeyPath, Origin, Source, has_item


class Rank(IntEnum):
    """The order of layers, lowest precedence first."""

    DEFAULT = 0
    FILE = 1
    GLOBAL = 2
    ENVIRONMENT = 3
    BINDING = 4
    VARIABLE = 5
    OPTION = 6


@dataclass(frozen=True, slots=True)
class Layer:
    """A tree of plain values, where it comes from, and how it asks to be merged.

    ``prefix`` is where the source's own text begins in the tree (an option's text is one value at a key path);
    ``root`` is where the tree begins in the source's text (``tool.typedflow`` of a ``pyproject.toml``).
    ``complete``: the source is a whole config as it was stored; no default of the model lies under what it sets.
    """

    source: Source
    tree: Any
    rank: Rank = Rank.FILE
    directives: Directives = NO_DIRECTIVES
    prefix: KeyPath = ()
    root: KeyPath = ()
    complete: bool = False

    def origin(self, path: KeyPath) -> Origin:
        """Give the origin of the value at a key path of this layer's tree."""
        return Origin(self.source, (*self.root, *path[len(self.prefix) :]))

    def sets(self, path: KeyPath) -> bool:
        """Tell whether this layer's tree has a value at a key path."""
        value: Any = self.tree
        for key in path:
            if not has_item(value, key):
                return False
            value = value[key]
        return True


def layer(source: Source, tree: Any, rank: Rank = Rank.FILE, prefix: KeyPath = ()) -> Layer:
    """Make a layer of a parsed source, its ``$merge`` directives and its ``$schema`` taken out of the tree.

    Raises:
        TypedflowError: directives that cannot be read, all of them.
    """
    if not prefix:
        tree = without_schema(tree)
    if not isinstance(tree, dict) or "$merge" not in tree:
        return Layer(source, tree, rank, prefix=prefix)
    values, directives = split_directives(source, tree)
    return Layer(source, values, rank, directives, prefix)


def without_schema(tree: Any) -> Any:
    """Give a file's tree without the ``$schema`` at its top: JSON has no comments in which editors could be told."""
    if not isinstance(tree, dict) or not isinstance(tree.get("$schema"), str):
        return tree
    return {key: value for key, value in tree.items() if key != "$schema"}
