"""The plain scalars of a YAML text: they mean what their form says, and not the same in every version of YAML."""

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

from typedflow.parsing._problems import Range, location_at
from typedflow.parsing._readers import read
from typedflow.parsing._yaml_events import events, range_of
from typedflow.parsing._yaml_scalars import MERGE, key_text, plain
from typedflow.values import KeyPath, Location, Source

_END_OF_PAIR = re.compile(r"\s*(?:[,}]|#)")


@dataclass(frozen=True, slots=True)
class PlainScalar:
    """A scalar without quotes and tags, and the value that it is by YAML 1.2; a key is a string or an integer."""

    text: str
    value: object
    path: KeyPath
    is_key: bool
    _source: Source = field(repr=False)
    _at: Range = field(repr=False)

    @property
    def location(self) -> Location:
        """Where the scalar stands."""
        return location_at(self._source, self._at)

    @property
    def can_be_pair(self) -> bool:
        """Whether a key and a value may stand here instead, as in ``{a: 1}`` for ``{a:1}``.

        They may as a key of a flow mapping that has no value, as an item of a list, and as a value on lines of its own.
        """
        text, (start, end) = self._source.text, self._at
        if self.is_key:
            return _END_OF_PAIR.match(text, end) is not None
        if self.path and isinstance(self.path[-1], int):
            return True
        return text[text.rfind("\n", 0, start) + 1 : start].isspace()


def plain_scalars(source: Source) -> Iterator[PlainScalar]:
    """Return the plain scalars of a YAML source in the order of its text, those behind an alias once.

    Raises:
        TypedflowError: the text is no document of its format.
    """
    if source.format != "yaml":
        return
    read(source)
    following = events(source)
    next(following)
    if isinstance(next(following), DocumentStartEvent):
        yield from _Walk(source, following).value(next(following), ())


class _Walk:
    """One reading of a text that is known to be good."""

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
            value = plain(text)
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
        """Return the text of a scalar or of an alias of one, and keep it where it is anchored."""
        if isinstance(event, AliasEvent):
            return self._texts[str(event.anchor)]
        text = key_text(event)
        if event.anchor is not None:
            self._texts[event.anchor] = text
        return text
