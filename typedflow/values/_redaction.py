"""Redaction: secrets are masked in a line before it is shown, a star for each character, so that columns stay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

_LONGEST, _LONGEST_WORD = 20_000, 5_000
_QUOTED = r"\"(?:[^\"\\]|\\.)*\"?|'(?:[^']|'')*'?"
#: What a file of any format, an option or a line of Python says of a key; anchors, tags and annotations are skipped.
KEY = re.compile(
    r"(?<![\w.:/-])(?P<key>[\w.-]+)(?P<quote>[\"']?)\s{0,9}[:=]\s{0,9}"
    r"(?:(?:&|!!)[^\s\"']{0,60}\s{1,9}){0,2}(?:[\w\[\]|., ]{1,60}?\s=\s{0,9})?"
)
#: A line that says a key and something else without what belongs between them.
_LOOSE = re.compile(r"\s*(?:-\s+)?[\[{(]*[\"']?(?P<key>[\w.-]+)[\"']?(?:\s+|\s*[^\w\s.\"':=#)-]+\s*)(?=[^\s#:=])")
#: An option of a command line and its value.
_OPTION = re.compile(r"(?<!\S)--(?P<key>[\w.-]+)\s{1,9}(?P<value>\"[^\"]*\"?|'[^']*'?|[^\s-]\S*)")
_VALUE = re.compile(rf"\"{{3}}.*|'{{3}}.*|[rRbBuUfF]{{0,2}}(?:{_QUOTED})|\[[^\]]{{0,2000}}")
_PLAIN = re.compile(r"(?:[^\s]|\s+(?=[^\s#]))+")
_IN_FLOW = re.compile(r"[^,\[\]{})]+")
_IN_QUERY = re.compile(r"[^\s&;]+")
_PART = re.compile(rf"{_QUOTED}|[^\s,\[\]{{}}]+")
_NAME = re.compile(r"(?<![\w.-])(?:name|key|Name|Key)[\"']?\s{0,9}[:=]\s{0,9}[\"']?(?P<name>[\w.-]+)")
_NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?")
_SECRET_TYPE = re.compile(r"\bSecret(?:Str|Bytes)?\b")
#: What may stand behind a value in quotes; anything else is a part of it that was not quoted.
_BEHIND = ("", *",;&)]}#:=")
_NO_VALUES = frozenset({"true", "false", "null", "none", "~"})


@lru_cache(maxsize=256)
def redact_line(line: str, above: str = "", siblings: tuple[str, ...] = ()) -> str:
    """Return a line of settings, code or a command with a star for each character of the secrets in it.

    ``above`` is the key of the mapping that the line is in, ``siblings`` are lines of it, as far as they are known.
    The rest of a very long line is masked altogether.
    """
    from typedflow.values._secrets_in import secrets_in  # needed by those alone who show a line

    line, rest = _cut(line)
    if _SECRET_TYPE.search(line):
        line = re.sub(_QUOTED, lambda match: _starred(match[0]), line)
    around = (above, _label_in(siblings or (line,)))
    found = [*_values(line, around), *((secret.start, secret.end) for secret in secrets_in(line))]
    for start, end in found:
        line = line[:start] + _starred(line[start:end]) + line[end:]
    return line + _starred(rest)


def _cut(line: str) -> tuple[str, str]:
    """Return the beginning of a long line, which does not end within a token, and the rest."""
    if len(line) <= _LONGEST:
        return line, ""
    end = max(line.rfind(" ", 0, _LONGEST), _LONGEST - _LONGEST_WORD)
    return line[:end], line[end:]


def _values(line: str, around: tuple[str, str]) -> Iterator[tuple[int, int]]:
    """Yield the ranges of values whose keys say that they are secrets."""
    from typedflow.values._secret_keys import secret_word

    brackets = _Brackets(line)
    end = 0
    for key in KEY.finditer(line):
        if key.start() < end:  # within a value that is hidden already
            continue
        path = _below(around, _path(key))
        if any(map(secret_word, path)):
            start, stop = _value_at(line, key, in_brackets=brackets.are_open_at(key.start()))
            if _is_masked(path, line[start:stop]):
                end = stop
                yield start, end
    for option in _OPTION.finditer(line):
        if _is_masked((option["key"],), option["value"]):
            yield option.span("value")
    loose = _LOOSE.match(line)
    if loose and loose["key"].strip("-."):
        path = _below(around, tuple(loose["key"].split(".")))
        if _is_masked(path, line[loose.end() :]):
            yield loose.end(), len(line)


def is_secret_key(key: re.Match[str], above: str = "", siblings: tuple[str, ...] = ()) -> bool:
    """Return whether the words of a key, or the context of its line, say that it holds a secret."""
    from typedflow.values._secret_keys import secret_word

    return any(map(secret_word, _below((above, _label_in(siblings)), _path(key))))


def _below(around: tuple[str, str], path: tuple[str, ...]) -> tuple[str, ...]:
    """Return the keys that say what a value is: its own, or the key of its mapping, or the name beside it."""
    from typedflow.values._secret_keys import is_below_password, is_named

    key, label = around
    if len(path) > 1:
        return path
    if label and is_named(path[0]):
        return (label,)
    return (key,) if key and is_below_password(key, path[0]) else path


def _label_in(lines: tuple[str, ...]) -> str:
    """Return the name of a secret that some lines give to the value in them: ``name: PASSWORD``."""
    from typedflow.values._secret_keys import secret_word

    names = (name["name"] for line in lines for name in _NAME.finditer(line[:_LONGEST]))
    return next(filter(secret_word, names), "")


def _path(key: re.Match[str]) -> tuple[str, ...]:
    return (key["key"],) if key["quote"] else tuple(key["key"].split("."))


class _Brackets:
    """How many brackets are open at ascending places of a line, quotes aside."""

    def __init__(self, line: str) -> None:
        self._line = line
        self._depth = self._at = 0

    def are_open_at(self, place: int) -> bool:
        part = self._line[self._at : place]
        self._depth += sum(part.count(each) for each in "([{") - sum(part.count(each) for each in ")]}")
        self._at = place
        return self._depth > 0


def _value_at(line: str, key: re.Match[str], *, in_brackets: bool) -> tuple[int, int]:
    """Return the range of a key's value, as far as it is in the line."""
    start = key.end()
    found = _VALUE.match(line, start)
    if found is None:
        before = line[key.start() - 1 : key.start()]
        form = _IN_QUERY if before in {"&", ";", "?"} and before else _IN_FLOW if in_brackets else _PLAIN
        found = form.match(line, start)
        return (start, found.end()) if found else (start, start)
    behind = "" if line.startswith("[", start) else line[found.end() :].lstrip()
    return start, found.end() if behind[:1] in _BEHIND else len(line)


def _is_masked(path: tuple[str, ...], text: str) -> bool:
    from typedflow.values._secrets import is_masked

    parts = _PART.findall(text) if text.startswith("[") else [text]
    paths = [path[:end] for end in range(1, len(path) + 1)]
    return any(is_masked(each, _plain(part)) for part in parts for each in paths)


def _plain(text: str) -> Any:
    """Return the value of a text, which may lack its closing quote."""
    text = text.strip()
    if _NUMBER.fullmatch(text):
        return float(text)
    if text.lower() in _NO_VALUES:
        return None
    return text.strip("\"'") if text[:1] in {'"', "'"} else text


def _starred(text: str) -> str:
    """Return a text with stars, apart from its quotes and brackets."""
    return re.sub(r"[^\"'\[\]{},\s]", "*", text)
