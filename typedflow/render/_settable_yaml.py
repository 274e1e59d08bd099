"""What a file can set, as YAML in which every setting is a comment.

A line that begins with ``# `` is a setting: without these two characters, it sets the value that it shows. A line that
begins with ``##`` explains what follows. So an editor can uncomment any number of lines at once.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from typedflow.render._yaml import block_lines, scalar
from typedflow.values import MISSING, SettableField, format_location, printable

_WIDTH, _NARROWEST = 100, 40
_INDENT = "  "


def settable_yaml(fields: Iterable[SettableField], indent: int = 0) -> Iterator[str]:
    """Yield the lines of some settings, indented by a number of characters."""
    for each in fields:
        yield from explanation(each.description, indent)
        yield from _setting(each, indent)
        for name, others in each.others.items():
            yield from explanation(f"With {name}:", indent + len(_INDENT))
            yield from unsettable_yaml(others, indent + len(_INDENT))


def unsettable_yaml(fields: Sequence[SettableField], indent: int) -> Iterator[str]:
    """Yield the lines of settings that cannot be set where they stand: all are explanations."""
    for line in settable_yaml(fields, indent):
        yield f"##{line[2:]}" if line.startswith("##") else f"#{line}"


def explanation(text: str, indent: int = 0) -> Iterator[str]:
    """Yield the lines of a text that remains a comment."""
    words = printable(" ".join(text.split()))
    yield from (f"## {' ' * indent}{line}" for line in textwrap.wrap(words, max(_WIDTH - indent, _NARROWEST)))


def _setting(field: SettableField, indent: int) -> Iterator[str]:
    pad, key, comment = " " * indent, scalar(field.key), _comment(field)
    if field.fields:
        yield _line(f"{pad}{key}:", comment)
        yield from settable_yaml(field.fields, indent + len(_INDENT))
        return
    first, *rest = _value(field)
    yield _line(f"{pad}{key}:{first}", comment)
    yield from (f"# {pad}{line}" for line in rest)


def _line(text: str, comment: str) -> str:
    return f"# {text}  # {comment}" if comment else f"# {text}"


def _value(field: SettableField) -> list[str]:
    """Return the value of a setting: what stands behind its key, and the lines below it."""
    value = [] if field.adds else field.value
    if value is MISSING or field.is_secret:
        return [""]
    if isinstance(value, list) and (flow := _flow(value)):
        return [f" {flow}"]
    if isinstance(value, dict | list) and value:
        return ["", *(f"{_INDENT}{line}" for line in block_lines(value))]
    return [f" {scalar(value)}"]


def _flow(items: list[Any]) -> str:
    """Return a list of scalars on one line; an empty text where it is too long, or has other items."""
    if any(isinstance(item, dict | list) for item in items):
        return ""
    text = f"[{', '.join(map(scalar, items))}]"
    return text if len(text) <= _WIDTH else ""


def _comment(field: SettableField) -> str:
    """Return the type of a setting, and where its value is from."""
    return printable("; ".join(filter(None, (field.type, *_notes(field)))))


def _notes(field: SettableField) -> Iterator[str]:
    if field.adds:
        yield "each layer adds its items"
    if field.fields:
        return
    if field.is_required:
        yield "required"
    place = format_location(field.place, column=False) if field.place else ""
    origin = ", ".join(filter(None, ("default" if field.is_default else "", place)))
    if field.is_secret:
        yield f"{origin} (not shown: it may be a secret)".lstrip()
    elif field.is_default and field.value is MISSING:
        yield f"{origin} (computed)"
    elif origin:
        yield f"below: {origin}" if field.adds and not field.is_default else origin
