"""Hiding secrets in a line that is about to be shown; a star for each character, so that columns stay what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

#: A line without any of this holds no secret that we know: nearly all have none. Every repetition is bounded, here and
#: below, so that no line takes long to search.
_SUSPECT = re.compile(
    r"(?i:pass|pwd|secret|token|key)|-----BEGIN|AKIA|ASIA|gh[pousr]_|github_pat_|gl\w{2,5}-|xox|xapp-|hooks\.slack|"
    r"[rs]k[_-]|whsec_|AIza|GOCSPX|npm_|pypi-|eyJ|:[^\s/@]{1,60}@"
)
_LONGEST = 20_000
_QUOTED = r'"(?:[^"\\]|\\.)*"?' + r"|'[^']*'?"
#: What a file of any format, an option or a line of Python says of a key; anchors, tags and annotations are skipped.
_KEY = re.compile(
    r"(?<![\w.:/-])(?P<key>[\w.-]{0,60}(?i:pass|pwd|secret|token|key)[\w.-]{0,60})[\"']?\s{0,9}[:=]\s{0,9}"
    r"(?:[&!]\S{0,60}\s{1,9}){0,2}(?:[\w\[\]|., ]{1,60}?\s=\s{0,9})?"
)
_VALUE = re.compile(rf"\[[^\]]{{0,500}}|{_QUOTED}|\S+")
_PART = re.compile(rf"{_QUOTED}|[^\s,\[\]{{}}]+")
_SECRET_TYPE = re.compile(r"\bSecret(?:Str|Bytes)?\b")


@lru_cache(maxsize=256)
def blotted(line: str) -> str:
    """Give a line of settings, code or a command with a star for each character of the secrets in it.

    What a very long line goes on with is hidden as well where there may be a secret in it.
    """
    if not _SUSPECT.search(line):
        return line
    from typedflow.values._secrets import forms_in  # the forms take a while to compile, and are needed by few lines

    line, rest = line[:_LONGEST], line[_LONGEST:]
    if _SECRET_TYPE.search(line):
        line = re.sub(_QUOTED, lambda match: _starred(match[0]), line)
    for start, end in [*_values(line), *forms_in(line)]:
        line = line[:start] + _starred(line[start:end]) + line[end:]
    return line + _starred(rest)


def _values(line: str) -> Iterator[tuple[int, int]]:
    """Give where the values stand of which the key says that they are secrets."""
    from typedflow.values._secrets import secret_kind

    for key in _KEY.finditer(line):
        value = _VALUE.match(line, key.end())
        if value is None:
            continue
        parts = _PART.findall(value[0]) if value[0].startswith("[") else [value[0], value[0].rstrip(",]})")]
        name = key["key"].rpartition(".")[2]
        if any(secret_kind(name, part.strip("\"'")) for part in parts):
            yield value.span()


def _starred(text: str) -> str:
    """Give stars for a text, and leave its quotes and brackets."""
    return re.sub(r"[^\"'\[\]{},\s]", "*", text)
