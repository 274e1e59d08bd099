"""A layer: one parsed source at one rank, and the directives at its top."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Protocol

from typedflow.layers._directives import NO_DIRECTIVES, Directives, Extended, split_directives
from typedflow.parsing import without_marks
from typedflow.values import KeyPath, Location, Origin, Source, has_path

if TYPE_CHECKING:
    from typedflow.values import LeafOrigin, RemovedLeaf


class Rank(IntEnum):
    """The order of layers, lowest precedence first."""

    DEFAULT = 0
    FILE = 1
    GLOBAL = 2
    ENVIRONMENT = 3
    BINDING = 4
    VARIABLE = 5
    OPTION = 6


class IncludedFiles(Protocol):
    """The files that ``$include`` can name."""

    def read(self, name: str, place: Location) -> tuple[Source, Any]:
        """Return the file with a name, parsed; ``place`` is that of the name, for what is wrong with it.

        Raises:
            TypedflowError: there is no such file, it is outside of the directory, or its own errors.
        """


@dataclass(frozen=True, slots=True)
class Layer:
    """A tree of plain values, its source, and how it is to be merged.

    ``prefix`` is where the source's own text begins in the tree (an option's text is one value at a key path, a
    section's file the value of a key); ``root`` is where the tree, or what is at the prefix, begins in the source's
    text (``tool.typedflow`` of a ``pyproject.toml``, an environment's block in a file of several).
    ``integers`` are the paths of the keys that the source has as integers, and the tree as decimal text.
    ``spelling`` has the keys that the source's text writes in another way than the tree, by key path.
    ``complete``: the source is a whole config as it was stored; no default of the model counts below it.
    ``extends`` are the bindings whose settings are directly below.
    ``raw``: directives in the tree (``$ref`` and others) are still as the source has them; ``files`` are those that it
    can include. Later, ``references``: it has some, as ``Reference``; ``inner`` are the layers of what it includes, and
    ``brought`` has the origins of what is not where the source has it, by key path, ``removed`` what was lost.
    ``base`` is where the tree begins in that of a whole config: the layer is part of another one.
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
    extends: tuple[Extended, ...] = ()
    raw: bool = False
    files: IncludedFiles | None = field(default=None, compare=False)
    references: bool = False
    inner: tuple[Layer, ...] = ()
    brought: Mapping[KeyPath, LeafOrigin[Origin]] = field(default_factory=dict)
    removed: tuple[RemovedLeaf[Origin], ...] = ()
    base: KeyPath = ()

    def origin(self, path: KeyPath) -> Origin:
        """Return the origin of the value at a key path of this layer's tree."""
        written = self.written(path)
        for end in range(len(written), -1, -1) if self.brought else ():
            if written[:end] in self.brought:
                return self.brought[written[:end]].origin.at(written[end:])
        return Origin(self.source, (*self.root, *written[len(self.prefix) :]))

    def leaf(self, path: KeyPath) -> LeafOrigin[Origin]:
        """Return the origin of a leaf of this layer's tree, and what it shadows in what the layer includes."""
        from typedflow.values import LeafOrigin

        known = self.brought.get(self.written(path))
        return known or LeafOrigin(self.origin(path))

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
        base = self.base
        return path[: len(base)] == base and has_path(self.tree, path[len(base) :])


def layer(
    source: Source, tree: Any, rank: Rank = Rank.FILE, prefix: KeyPath = (), files: IncludedFiles | None = None
) -> Layer:
    """Return the layer of a parsed source; the directives at its top and its ``$schema`` are taken out of the tree.

    Raises:
        TypedflowError: directives that cannot be read, all of them.
    """
    integers: frozenset[KeyPath] = frozenset()
    if tree.__class__ is not dict:
        tree, integers = without_marks(tree)
    if not prefix:
        tree = without_schema(tree)
    found = Layer(
        source, tree, rank, prefix=prefix, integers=integers, raw=may_have_directives(source.text), files=files
    )
    return _split(found, tree, ()) if isinstance(tree, dict) else found


def section_layer(
    source: Source, tree: Any, rank: Rank, section: str, root: KeyPath = (), files: IncludedFiles | None = None
) -> Layer:
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
    raw = may_have_directives(source.text)
    found = Layer(source, {}, rank, prefix=(section,), root=root, integers=integers, raw=raw, files=files)
    return _split(found, content, (section,))


def _split(found: Layer, content: dict[str, Any], prefix: KeyPath) -> Layer:
    """Return a layer with content, which is at a key path of its tree, without the directives at the top of that."""
    can_extend = found.rank is Rank.BINDING
    if "$merge" in content or (can_extend and "$extends" in content):
        values, directives, extends = split_directives(found.source, content, prefix, found.root, can_extend=can_extend)
        found = replace(found, directives=directives, extends=extends)
        content = values
    for key in reversed(prefix):
        content = {str(key): content}
    return replace(found, tree=content)


def may_have_directives(text: str) -> bool:
    """Return whether a text may have keys that begin with `$`; a backslash may stand for one in quotes."""
    return "$" in text or "\\" in text


def without_schema(tree: Any) -> Any:
    """Return a file's tree without the ``$schema`` at its top, which is for editors."""
    if not isinstance(tree, dict) or not isinstance(tree.get("$schema"), str):
        return tree
    return {key: value for key, value in tree.items() if key != "$schema"}
