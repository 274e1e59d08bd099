"""The plain scalars of a YAML text, whose meaning depends on their form and on the version of YAML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from typedflow.parsing._diagnostics import Range, location_at
from typedflow.parsing._formats import parse_any
from typedflow.parsing._yaml_events import events, range_of
from typedflow.parsing._yaml_scalars import MERGE, key_text, parse_plain
from typedflow.values import KeyPath, Location, Source

_END_OF_PAIR = re.compile(r"\s*(?:[,}]|#)")


@dataclass(frozen=True, slots=True)
class PlainScalar:
    """A scalar without quotes or tag, and its value in YAML 1.2; a key is a string or an integer."""

    text: str
    value: object
    path: KeyPath
    is_key: bool
    _source: Source = field(repr=False)
    _at: Range = field(repr=False)

    @property
    def location(self) -> Location:
        """The scalar's location."""
        return location_at(self._source, self._at)

    @property
    def can_be_pair(self) -> bool:
        """Whether the syntax allows a key and a value here instead, such as ``{a: 1}`` for ``{a:1}``.

        It does for a key without a value in a flow mapping, for a list item, and for a value on lines of its own.
        """
        text, (start, end) = self._source.text, self._at
        if self.is_key:
            return _END_OF_PAIR.match(text, end) is not None
        if self.path and isinstance(self.path[-1], int):
            return True
        return text[text.rfind("\n", 0, start) + 1 : start].isspace()


def plain_scalars(source: Source) -> Iterator[PlainScalar]:
    """Return the plain scalars of a YAML source in the order of its text; aliases do not repeat them.

    Raises:
        TypedflowError: the text is not valid YAML.
    """
    if source.format != "yaml":
        return
    parse_any(source)
    following = events(source)
    next(following)
    if isinstance(next(following), DocumentStartEvent):
        yield from _Walk(source, following).value(next(following), ())


class _Walk:
    """Walks through a text that is known to be valid."""

    def __init__(self, source: Source, following: Iterator[Any]) -> None:
        self._source = source
        self._following = following
        self._texts: dict[str, str] = {}

    def value(self, event: Any, path: KeyPath) -> Iterator[PlainScalar]:
        if isinstance(event, ScalarEvent):
            yield from self._scalar(event, path, is_key=False)
        elif not isinstance(event, AliasEvent):
            yield from self._mapping(path) if isinstance(event, MappingStartEvent) else self._list(path)

    def _scalar(self, event: Any, path: KeyPath, *, is_key: bool) -> Iterator[PlainScalar]:
        self._text(event)
        text: str = event.value
        if event.tag is None and event.implicit[0]:
            value = parse_plain(text)
            if is_key and type(value) is not int:
                value = text
            yield PlainScalar(text, value, path, is_key, self._source, range_of(event, self._source.text))

    def _list(self, path: KeyPath) -> Iterator[PlainScalar]:
        index = 0
        while not isinstance(event := next(self._following), SequenceEndEvent):
            yield from self.value(event, (*path, index))
            index += 1

    def _mapping(self, path: KeyPath) -> Iterator[PlainScalar]:
        while not isinstance(event := next(self._following), MappingEndEvent):
            key = self._text(event)
            here = (*path, key)
            if isinstance(event, ScalarEvent) and key != MERGE:
                yield from self._scalar(event, here, is_key=True)
            yield from self.value(next(self._following), here)

    def _text(self, event: Any) -> str:
        """Return the text of a scalar or of an alias of one, and keep it if it is anchored."""
        if isinstance(event, AliasEvent):
            return self._texts[str(event.anchor)]
        text = key_text(event)
        if event.anchor is not None:
            self._texts[event.anchor] = text
        return text
