"""The positions of the values in a JSON text, and what in it is well-formed but not allowed."""

import json
import math
import re
from collections.abc import Iterator
from typing import NamedTuple

from typedflow.parsing._diagnostics import Range
from typedflow.parsing._limits import MAX_DEPTH, MAX_NODES, MAX_PROBLEMS
from typedflow.parsing._positions import Child, Position
from typedflow.values import KeyPath

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}:,]|[^\s"\[\]{}:,]+')


class Finding(NamedTuple):
    """A rule that the text breaks; ``first`` is where a duplicate key was first set."""

    rule: str
    at: Range
    path: KeyPath
    first: Range | None = None


class JsonPositions(NamedTuple):
    """The positions in a text, up to the maximum depth, and the findings in order."""

    root: Position
    findings: list[Finding]


def read_positions(text: str) -> Position:
    """Return the positions in a JSON text that is known to be valid."""
    return scan(text).root


def scan(text: str) -> JsonPositions:
    """Return the positions and findings of a JSON text without syntax errors."""
    scanner = _Scanner(text)
    try:
        root = scanner.value(next(scanner.tokens), 0)
    except _StopError:
        root = Position((0, len(text)), {})
    return JsonPositions(root, scanner.findings)


class _StopError(Exception):
    """The scan ends here: the text is too large or nested too deeply, or there are enough findings."""


class _Scanner:
    def __init__(self, text: str) -> None:
        self.tokens: Iterator[re.Match[str]] = _TOKEN.finditer(text)
        self.findings: list[Finding] = []
        self._count = 0
        self._path: list[str | int] = []

    def value(self, token: re.Match[str], depth: int) -> Position:
        text = token.group()
        self._count += 1
        if self._count > MAX_NODES:
            self._note(Finding("too-large", (0, 0), ()))
            raise _StopError
        if text not in ("[", "{"):
            if rule := _broken_rule(text):
                self._note(Finding(rule, token.span(), tuple(self._path)))
            return Position(token.span(), {})
        if depth == MAX_DEPTH:
            self._note(Finding("too-large", token.span(), tuple(self._path)))
            raise _StopError
        children, end = self._list(depth + 1) if text == "[" else self._mapping(depth + 1)
        return Position((token.start(), end), children)

    def _list(self, depth: int) -> tuple[dict[str | int, Child], int]:
        children: dict[str | int, Child] = {}
        while (token := next(self.tokens)).group() != "]":
            if token.group() != ",":
                position = self._child(len(children), token, depth)
                children[len(children)] = Child(position.at, position)
        return children, token.end()

    def _mapping(self, depth: int) -> tuple[dict[str | int, Child], int]:
        children: dict[str | int, Child] = {}
        while (token := next(self.tokens)).group() != "}":
            if token.group() == ",":
                continue
            key = json.loads(token.group())
            if rule := _broken_rule(token.group()):
                self._note(Finding(rule, token.span(), (*self._path, key)))
            if key in children:
                self._note(Finding("duplicate-key", token.span(), (*self._path, key), children[key].key))
            next(self.tokens)  # the colon
            position = self._child(key, next(self.tokens), depth)
            children.setdefault(key, Child(token.span(), position))
        return children, token.end()

    def _child(self, key: str | int, token: re.Match[str], depth: int) -> Position:
        self._path.append(key)
        position = self.value(token, depth)
        self._path.pop()
        return position

    def _note(self, finding: Finding) -> None:
        self.findings.append(finding)
        if len(self.findings) == MAX_PROBLEMS:
            raise _StopError


def _broken_rule(text: str) -> str | None:
    if text[0] == '"':
        return "not-text" if "\\u" in text and not _is_text(json.loads(text)) else None
    if text in ("true", "false", "null"):
        return None
    try:
        value = float(text) if not text.lstrip("-").isdigit() else int(text)
    except ValueError:
        return "too-large"
    return None if math.isfinite(value) else "not-finite"


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
