"""YAML 1.2 to plain values, from libyaml's events; finds all problems in one pass."""

import math
from collections.abc import Iterator
from itertools import islice
from typing import Any, NoReturn

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from yaml.reader import ReaderError

from typedflow.parsing._diagnostics import diagnostic_at, shorten
from typedflow.parsing._integer_keys import IntegerKey, IntegerKeyed
from typedflow.parsing._limits import MAX_DEPTH, MAX_NODES, MAX_PROBLEMS, TOO_DEEP, TOO_MANY
from typedflow.parsing._yaml_aliases import Anchors
from typedflow.parsing._yaml_events import events, range_of, syntax_problem
from typedflow.parsing._yaml_scalars import (
    LIST_TAGS,
    MAPPING_TAGS,
    MERGE,
    SCALAR_TAGS,
    TooManyDigitsError,
    parse_plain,
    parse_tagged,
    short_tag,
)
from typedflow.parsing._yaml_strict import Flaw, find_flaws
from typedflow.values import Diagnostic, Source, TypedflowError, format_path

_NAMES: dict[type, str] = {
    int: "an integer",
    float: "a number",
    bool: "a boolean",
    type(None): "null",
    dict: "a mapping",
    list: "a list",
}


def read(source: Source) -> Any:
    """Return the value of the document in a YAML text; ``{}`` for an empty text.

    Raises:
        TypedflowError: with all problems up to the first syntax error.
    """
    reader = _Reader(source)
    value = None
    try:
        value = reader.document()
    except (ReaderError, yaml.MarkedYAMLError) as error:
        reader.problems.append(syntax_problem(source, error))
    except StopIteration:
        reader.problems.append(diagnostic_at(source, "too-large", TOO_MANY, (0, 0)))
    except _StopError:
        pass
    if found := find_flaws(source.text):
        reader.problems = _up_to_flaw(
            [_flaw_diagnostic(source, flaw) for flaw in islice(found, MAX_PROBLEMS)], reader.problems
        )
    if reader.problems:
        raise TypedflowError(reader.problems)
    return IntegerKeyed(value) if reader.has_integer_keys and isinstance(value, dict) else value


def _flaw_diagnostic(source: Source, flaw: Flaw) -> Diagnostic:
    return diagnostic_at(source, "invalid-syntax", flaw.message, flaw.at, hint=flaw.hint)


def _up_to_flaw(flaws: list[Diagnostic], problems: list[Diagnostic]) -> list[Diagnostic]:
    """Return all flaws, and the problems before the first flaw; after it, libyaml's reading is unreliable."""
    if not flaws:
        return problems
    first = _start(flaws[0])
    return [*(found for found in problems if _start(found) < first), *flaws]


def _start(diagnostic: Diagnostic) -> tuple[int, int]:
    span = diagnostic.location.span if diagnostic.location else None
    return (span.line, span.column) if span else (1, 1)


def read_plain(source: Source) -> Any:
    """Return the value of a whole text as one plain scalar; the empty text is a string."""
    if not source.text:
        return ""
    reader = _Reader(source)
    start, end = (yaml.Mark("", offset, 0, offset, None, 0) for offset in (0, len(source.text)))
    value = reader.value(ScalarEvent(None, None, (True, False), source.text, start, end), 0)
    if reader.problems:
        raise TypedflowError(reader.problems)
    return value


class _StopError(Exception):
    """Reading must stop; the problem is noted."""


class _Reader:
    """Reads one text; keeps its current path, its anchors and its problems."""

    __slots__ = ("_anchors", "_events", "_expanded", "_path", "_source", "has_integer_keys", "problems")

    def __init__(self, source: Source) -> None:
        self._source = source
        self._events: Iterator[Any] = iter(())
        self._path: list[str | int] = []
        self._anchors = Anchors()
        self._expanded = 0
        self.has_integer_keys = False
        self.problems: list[Diagnostic] = []

    def document(self) -> Any:
        self._events = events(self._source)
        next(self._events)  # the start of the stream
        if not isinstance(next(self._events), DocumentStartEvent):
            return {}
        first = next(self._events)
        value = self.value(first, 0)
        next(self._events)  # the end of the document
        if isinstance(second := next(self._events), DocumentStartEvent):
            self._note("invalid-syntax", "a second document starts here", second, label="use one document per file")
        is_empty = value is None and first.end_mark.index == first.start_mark.index
        return {} if is_empty else value

    def value(self, event: Any, depth: int) -> Any:
        kind = event.__class__
        if kind is AliasEvent:
            return self._alias(event, depth)
        if event.anchor is not None:
            self._anchors.open(event.anchor)
        value: Any
        if kind is ScalarEvent:
            value = self._scalar(event)
        else:
            if depth >= MAX_DEPTH:
                self._stop("too-large", TOO_DEEP, event)
            is_list = kind is SequenceStartEvent
            if event.tag is not None and event.tag not in (LIST_TAGS if is_list else MAPPING_TAGS):
                self._refuse_tag(event)
            value = self._list(depth + 1) if is_list else self._mapping(depth + 1)
        if event.anchor is not None:
            self._anchors.close(event.anchor, value)
        return value

    def _scalar(self, event: Any) -> Any:
        text = event.value
        tag = event.tag
        try:
            if tag is not None:
                value = parse_tagged(text, tag) if tag in SCALAR_TAGS else self._refuse_tag(event)
            elif event.implicit[0]:
                value = parse_plain(text)
            else:
                return text
        except TooManyDigitsError as error:
            return self._note("too-large", str(error), event)
        except ValueError as error:
            return self._note("invalid-syntax", str(error), event)
        if value.__class__ is float and not math.isfinite(value):
            return self._note(
                "not-finite", f"`{shorten(text)}` is not a finite number", event, label="JSON cannot represent it"
            )
        return value

    def _list(self, depth: int) -> list[Any]:
        result: list[Any] = []
        path, value, following = self._path, self.value, self._events
        event = next(following)
        while event.__class__ is not SequenceEndEvent:
            path.append(len(result))
            result.append(value(event, depth))
            path.pop()
            event = next(following)
        return result

    def _mapping(self, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        firsts: dict[str, Any] = {}
        bases: list[dict[str, Any]] = []
        path, value, following = self._path, self.value, self._events
        event = next(following)
        while event.__class__ is not MappingEndEvent:
            key = self._key(event, depth, firsts)
            path.append(key)
            item = value(next(following), depth)
            path.pop()
            if key == MERGE and event.__class__ is ScalarEvent and event.implicit[0]:
                bases += self._bases(item, event)
            else:
                result[key] = item
            event = next(following)
        for base in bases:
            if self.has_integer_keys:  # of two equal keys, keep the one that was written last, with its mark
                base = {key: item for key, item in base.items() if key not in result}  # noqa: PLW2901
            result = {**base, **result}
        return result

    def _key(self, event: Any, depth: int, firsts: dict[str, Any]) -> str:
        if event.__class__ is not ScalarEvent:
            key = self.value(event, depth)
            if event.__class__ is AliasEvent and type(key) in (str, int):
                key = self._integer(key) if type(key) is int else key
                if firsts.setdefault(key, event) is not event:
                    self._note_duplicate(key, event, firsts[key])
                return key
            message = f"a key must be a string or an integer, not {_NAMES.get(type(key), 'another value')}"
            self._note("key-not-a-string", message, event)
            return self._source.text[slice(*range_of(event, self._source.text))]
        text: str = event.value
        value: Any = text
        if event.tag is not None or event.anchor is not None:
            value = self.value(event, depth)
        elif event.implicit[0]:
            value = _plain_key(text)
        kind = type(value)
        if kind is int:
            text = self._integer(value)
        elif kind is not str:
            quote = f'quote it: `"{shorten(text)}"`; if the model has integer keys, write an integer'
            message = f"the key `{shorten(text)}` is {_NAMES[kind]}; a key must be a string or an integer"
            self._note("key-not-a-string", message, event, hint=quote if text else "write a key before the colon")
            return text
        if firsts.setdefault(text, event) is not event:
            self._note_duplicate(text, event, firsts[text])
        return text

    def _integer(self, value: int) -> IntegerKey:
        self.has_integer_keys = True
        return IntegerKey(value)

    def _note_duplicate(self, key: str, event: Any, first: Any) -> None:
        path = (*self._path, key)
        first_range, at = range_of(first, self._source.text), range_of(event, self._source.text)
        message = f"`{format_path(path)}` is set twice"
        self._add(diagnostic_at(self._source, "duplicate-key", message, at, path=path, first=first_range))

    def _bases(self, item: Any, event: Any) -> list[dict[str, Any]]:
        bases = item if isinstance(item, list) else [item]
        if all(isinstance(base, dict) for base in bases):
            return bases
        self._note("not-a-mapping", f"`{MERGE}` requires a mapping or a list of mappings", event)
        return []

    def _alias(self, event: Any, depth: int) -> Any:
        name = event.anchor
        anchored = self._anchors.by_name.get(name)
        if anchored is None:
            message = f"`*{name}` has no anchor `&{name}` before it"
            if name in self._anchors.by_name:
                message = f"the alias `*{name}` is inside its own anchor"
            return self._note("invalid-syntax", message, event)
        self._expanded += anchored.size
        if self._expanded > MAX_NODES:
            self._stop("too-large", TOO_MANY + " once aliases are expanded", event)
        if depth + anchored.height > MAX_DEPTH:
            self._stop("too-large", TOO_DEEP + " once aliases are expanded", event)
        return anchored.value

    def _refuse_tag(self, event: Any) -> Any:
        message = f"the tag `{shorten(short_tag(event.tag))}` is not supported"
        return self._note("unsupported-tag", message, event, hint="remove the tag: a config has plain values only")

    def _note(self, rule: str, message: str, event: Any, *, label: str = "", hint: str = "") -> Any:
        at, path = range_of(event, self._source.text), tuple(self._path)
        self._add(diagnostic_at(self._source, rule, message, at, label=label, hint=hint, path=path))

    def _add(self, diagnostic: Diagnostic) -> None:
        self.problems.append(diagnostic)
        if len(self.problems) == MAX_PROBLEMS:
            raise _StopError

    def _stop(self, rule: str, message: str, event: Any) -> NoReturn:
        self._note(rule, message, event)
        raise _StopError


def _plain_key(text: str) -> Any:
    try:
        return parse_plain(text)
    except TooManyDigitsError:
        return math.inf  # a number, but not a valid key
