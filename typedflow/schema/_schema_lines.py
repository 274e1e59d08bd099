"""The lines by which a settings file names its schema: put in, and taken out again, with every other byte kept.

Source: the modeline of yaml-language-server; the ``# $schema:`` of JetBrains, which that server (1.25) reads, too;
``#:schema`` of taplo and tombi; the key ``$schema`` that editors read in JSON.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from typedflow.schema._json_edits import drop, put, put_first, read

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
    """Return the text of a file in a format (``yaml``, ``toml``, ``json``) that names a schema, by its relative path.

    What named another schema is replaced where it stands.

    Raises:
        TypedflowError: a JSON text cannot be read.
    """
    if form == "json":
        return _with_key(text, target)
    wanted = [line.format(target) for line in _LINES[form]]
    mark, lines = _lines(text)
    at = _places(lines, form)
    if [lines[index].strip() for index in at] == wanted:
        return text
    start = at[0] if at else int(bool(lines) and lines[0].startswith("#!") and lines[0].endswith("\n"))
    line_end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    kept = [line for index, line in enumerate(lines) if index not in at]
    return mark + "".join([*kept[:start], *(f"{line}{line_end}" for line in wanted), *kept[start:]])


def without_schema_line(text: str, form: str, targets: Collection[str]) -> str:
    """Return the text without what names one of some schemas.

    Raises:
        TypedflowError: a JSON text cannot be read.
    """
    if form == "json":
        return _without_key(text, targets)
    mark, lines = _lines(text)
    gone = {index for index in _places(lines, form) if _target(lines[index], form) in targets}
    return mark + "".join(line for index, line in enumerate(lines) if index not in gone)


def schema_named(text: str, form: str) -> str | None:
    """Return the schema that a text names, if it names one.

    Raises:
        TypedflowError: a JSON text cannot be read.
    """
    if form == "json":
        value = read(text.removeprefix(_BOM))
        named = value.get(_KEY) if isinstance(value, dict) else None
        return named if isinstance(named, str) else None
    _, lines = _lines(text)
    return next((_target(lines[index], form) for index in _places(lines, form)), None)


def _with_key(text: str, target: str) -> str:
    mark, body = _split(text)
    value = read(body)
    if not isinstance(value, dict) or value.get(_KEY) == target:
        return text  # what is no object is for `typedflow check` to complain about
    return mark + (put(body, (_KEY,), target) if _KEY in value else put_first(body, (), _KEY, target))


def _without_key(text: str, targets: Collection[str]) -> str:
    mark, body = _split(text)
    return mark + drop(body, (_KEY,)) if schema_named(text, "json") in targets else text


def _lines(text: str) -> tuple[str, list[str]]:
    mark, body = _split(text)
    return mark, _LINE.findall(body)


def _split(text: str) -> tuple[str, str]:
    return (_BOM, text[1:]) if text.startswith(_BOM) else ("", text)


def _places(lines: list[str], form: str) -> list[int]:
    """Return the lines that name a schema; only above the content do editors look for them."""
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
