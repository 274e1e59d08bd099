"""Key paths to positions, computed for a whole text when the first position in it is needed."""

from functools import lru_cache
from importlib import import_module

from typedflow.parsing._diagnostics import location_at, span_at
from typedflow.parsing._formats import FORMATS, parse_any
from typedflow.parsing._positions import Child, Position, find
from typedflow.values import KeyPath, Location, Source, Span, TypedflowError


def locate(source: Source, path: KeyPath) -> Span | None:
    """Return the span of the value at a key path, or None when the text has no such value or no known format.

    A YAML alias is located where it is written, and the values below it at the anchor. A TOML table without braces is
    located at its key, where it is first named.
    """
    child = _child(source, path)
    return None if child is None else span_at(source.text, child.position.at)


def locate_key(source: Source, path: KeyPath) -> Span | None:
    """Return the span of the key at a key path (for a list item: of the item), or None as ``locate`` does."""
    child = _child(source, path)
    return None if child is None else span_at(source.text, child.key)


def location(source: Source, path: KeyPath, *, key: bool = False, with_line: bool = True) -> Location:
    """Return the location of the value (or the key) at a key path.

    A path that is missing in the text is located at the key of its nearest ancestor. If that is the whole document,
    the location has no span. ``with_line``: it has the line there, for a finding.
    """
    if source.declared is not None:
        return source.declared() or Location(source.name)
    child = _child(source, path)
    if child is not None:
        return location_at(source, child.key if key else child.position.at, with_line=with_line)
    for length in range(len(path) - 1, 0, -1):
        if (ancestor := _child(source, path[:length])) is not None:
            return location_at(source, ancestor.key, with_line=with_line)
    return Location(source.name)


def _child(source: Source, path: KeyPath) -> Child | None:
    if source.format is None:
        return None
    root = _positions(source.text, source.format)
    return None if root is None else find(root, path)


# The key is the text itself: it cannot go stale, a string caches its hash, and is found by identity.
# Small, because many positions in a few files are needed at a time, and a long-lived process must free old texts.
@lru_cache(maxsize=64)
def _positions(text: str, format_name: str) -> Position | None:
    if format_name not in FORMATS.values():
        return None
    try:
        parse_any(Source("", text, format_name))
    except TypedflowError:
        return None
    found: Position | None = import_module(f"{__package__}._{format_name}_positions").read_positions(text)
    return found
