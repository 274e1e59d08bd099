"""Adds and removes the lines by which a settings file names its schema; keeps every other byte.

Source: the modeline of yaml-language-server; JetBrains' ``# $schema:``, which that server (1.25) also reads;
``#:schema`` of taplo and tombi; the key ``$schema`` that editors read in JSON.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from typedflow.schema._json_edits import insert_first, read_json, remove_entry, replace_value

_KEY = "$schema"
_LINES = {
    "yaml": ("# yaml-language-server: $schema={}", "# $schema: {}"),
    "toml": ("#:schema {}",),
}
_FOUND = {
    "yaml": re.compile(r"#\s+(?:yaml-language-server\s*:\s*\$schema=|\$schema:\s*)(\S+)\s*"),
    "toml": re.compile(r"#:schema\s+(\S+)\s*"),
}
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_BOM = "\ufeff"


def with_schema_line(text: str, form: str, target: str) -> str:
    """Return the text with a reference to a schema, by its relative path; it replaces any other reference.

    Shape: ``form`` is ``yaml``, ``toml`` or ``json``.

    Raises:
        TypedflowError: a JSON text is not valid.
    """
    if form == "json":
        return _with_key(text, target)
    wanted = [line.format(target) for line in _LINES[form]]
    mark, lines = _lines(text)
    at = _reference_lines(lines, form)
    if [lines[index].strip() for index in at] == wanted:
        return text
    start = at[0] if at else int(bool(lines) and lines[0].startswith("#!") and lines[0].endswith("\n"))
    line_end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    kept = [line for index, line in enumerate(lines) if index not in at]
    return mark + "".join([*kept[:start], *(f"{line}{line_end}" for line in wanted), *kept[start:]])


def without_schema_line(text: str, form: str, targets: Collection[str]) -> str:
    """Return the text without references to any of the schemas.

    Raises:
        TypedflowError: a JSON text is not valid.
    """
    if form == "json":
        return _without_key(text, targets)
    mark, lines = _lines(text)
    gone = {index for index in _reference_lines(lines, form) if _target(lines[index], form) in targets}
    return mark + "".join(line for index, line in enumerate(lines) if index not in gone)


def schema_named(text: str, form: str) -> str | None:
    """Return the schema that a text names, or None.

    Raises:
        TypedflowError: a JSON text is not valid.
    """
    if form == "json":
        value = read_json(text.removeprefix(_BOM))
        named = value.get(_KEY) if isinstance(value, dict) else None
        return named if isinstance(named, str) else None
    _, lines = _lines(text)
    return next((_target(lines[index], form) for index in _reference_lines(lines, form)), None)


def _with_key(text: str, target: str) -> str:
    mark, body = _split(text)
    value = read_json(body)
    if not isinstance(value, dict) or value.get(_KEY) == target:
        return text  # `typedflow check` reports a text that is not an object
    return mark + (replace_value(body, (_KEY,), target) if _KEY in value else insert_first(body, (), _KEY, target))


def _without_key(text: str, targets: Collection[str]) -> str:
    mark, body = _split(text)
    return mark + remove_entry(body, (_KEY,)) if schema_named(text, "json") in targets else text


def _lines(text: str) -> tuple[str, list[str]]:
    mark, body = _split(text)
    return mark, _LINE.findall(body)


def _split(text: str) -> tuple[str, str]:
    return (_BOM, text[1:]) if text.startswith(_BOM) else ("", text)


def _reference_lines(lines: list[str], form: str) -> list[int]:
    """Return the indexes of the lines that name a schema; editors look for them only above the content."""
    found = []
    for index, line in enumerate(lines):
        plain = line.strip()
        if plain and plain != "---" and plain[0] not in "#%":
            break
        if _FOUND[form].fullmatch(plain):
            found.append(index)
    return found


def _target(line: str, form: str) -> str | None:
    match = _FOUND[form].fullmatch(line.strip())
    return match[1] if match else None
