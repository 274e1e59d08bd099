"""Where the values of a merged tree are, for findings about them."""

from __future__ import annotations

from typedflow.layers import Merged, provenance, through
from typedflow.parsing import location
from typedflow.values import KeyPath, Location, Origin, Provenance, Related, SourceKind, format_path


class ValuePlaces:
    """The locations of the values of one merged tree; ``provenance`` has the origin of each leaf."""

    def __init__(self, merged: Merged) -> None:
        """Find where every leaf comes from."""
        self.provenance: Provenance[Origin] = provenance(merged)
        self._merged = merged

    def base(self) -> Location | None:
        """Return the location of the lowest source, for findings about the whole config."""
        return Location(self._merged.stack[0].source.name) if self._merged.stack else None

    def written(self, path: KeyPath) -> str:
        """Return a key path with the keys as its file has them."""
        origin = self.origin(path)
        above = [origin.above(count).key for count in reversed(range(len(path)))] if origin else []
        keys = [each.path[len(self._root(each)) :][-1:] for each in above] or [()] * len(path)
        pairs = zip(path, keys, strict=True)
        return format_path(tuple(there[0] if there and isinstance(there[0], str) else key for key, there in pairs))

    def _root(self, origin: Origin) -> KeyPath:
        """Return where the tree of an origin's layer begins in its source."""
        layer = self._merged.layer_of(origin)
        return layer.root if layer else ()

    def place(self, path: KeyPath, *, key: bool = False) -> Location | None:
        """Return the location of the value, or the key, at a key path."""
        origin = self.origin(path)
        origin = origin.key if origin and key else origin
        if origin is not None and not origin.path and origin.source.declared is None:
            return Location(origin.source.name)  # not the first key: the finding is about the file as a whole
        return location(origin.source, origin.path, key=key) if origin else None

    def through(self, path: KeyPath, *, key: bool = False) -> tuple[Related, ...]:
        """Return the places of the references and includes that a value comes through."""
        origin = self.origin(path)
        return through(origin.key if origin and key else origin)

    def origin(self, path: KeyPath) -> Origin | None:
        """Return the origin of the value at a key path: of a mapping or a list, that of something in it."""
        leaf = self.provenance.leaves.get(path)
        if leaf:
            return leaf.origin
        if not path:
            return None
        origins = ((below, each.origin) for below, each in self.provenance.leaves.items() if below[: len(path)] == path)
        found = [origin.above(len(below) - len(path)) for below, origin in origins]
        files = (origin for origin in found if origin.source.kind is not SourceKind.DEFAULT)
        setters = (layer.origin(path) for layer in reversed(self._merged.stack) if layer.sets(path))
        return next(files, None) or next(setters, None) or next(iter(found), None)

    def shadows(self, path: KeyPath) -> tuple[Related, ...]:
        """Return the places that the value at a key path overrides."""
        leaf = self.provenance.leaves.get(path)
        shadows = leaf.shadows if leaf else ()
        return tuple(
            Related(
                "shadows",
                location(origin.source, origin.path),
                "(default)" if origin.source.kind is SourceKind.DEFAULT else "",
            )
            for origin in shadows
        )
