"""The positions of the values in a YAML text."""

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

from typedflow.parsing._positions import Child, Position
from typedflow.parsing._yaml_events import events, range_of
from typedflow.parsing._yaml_scalars import MERGE, key_text
from typedflow.values import Source


def read_positions(text: str) -> Position | None:
    """Return the positions in a YAML text that is known to be valid, or None when it is empty."""
    mapper = _Mapper(text, events(Source("", text, "yaml")))
    next(mapper.events)
    if not isinstance(next(mapper.events), DocumentStartEvent):
        return None
    return mapper.value(next(mapper.events)).position


class _Read(NamedTuple):
    position: Position
    text: str


class _Mapper:
    """Maps a text that is known to be valid."""

    def __init__(self, text: str, events: Iterator[Any]) -> None:
        self.events = events
        self._text = text
        self._anchors: dict[str | None, _Read] = {}

    def value(self, event: Any) -> _Read:
        if isinstance(event, AliasEvent):
            target = self._anchors[str(event.anchor)]
            return _Read(Position(range_of(event, self._text), target.position.children), target.text)
        self._anchors.pop(event.anchor, None)
        if isinstance(event, ScalarEvent):
            read = _Read(Position(range_of(event, self._text), {}), key_text(event))
        else:
            is_list = isinstance(event, SequenceStartEvent)
            start, end = range_of(event, self._text)
            children, last, close = self._list(end) if is_list else self._mapping(end)
            # A block has no end marker: libyaml ends it where the next token begins.
            read = _Read(Position((start, range_of(close, self._text)[1] if event.flow_style else last), children), "")
        if event.anchor is not None:
            self._anchors.setdefault(event.anchor, read)  # a node inside it may have reused its name
        return read

    def _list(self, end: int) -> tuple[dict[str | int, Child], int, Any]:
        children: dict[str | int, Child] = {}
        while not isinstance(event := next(self.events), SequenceEndEvent):
            position = self.value(event).position
            children[len(children)] = Child(position.at, position)
            end = position.at[1]
        return children, end, event

    def _mapping(self, end: int) -> tuple[dict[str | int, Child], int, Any]:
        children: dict[str | int, Child] = {}
        merged: dict[str | int, Child] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            key = self.value(event)
            position = self.value(next(self.events)).position
            if key.text == MERGE and isinstance(event, ScalarEvent) and event.implicit[0]:
                merged = {**_bases(position), **merged}
            else:
                children[key.text] = Child(key.position.at, position)
            end = position.at[1]
        return {**merged, **children}, end, event


def _bases(position: Position) -> dict[str | int, Child]:
    if 0 not in position.children:
        return dict(position.children)
    found: dict[str | int, Child] = {}
    for child in position.children.values():
        found = {**child.position.children, **found}
    return found
