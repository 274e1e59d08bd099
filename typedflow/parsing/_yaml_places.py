"""Where the values of a YAML text stand."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from typedflow.parsing._places import Child, Place
from typedflow.parsing._yaml_events import events, range_of
from typedflow.parsing._yaml_scalars import MERGE, key_text
from typedflow.values import Source


def read(text: str) -> Place | None:
    """Return the places of a YAML text that is known to be good, or None when it is empty."""
    mapper = _Mapper(text, events(Source("", text, "yaml")))
    next(mapper.events)
    if not isinstance(next(mapper.events), DocumentStartEvent):
        return None
    return mapper.value(next(mapper.events)).place


class _Read(NamedTuple):
    place: Place
    text: str


class _Mapper:
    """One reading of a text that is known to be good."""

    def __init__(self, text: str, events: Iterator[Any]) -> None:
        self.events = events
        self._text = text
        self._anchors: dict[str | None, _Read] = {}

    def value(self, event: Any) -> _Read:
        if isinstance(event, AliasEvent):
            target = self._anchors[str(event.anchor)]
            return _Read(Place(range_of(event, self._text), target.place.children), target.text)
        self._anchors.pop(event.anchor, None)
        if isinstance(event, ScalarEvent):
            read = _Read(Place(range_of(event, self._text), {}), key_text(event))
        else:
            is_list = isinstance(event, SequenceStartEvent)
            start, end = range_of(event, self._text)
            children, last, close = self._list(end) if is_list else self._mapping(end)
            # A block has no end of its own: libyaml ends it where the next token begins.
            read = _Read(Place((start, range_of(close, self._text)[1] if event.flow_style else last), children), "")
        if event.anchor is not None:
            self._anchors.setdefault(event.anchor, read)  # a later node inside it may have taken its name
        return read

    def _list(self, end: int) -> tuple[dict[str | int, Child], int, Any]:
        children: dict[str | int, Child] = {}
        while not isinstance(event := next(self.events), SequenceEndEvent):
            place = self.value(event).place
            children[len(children)] = Child(place.value, place)
            end = place.value[1]
        return children, end, event

    def _mapping(self, end: int) -> tuple[dict[str | int, Child], int, Any]:
        children: dict[str | int, Child] = {}
        merged: dict[str | int, Child] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            key = self.value(event)
            place = self.value(next(self.events)).place
            if key.text == MERGE and isinstance(event, ScalarEvent) and event.implicit[0]:
                merged = {**_bases(place), **merged}
            else:
                children[key.text] = Child(key.place.value, place)
            end = place.value[1]
        return {**merged, **children}, end, event


def _bases(place: Place) -> dict[str | int, Child]:
    if 0 not in place.children:
        return dict(place.children)
    found: dict[str | int, Child] = {}
    for child in place.children.values():
        found = {**child.place.children, **found}
    return found
