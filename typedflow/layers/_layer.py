"""A layer: one parsed source at one rank, and the directives at its top."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from typedflow.layers._directives import NO_DIRECTIVES, Directives, split_directives
from typedflow.parsing import without_marks
from typedflow.values import KeyPath, Origin, Source, has_path


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
    """A tree of plain values, its source, and how it is to be merged.

    ``prefix`` is where the source's own text begins in the tree (an option's text is one value at a key path, a
    section's file the value of a key); ``root`` is where the tree, or what is at the prefix, begins in the source's
    text (``tool.typedflow`` of a ``pyproject.toml``, an environment's block in a file of several).
    ``integers`` are the paths of the keys that the source has as integers, and the tree as decimal text.
    ``spelling`` has the keys that the source's text writes in another way than the tree, by key path.
    ``complete``: the source is a whole config as it was stored; no default of the model counts below it.
    """

    source: Source
    tree: Any
    rank: Rank = Rank.FILE
    directives: Directives = NO_DIRECTIVES
    prefix: KeyPath = ()
    root: KeyPath = ()
    integers: frozenset[KeyPath] = frozenset()
    spelling: Mapping[KeyPath, str] = field(default_factory=dict)
    complete: bool = False

    def origin(self, path: KeyPath) -> Origin:
        """Return the origin of the value at a key path of this layer's tree."""
        return Origin(self.source, (*self.root, *self.written(path)[len(self.prefix) :]))

    def written(self, path: KeyPath) -> KeyPath:
        """Return a key path of this layer's tree with the keys of its source."""
        if not self.spelling:
            return path
        return tuple(self.spelling.get(path[: index + 1], key) for index, key in enumerate(path))

    def path_of(self, origin: Origin) -> KeyPath:
        """Return the key path in this layer's tree of an origin in its source."""
        path = self.prefix
        for key in origin.path[len(self.root) :]:
            here = path
            found = (other[-1] for other, text in self.spelling.items() if other[:-1] == here and text == key)
            path = (*here, next(found, key))
        return path

    def sets(self, path: KeyPath) -> bool:
        """Return whether this layer's tree has a value at a key path."""
        return has_path(self.tree, path)


def layer(source: Source, tree: Any, rank: Rank = Rank.FILE, prefix: KeyPath = ()) -> Layer:
    """Return the layer of a parsed source, its ``$merge`` directives and its ``$schema`` taken out of the tree.

    Raises:
        TypedflowError: directives that cannot be read, all of them.
    """
    integers: frozenset[KeyPath] = frozenset()
    if tree.__class__ is not dict:
        tree, integers = without_marks(tree)
    if not prefix:
        tree = without_schema(tree)
    if not isinstance(tree, dict) or "$merge" not in tree:
        return Layer(source, tree, rank, prefix=prefix, integers=integers)
    values, directives = split_directives(source, tree)
    return Layer(source, values, rank, directives, prefix, integers=integers)


def section_layer(source: Source, tree: Any, rank: Rank, section: str, root: KeyPath = ()) -> Layer:
    """Return the layer of a parsed source whose mapping at ``root`` is the value of a section: of a key of the tree.

    Raises:
        TypedflowError: directives that cannot be read, all of them.
    """
    integers: frozenset[KeyPath] = frozenset()
    if tree.__class__ is not dict:
        tree, integers = without_marks(tree)
        inside = (path for path in integers if len(path) > len(root) and path[: len(root)] == root)
        integers = frozenset((section, *path[len(root) :]) for path in inside)
    content: Any = tree if root else without_schema(tree)
    for key in root:
        content = content[key]
    directives = NO_DIRECTIVES
    if "$merge" in content:
        content, directives = split_directives(source, content, (section,), root)
    return Layer(source, {section: content}, rank, directives, (section,), root, integers)


def without_schema(tree: Any) -> Any:
    """Return a file's tree without the ``$schema`` at its top, which is for editors."""
    if not isinstance(tree, dict) or not isinstance(tree.get("$schema"), str):
        return tree
    return {key: value for key, value in tree.items() if key != "$schema"}
