"""What a YAML text means by PyYAML's parser in Python, which shares no code with libyaml, and YAML 1.2's table."""

import math
import re
from collections.abc import Iterator
from typing import Any

import yaml

#: Source: https://yaml.org/spec/1.2.2/#1032-tag-resolution
CORE_SCHEMA = (
    ("null", re.compile("null|Null|NULL|~|"), lambda _: None),
    ("bool", re.compile("true|True|TRUE"), lambda _: True),
    ("bool", re.compile("false|False|FALSE"), lambda _: False),
    ("int", re.compile("[-+]?[0-9]+"), int),
    ("int", re.compile("0o[0-7]+"), lambda text: int(text, 8)),
    ("int", re.compile("0x[0-9a-fA-F]+"), lambda text: int(text, 16)),
    ("float", re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"), float),
    ("float", re.compile(r"[-+]?(\.inf|\.Inf|\.INF)"), lambda text: -math.inf if text[0] == "-" else math.inf),
    ("float", re.compile(r"\.nan|\.NaN|\.NAN"), lambda _: math.nan),
)
NOTHING = ("", None, None, None)
PREFIX = "tag:yaml.org,2002:"


def load(text: str) -> Any:
    """Return the value of a text, ``{}`` where it has none.

    Raises:
        ValueError: it has more than one document, a key that is no string or is set twice, a tag that does not fit,
            or an alias without an anchor; or PyYAML's error.
    """
    return value_of(list(yaml.parse(text, yaml.SafeLoader)))


def value_of(events: list[Any]) -> Any:
    """Return the value of a stream's events, as ``load`` does."""
    events = events[1:-1]
    if not events:
        return {}
    if sum(isinstance(event, yaml.DocumentStartEvent) for event in events) > 1:
        raise ValueError("a second document")
    first = events[1]
    is_nothing = isinstance(first, yaml.ScalarEvent) and (first.value, first.anchor, first.tag, first.style) == NOTHING
    return {} if is_nothing else _Builder(iter(events[1:-1])).value()


class _Builder:
    """Events that become values."""

    def __init__(self, events: Iterator[Any]) -> None:
        self.events = events
        self.anchors: dict[str, Any] = {}

    def value(self, event: Any = None) -> Any:
        event = event or next(self.events)
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in self.anchors:
                raise ValueError("an alias without an anchor")
            return self.anchors[event.anchor]
        self.anchors.pop(event.anchor, None)
        value: Any
        if isinstance(event, yaml.ScalarEvent):
            value = _scalar(event)
        elif event.tag not in {None, "!", PREFIX + ("map" if isinstance(event, yaml.MappingStartEvent) else "seq")}:
            raise ValueError("a tag that does not fit")
        else:
            value = self.mapping() if isinstance(event, yaml.MappingStartEvent) else self.items()
        if event.anchor is not None:
            self.anchors.setdefault(event.anchor, value)
        return value

    def items(self) -> list[Any]:
        found = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            found.append(self.value(event))
        return found

    def mapping(self) -> dict[str, Any]:
        own: dict[str, Any] = {}
        bases: list[Any] | None = None
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key, value = self.value(event), self.value()
            key = str(key) if type(key) is int else key  # integers are kept as text
            is_merge = isinstance(event, yaml.ScalarEvent) and key == "<<" and event.tag is None and event.style is None
            if not isinstance(key, str) or key in own or (key == "<<" and bases is not None):
                raise ValueError("a key that is no string, or set twice")
            if is_merge and "<<" not in own:
                bases = value if isinstance(value, list) else [value]
            else:
                own[key] = value
        if not all(isinstance(base, dict) for base in bases or []):
            raise ValueError("a merge of no mapping")
        return {**{key: value for base in reversed(bases or []) for key, value in base.items()}, **own}


def _scalar(event: Any) -> Any:
    is_plain = event.style is None and event.tag is None
    if event.tag in {"!", PREFIX + "str"} or (event.tag is None and not is_plain):
        return event.value
    found = ((name, read) for name, pattern, read in CORE_SCHEMA if pattern.fullmatch(event.value))
    name, read = next(found, ("str", str))
    if event.tag == PREFIX + "float" and name == "int":
        return float(event.value)
    if event.tag not in {None, PREFIX + name}:
        raise ValueError("a tag that does not fit")
    return read(event.value)
