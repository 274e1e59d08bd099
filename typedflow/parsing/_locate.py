"""Key paths to positions, computed for a whole text at the first question about it."""

from functools import lru_cache

from typedflow.parsing._places import Child, Place, find
from typedflow.parsing._problems import location_at, span_at
from typedflow.parsing._readers import FORMATS, read
from typedflow.values import KeyPath, Location, Source, Span, TypedflowError


def locate(source: Source, path: KeyPath) -> Span | None:
    """Give the span of the value at a key path, or None when the text has no such value or no known format.

    A YAML alias stands where it is written, and what is below it stands at the anchor. A TOML table without braces
    stands at its key, where that is first named.
    """
    child = _child(source, path)
    return None if child is None else span_at(source.text, child.place.value)


def locate_key(source: Source, path: KeyPath) -> Span | None:
    """Give the span of the key at a key path (of a list's item: of the item), or None as ``locate`` does."""
    child = _child(source, path)
    return None if child is None else span_at(source.text, child.key)


def location(source: Source, path: KeyPath, *, key: bool = False) -> Location:
    """Give the location of the value (or the key) at a key path.

    A path that the text does not have is located at the key of its nearest ancestor; where that is the whole
    document, there is no span, since no line of it is more to blame than another.
    """
    if source.declared is not None:
        return source.declared() or Location(source.name)
    child = _child(source, path)
    if child is not None:
        return location_at(source, child.key if key else child.place.value)
    for length in range(len(path) - 1, 0, -1):
        if (ancestor := _child(source, path[:length])) is not None:
            return location_at(source, ancestor.key)
    return Location(source.name)


def _child(source: Source, path: KeyPath) -> Child | None:
    if source.format is None:
        return None
    root = _places(source.text, source.format)
    return None if root is None else find(root, path)


# Keyed on the text itself: it cannot go stale, a string keeps its hash, and an identical string is found by identity.
# Small, because many questions about a few files come together and a long-lived process must let old texts go.
@lru_cache(maxsize=64)
def _places(text: str, format_name: str) -> Place | None:
    if format_name not in FORMATS:
        return None
    try:
        read(Source("", text, format_name))
    except TypedflowError:
        return None
    from typedflow.parsing import _json_places, _toml_places, _yaml_places

    return {"toml": _toml_places.read, "yaml": _yaml_places.read, "json": _json_places.read}[format_name](text)
