"""The events that the YAML test suite writes for its documents, as PyYAML has them."""

import re
from collections.abc import Iterator
from typing import Any

import yaml

_NODE = re.compile(r"(?:(?:\[\]|\{\})(?: |$))?(?:&(\S+)(?: |$))?(?:<(\S*)>(?: |$))?(.*)", re.DOTALL)
_ESCAPES = {"\\": "\\", "n": "\n", "t": "\t", "r": "\r", "b": "\b"}
_SIMPLE: dict[str, type[Any]] = {
    "+STR": yaml.StreamStartEvent,
    "-STR": yaml.StreamEndEvent,
    "+DOC": yaml.DocumentStartEvent,
    "-DOC": yaml.DocumentEndEvent,
    "-SEQ": yaml.SequenceEndEvent,
    "-MAP": yaml.MappingEndEvent,
}


def events(text: str) -> Iterator[Any]:
    """Return the events of a text of one event a line."""
    for line in text.removesuffix("\n").split("\n"):
        kind, _, rest = line.partition(" ")
        if kind in _SIMPLE:
            yield _SIMPLE[kind]()
        elif kind == "=ALI":
            yield yaml.AliasEvent(rest[1:])
        else:
            yield _node(kind, rest)


def _node(kind: str, text: str) -> Any:
    match = _NODE.fullmatch(text)
    assert match is not None, text
    anchor, tag, rest = match.groups()
    if kind == "+MAP":
        return yaml.MappingStartEvent(anchor, tag, implicit=tag is None)
    if kind == "+SEQ":
        return yaml.SequenceStartEvent(anchor, tag, implicit=tag is None)
    is_plain, value = rest[0] == ":", re.sub(r"\\(.)", lambda escape: _ESCAPES[escape[1]], rest[1:])
    return yaml.ScalarEvent(anchor, tag, (is_plain, False), value, style=None if is_plain else rest[0])
