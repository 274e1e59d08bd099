"""The text of a new binding's file: comments with what can be set, below or between the lines of another file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from typedflow.parsing import locate_key, parse
from typedflow.render import explanation, settable_yaml, unsettable_yaml
from typedflow.values import KeyPath, SettableField, Source, TypedflowError, format_path

_HOW = "To set a value, remove the `# ` before its key and before the keys above it, and edit the value."


def new_text(binding: str, fields: Sequence[SettableField]) -> str:
    """Return the text of a file that sets nothing yet."""
    head = [
        *explanation(f"Settings of the binding {binding}: only what differs from the layers below it."),
        *explanation(_HOW),
    ]
    return _joined([*head, "", *settable_yaml(fields)])


def extended_text(source: Source, fields: Sequence[SettableField], copied: str) -> str:
    """Return a YAML text with comments for what it does not set: in each mapping, and at its end.

    ``copied`` is the name of the binding whose text it is.
    """
    tree = parse(source)
    head = [*explanation(f"What follows is not set in {copied}. {_HOW}"), ""]
    found = [*_in_mappings(source, tree, fields, ()), _Insertion(None, [*settable_yaml(_missing(tree, fields))])]
    rest = [line for each in found if each.line is None for line in each.lines]
    lines = _lines(source)
    inside = sorted((each for each in found if each.line is not None), key=lambda each: -(each.line or 0))
    woven, uncommented = [*lines], [*lines]
    for each in inside:
        at = each.line or 0
        woven[at:at] = each.lines
        uncommented[at:at] = _uncommented(each.lines)
    if _parsed(woven) != tree or _parsed([*uncommented, *_uncommented(rest)]) is None:
        rest = [line for each in found for line in _explained(each.lines)]
        woven = lines
    return _joined([*woven, *(["", *head, *rest] if rest else [])])


class _Insertion(NamedTuple):
    """Lines to insert before the line with an index; None for the end of the text."""

    line: int | None
    lines: list[str]


def _in_mappings(
    source: Source, tree: dict[str, Any], fields: Iterable[SettableField], path: KeyPath
) -> Iterator[_Insertion]:
    """Yield what the mappings below a mapping do not set, the innermost first."""
    for field in fields:
        key = next((key for key in field.keys if key in tree), None)
        if key is None or not field.fields or not isinstance(tree[key], dict) or not tree[key]:
            continue
        here = (*path, key)
        yield from _in_mappings(source, tree[key], field.fields, here)
        if missing := _missing(tree[key], field.fields):
            block = _block(source, here, tree[key])
            if block is not None:
                indent, end = block
                yield _Insertion(end, [*settable_yaml(missing, indent)])
            else:
                name = format_path(here)
                yield _Insertion(None, [*explanation(f"In {name}:"), *unsettable_yaml(missing, 2)])


def _missing(tree: dict[str, Any], fields: Iterable[SettableField]) -> list[SettableField]:
    return [field for field in fields if not any(key in tree for key in field.keys)]


def _block(source: Source, path: KeyPath, tree: dict[str, Any]) -> tuple[int, int] | None:
    """Return the indentation of a mapping, and the index of the line after it; None for one in braces."""
    span = locate_key(source, (*path, next(iter(tree))))
    lines = _lines(source)
    if span is None or lines[span.line - 1][: span.column - 1].strip():
        return None
    indent, end = span.column - 1, span.line
    for index in range(span.line - 1, len(lines)):
        line = lines[index].strip()
        if not line or line.startswith("#"):
            continue
        if len(lines[index]) - len(lines[index].lstrip()) < indent:
            break
        end = index + 1
    return indent, end


def _explained(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines of settings as explanations."""
    return (line if line.startswith("##") else f"#{line}" for line in lines)


def _uncommented(lines: Iterable[str]) -> list[str]:
    return [line.removeprefix("# ") for line in lines]


def _parsed(lines: Sequence[str]) -> dict[str, Any] | None:
    """Return the tree of a YAML text; None if it is not valid."""
    try:
        return parse(Source("", _joined(lines), "yaml"))
    except TypedflowError:
        return None


def _lines(source: Source) -> list[str]:
    return [line.rstrip("\r") for line in source.text.removesuffix("\n").split("\n")]


def _joined(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
