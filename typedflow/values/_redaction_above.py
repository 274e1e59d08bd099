"""Redaction of a line that continues a value: its key is on a line above."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby

from typedflow.values._redaction import KEY, is_secret_key, redact_line
from typedflow.values._redaction_context import context_of

_MOST_LINES, _LONGEST = 200, 2_000
_PAIR = re.compile(r"\s*(?:-\s+)*[\"']?[\w.-]+[\"']?\s*[:=](?:\s|$)")
_HEAD = re.compile(r"\s*(?:-\s+)*")
_QUOTED = re.compile("`[^`]*`")
_TRIPLE = ('"""', "'''")


@lru_cache(maxsize=16)
def redact_line_in(text: str, start: int, line: str) -> str:
    """Return a line, which begins at an offset of a text, with a star for each character of the secrets in it."""
    if not _continues_secret(text, start, line):
        return redact_line(line, *context_of(text, start, line))
    head = _HEAD.match(line)
    end = head.end() if head else 0
    return line[:end] + re.sub(r"[^\s\"'\[\]{},]", "*", line[end:])


def redact_message(message: str, line: str, shown: str) -> str:
    """Return a message without what is masked in a line."""
    from typedflow.values._secrets import without_secrets

    if line == shown or len(line) != len(shown):
        return message
    if len(line) > _LONGEST:
        return _QUOTED.sub("`****`", message)
    return without_secrets(message, _hidden_in(line, shown))


@lru_cache(maxsize=16)
def _hidden_in(line: str, shown: str) -> tuple[str, ...]:
    pairs = groupby(zip(line, shown, strict=True), key=lambda pair: pair[0] != pair[1])
    return tuple("".join(one for one, _ in group) for is_hidden, group in pairs if is_hidden)


def _continues_secret(text: str, start: int, line: str) -> bool:
    """Return whether a line belongs to the value of a secret key: below it, by its indentation, or in its quotes."""
    depth, is_item = _depth(line), line.lstrip().startswith("- ")
    end = start - 1
    for _ in range(_MOST_LINES if line.strip() else 0):
        if end < 0:
            break
        begin = text.rfind("\n", 0, end) + 1
        above = text[begin : min(end, begin + _LONGEST)]
        end = begin - 1
        inner = _depth(above)
        if not above.strip() or inner > depth or (inner == depth and not is_item):
            continue
        if _opens_secret(text, begin, above, line):
            return True
        depth, is_item = inner, above.lstrip().startswith("- ")
    return _is_in_key(text, start) or any(_is_quoted(text, start, quotes) for quotes in _TRIPLE)


def _is_in_key(text: str, start: int) -> bool:
    """Return whether a place is within a private key, of which the lines say nothing by themselves."""
    at = text.rfind("-----BEGIN ", 0, start)
    return at >= 0 and "PRIVATE KEY" in text[at : at + 60] and text.find("-----END ", at, start) < 0


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def _opens_secret(text: str, begin: int, above: str, line: str) -> bool:
    """Return whether a line above, which begins at an offset, ends within the value of a secret key, or before it."""
    keys = list(KEY.finditer(above))
    if not keys or not _holds_secret(text, begin, above, keys[-1]):
        return False
    rest = above[keys[-1].end() :].strip()
    if not rest:
        return _PAIR.match(line) is None
    if rest[0] in "\"'":
        return rest.count(rest[0]) % 2 == 1
    if rest[0] in "[{(":
        return rest[0] == "[" and "]" not in rest
    return True


def _holds_secret(text: str, begin: int, line: str, key: re.Match[str]) -> bool:
    return is_secret_key(key) or is_secret_key(key, *context_of(text, begin, line))


def _is_quoted(text: str, start: int, quotes: str) -> bool:
    """Return whether a place is within the three quotes of a secret key."""
    if text.count(quotes, 0, start) % 2 == 0:
        return False
    at = text.rfind(quotes, 0, start)
    begin = text.rfind("\n", 0, at) + 1
    keys = list(KEY.finditer(text, max(begin, at - _LONGEST), at))
    return bool(keys) and _holds_secret(text, begin, text[begin:at], keys[-1])
