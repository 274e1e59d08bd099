"""What the writers of settings are given: a tree, and where its leaves come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typedflow.render._names import name_from
from typedflow.values import KeyPath, LeafOrigin, Location, format_path, printable


@dataclass(frozen=True, slots=True)
class RemovedLeaf:
    """A leaf of a lower layer that a higher one took away."""

    path: KeyPath
    origin: Location
    by: Location
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """Plain values to write. ``base`` is the key path of ``tree`` in the whole; without ``leaves`` no origin is shown.

    Places below ``root`` are named from there. Of the leaves that are ``masked``, the tree has the masks.
    """

    tree: Any
    base: KeyPath = ()
    leaves: Mapping[KeyPath, LeafOrigin] | None = None
    removed: tuple[RemovedLeaf, ...] = ()
    root: Path | None = None
    masked: frozenset[KeyPath] = frozenset()

    def comment(self, path: KeyPath) -> str:
        """Return the words that stand beside a leaf: that it is masked, where it is from, and what it shadows."""
        words = ("masked" if (*self.base, *path) in self.masked else "", self._origin(path))
        return ", ".join(filter(None, words))

    def _origin(self, path: KeyPath) -> str:
        found = (self.leaves or {}).get((*self.base, *path))
        if found is None:
            return ""
        if found.is_default:
            return f"default, {self.name(found.origin, column=False)}"
        shadows = [self.name(place) for place in found.shadows]
        return f"{self.name(found.origin)}, shadows {', '.join(shadows)}" if shadows else self.name(found.origin)

    def endnotes(self) -> list[str]:
        """Give a line for each leaf that was taken away."""
        return [printable(self._endnote(item)) for item in self.removed]

    def _endnote(self, item: RemovedLeaf) -> str:
        places = f"of {self.name(item.origin)}, by {self.name(item.by)}"
        return f"removed: {format_path(item.path)} {places} ({item.reason})"

    def source(self, place: Location) -> str:
        """Give the name of a place's source, from the root where it lies below it."""
        return name_from(place.name, self.root)

    def name(self, place: Location, *, column: bool = True) -> str:
        """Give a place as ``source:line:column``, on one line."""
        name = printable(self.source(place))
        name = f"default, {name}" if place.is_default else name
        if place.span is None:
            return name
        is_line = place.is_default or not column
        return f"{name}:{place.span.line}" if is_line else f"{name}:{place.span.line}:{place.span.column}"


def leaves(value: Any, path: KeyPath = ()) -> list[tuple[KeyPath, Any]]:
    """Give every leaf of a tree in order; empty mappings and lists count as leaves."""
    if isinstance(value, dict) and value:
        return [leaf for key, item in value.items() for leaf in leaves(item, (*path, key))]
    if isinstance(value, list) and value:
        return [leaf for index, item in enumerate(value) for leaf in leaves(item, (*path, index))]
    return [(path, value)]
