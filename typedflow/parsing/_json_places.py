"""Where the values of a JSON text stand, and what in it is well-formed but refused."""

import json
import math
import re
from collections.abc import Iterator
from typing import NamedTuple

from typedflow.parsing._limits import MAX_DEPTH, MAX_NODES, MAX_PROBLEMS
from typedflow.parsing._places import Child, Place
from typedflow.parsing._problems import Range
from typedflow.values import KeyPath

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}:,]|[^\s"\[\]{}:,]+')


class Finding(NamedTuple):
    """A rule that the text breaks; ``first`` is where a repeated key was first set."""

    rule: str
    at: Range
    path: KeyPath
    first: Range | None = None


class Scanned(NamedTuple):
    """The places of a text, down to where it is nested too deeply, and the findings in order."""

    root: Place
    findings: list[Finding]


def read(text: str) -> Place:
    """Return the places of a JSON text that is known to be good."""
    return scan(text).root


def scan(text: str) -> Scanned:
    """Return places and findings of a JSON text without errors of syntax."""
    scanner = _Scanner(text)
    try:
        root = scanner.value(next(scanner.tokens), 0)
    except _StopError:
        root = Place((0, len(text)), {})
    return Scanned(root, scanner.findings)


class _StopError(Exception):
    """The scan ends here: the text is too large, nested too deeply, or has enough findings."""


class _Scanner:
    def __init__(self, text: str) -> None:
        self.tokens: Iterator[re.Match[str]] = _TOKEN.finditer(text)
        self.findings: list[Finding] = []
        self._count = 0
        self._path: list[str | int] = []

    def value(self, token: re.Match[str], depth: int) -> Place:
        text = token.group()
        self._count += 1
        if self._count > MAX_NODES:
            self._note(Finding("too-large", (0, 0), ()))
            raise _StopError
        if text not in ("[", "{"):
            if rule := _refused(text):
                self._note(Finding(rule, token.span(), tuple(self._path)))
            return Place(token.span(), {})
        if depth == MAX_DEPTH:
            self._note(Finding("too-large", token.span(), tuple(self._path)))
            raise _StopError
        children, end = self._list(depth + 1) if text == "[" else self._mapping(depth + 1)
        return Place((token.start(), end), children)

    def _list(self, depth: int) -> tuple[dict[str | int, Child], int]:
        children: dict[str | int, Child] = {}
        while (token := next(self.tokens)).group() != "]":
            if token.group() != ",":
                place = self._child(len(children), token, depth)
                children[len(children)] = Child(place.value, place)
        return children, token.end()

    def _mapping(self, depth: int) -> tuple[dict[str | int, Child], int]:
        children: dict[str | int, Child] = {}
        while (token := next(self.tokens)).group() != "}":
            if token.group() == ",":
                continue
            key = json.loads(token.group())
            if rule := _refused(token.group()):
                self._note(Finding(rule, token.span(), (*self._path, key)))
            if key in children:
                self._note(Finding("duplicate-key", token.span(), (*self._path, key), children[key].key))
            next(self.tokens)  # the colon
            place = self._child(key, next(self.tokens), depth)
            children.setdefault(key, Child(token.span(), place))
        return children, token.end()

    def _child(self, key: str | int, token: re.Match[str], depth: int) -> Place:
        self._path.append(key)
        place = self.value(token, depth)
        self._path.pop()
        return place

    def _note(self, finding: Finding) -> None:
        self.findings.append(finding)
        if len(self.findings) == MAX_PROBLEMS:
            raise _StopError


def _refused(text: str) -> str | None:
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
