"""The input of all settings formats: a tree, and the origins of its leaves."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from typedflow.values import KeyPath, Location, format_location, format_path, printable

if TYPE_CHECKING:
    from typedflow.values import LeafOrigin, RemovedLeaf


class Document(NamedTuple):
    """Plain values to write. ``base`` is the key path of ``tree`` in the config; without ``leaves`` no origin is shown.

    Files below ``root`` are shown relative to it. The tree already has masks for the ``masked`` leaves.
    """

    tree: Any
    base: KeyPath = ()
    leaves: Mapping[KeyPath, LeafOrigin[Location]] | None = None
    removed: tuple[RemovedLeaf[Location], ...] = ()
    root: Path | None = None
    masked: frozenset[KeyPath] = frozenset()

    def comment(self, path: KeyPath) -> str:
        """Return the comment of a leaf: that it is masked, its origin, and what it shadows."""
        words = ("masked" if (*self.base, *path) in self.masked else "", self._origin(path))
        return ", ".join(filter(None, words))

    def _origin(self, path: KeyPath) -> str:
        found = (self.leaves or {}).get((*self.base, *path))
        if found is None:
            return ""
        origin = self.name(found.origin, column=not found.is_default)
        words = [f"default, {origin}" if found.is_default else origin]
        if found.through:
            words.append(f"through {', '.join(map(self.name, found.through))}")
        if found.shadows and not found.is_default:
            words.append(f"shadows {', '.join(map(self.name, found.shadows))}")
        return ", ".join(words)

    def endnotes(self) -> list[str]:
        """Return a line for each leaf that was removed."""
        return [printable(self._endnote(item)) for item in self.removed]

    def _endnote(self, item: RemovedLeaf[Location]) -> str:
        places = f"of {self.name(item.origin)}, by {self.name(item.by)}"
        return f"removed: {format_path(item.path)} {places} ({item.reason})"

    def leaf_from_root(self, leaf: LeafOrigin[Location]) -> LeafOrigin[Location]:
        """Return the origin of a leaf with sources relative to the root."""
        shadows, through = (tuple(map(self.from_root, places)) for places in (leaf.shadows, leaf.through))
        from dataclasses import replace

        return replace(leaf, origin=self.from_root(leaf.origin), shadows=shadows, through=through)

    def from_root(self, place: Location) -> Location:
        """Return a location whose source is relative to the root, if it is below it."""
        from typedflow.render._finding_text import relative_name

        return place._replace(name=relative_name(place.name, self.root))

    def name(self, place: Location, *, column: bool = True) -> str:
        """Return a location as ``source:line:column``, on one line; a default's declaration without the column."""
        place = self.from_root(place)
        text = format_location(place._replace(name=printable(place.name)), column=column and not place.is_default)
        return f"default, {text}" if place.is_default else text
