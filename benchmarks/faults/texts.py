"""Faults of whole texts: syntax, encoding, non-mappings, directives without effect."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import tomli
import yaml

from benchmarks.faults._entries import entries
from benchmarks.faults._fault import Fault, Place
from benchmarks.faults._subject import Subject
from benchmarks.faults._text import line_of, replaced
from typedflow.parsing import format_of

_WHOLE = "the half that is left is a file of its own"
_OPENED = {"unclosed quote": '"', "unclosed bracket": "[", "unclosed brace": "{"}


def faults(subject: Subject) -> Iterator[Fault]:
    """Return the faults of every settings file as a text, and of the manifest."""
    for file in (*subject.settings, *([subject.manifest] if subject.manifest else [])):
        if format_of(file):
            yield from _syntax(file, subject.files[file])
            yield from _texts(file, subject.files[file])
    if subject.manifest:
        for file in subject.settings:
            yield from _directives(file, subject.files[file])


def _syntax(file: str, text: str) -> Iterator[Fault]:
    """Break each entry in several ways; what the format's own parser still accepts is not a fault."""
    for entry in entries(file, text):
        key, (start, _) = entry.key, entry.at
        if key is None or key[0] >= start or not entry.is_leaf:
            continue
        broken = {kind: replaced(text, (start, start), sign) for kind, sign in _OPENED.items()}
        broken["sign left out"] = replaced(text, (key[1], start), " ")
        broken["line broken off"] = text[:start].rstrip(" ") + text[entry.at[1] :]
        if entry.format == "yaml":
            broken["tab before the key"] = replaced(text, (key[0], key[0]), "\t")
            broken["stray bracket"] = replaced(text, (start, start), "]")
        else:
            broken["comma left out"] = replaced(text, (entry.at[1], entry.at[1] + 1), "")
            broken["unquoted text"] = replaced(text, entry.at, "some thing")
        for kind, new in broken.items():
            line = _refused_at(new, entry.format or "")
            if line is not None:
                lines = tuple(Place(file, at, at) for at in dict.fromkeys((entry.line, line)))
                yield Fault("syntax", f"{kind} at {entry.name}", {file: new}, lines, is_silent=True)


def _refused_at(text: str, format_name: str) -> int | None:
    """Return the line at which the format's usual parser rejects a text, or None if it accepts it."""
    if format_name == "yaml":
        return _refused_yaml(text)
    try:
        json.loads(text) if format_name == "json" else tomli.loads(text)
    except json.JSONDecodeError as error:
        return error.lineno
    except tomli.TOMLDecodeError as error:
        return error.lineno
    return None


def _refused_yaml(text: str) -> int | None:
    try:
        tree: Any = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return mark.line + 1 if mark else 0
    except yaml.YAMLError:
        return 0
    return None if isinstance(tree, dict) else 1


def _texts(file: str, text: str) -> Iterator[Fault]:
    whole = (Place(file),)
    last = line_of(text, len(text.rstrip()))
    yield Fault(
        "not UTF-8",
        "a byte of Latin-1",
        {file: text.rstrip().encode() + b"\xe9\n"},
        (Place(file, last, last),),
        is_silent=True,
    )
    yield Fault("not a mapping", "a list", {file: "[1, 2]\n"}, whole, is_silent=True)
    yield Fault("cut off", "half of the file", {file: text[: len(text) // 2]}, (Place(file),), reason=_WHOLE)


def _directives(file: str, text: str) -> Iterator[Fault]:
    format_name = format_of(file)
    for what, name, value in (
        ("an unknown directive", "delte", ["labels"]),
        ("a deletion of nothing", "delete", ["no.such.key"]),
        ("a replacement of nothing", "replace", ["no.such.key"]),
        ("a wrong argument", "append", "labels: x"),
    ):
        tree = json.dumps({name: value})
        if format_name == "yaml":
            new, line = f"$merge: {tree}\n{text}", 1
        elif format_name == "json":
            new, line = text.replace("{", f'{{\n  "$merge": {tree},', 1), 2
        else:
            new, line = f'"$merge" = {{ {name} = {json.dumps(value)} }}\n{text}', 1
        yield Fault("bad directive", what, {file: new}, (Place(file, line, line),), is_silent=True)
