"""Every regular expression of typedflow takes linear time for any text: a file may have 4 MB.

The texts are made of the expression itself: what it begins with, and what it repeats, again and again.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import string
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import typedflow
from typedflow.values._token_forms import FORMS, form_of

_METHODS = {"match", "fullmatch", "search", "finditer", "findall", "sub", "split"}
_SHORT, _LONG = 1_500, 12_000
#: Seconds of CPU time that a text of this length does not need with nearly all expressions that are linear, and needs
#: with all that are quadratic: they have tens of millions of characters to compare.
_MOST = 0.01
#: Eight times the text takes eight times the time, or sixty-four times.
_RATIO = 24
#: Lengths beyond the limits of repeats (``{8,4000}``): five times the text takes five times the time, or 25 times.
_SHORTER, _LONGER, _LONGER_RATIO = 6_000, 30_000, 12
_LETTERS = "a0A_ -.:/=@#\"'\\[](){}<>$%,;&|+*?!~\n\t"
_CANDIDATES = dict.fromkeys("a0Z_- .:/\"'@=\n" + string.printable)
_MOST_SAMPLES, _MOST_BEGINNINGS, _MOST_REPEATED = 4, 6, 300

_parser: Any = importlib.import_module("re._parser" if sys.version_info >= (3, 11) else "sre_parse")


def _modules() -> Iterator[ModuleType]:
    names = (each.name for each in pkgutil.walk_packages(typedflow.__path__, "typedflow."))
    yield from (importlib.import_module(name) for name in names if not name.endswith("__main__"))


def _patterns() -> dict[str, tuple[re.Pattern[str], frozenset[str]]]:
    """Return the expressions of the package, each with the methods that use it; a loop calls each ``form``."""
    found: dict[str, tuple[re.Pattern[str], frozenset[str]]] = {}
    for module in _modules():
        source = Path(str(module.__file__)).read_text(encoding="utf-8")
        for name, value in vars(module).items():
            for each in _in(value):
                used = [frozenset(re.findall(rf"\b{by}\.(\w+)\(", source)) & _METHODS for by in (name, "form")]
                found.setdefault(each.pattern, (each, used[0] or used[1] or frozenset({"finditer"})))
        for pattern, method in _inline(ast.parse(source), module):
            found.setdefault(pattern, (re.compile(pattern), frozenset({method})))
    forms = [form_of(prefix, rest) for _, prefixes, rest in FORMS for prefix in prefixes]
    return found | {form.pattern: (form, frozenset({"finditer"})) for form in forms}


def _in(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict | tuple | list | frozenset):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _in(each)


def _inline(tree: ast.AST, module: ModuleType) -> Iterator[tuple[str, str]]:
    """Yield the expressions that are passed to functions of `re`, if they are constants of the module."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=method), args=[first, *_]):
                names = {each.id for each in ast.walk(first) if isinstance(each, ast.Name)}
                if method in _METHODS and names <= vars(module).keys():
                    yield eval(compile(ast.Expression(first), "", "eval"), vars(module)), method  # noqa: S307 # our own


def _units(pattern: re.Pattern[str]) -> set[str]:
    """Return the texts to repeat: prefixes of the expression, its repeated parts, and letters."""
    units = set(_LETTERS)
    _sequence(_parser.parse(pattern.pattern, pattern.flags), units)
    return units - {""}


def _sequence(nodes: Any, units: set[str]) -> list[str]:
    """Return texts that a sequence of nodes matches; the matches of its prefixes are units."""
    beginnings = [""]
    for kind, given in nodes:
        samples = list(dict.fromkeys(_samples(str(kind), given, units)))[:_MOST_SAMPLES] or [""]
        longer = dict.fromkeys(before + sample for before in beginnings for sample in samples)
        beginnings = list(longer)[:_MOST_BEGINNINGS]
        units.update(longer)
    return beginnings


def _samples(kind: str, given: Any, units: set[str]) -> Iterator[str]:
    """Yield texts that a node matches, ignoring its surroundings."""
    if kind == "LITERAL":
        yield chr(given)
    elif kind in {"NOT_LITERAL", "ANY", "IN"}:
        yield from (each for each in _CANDIDATES if _is_in(kind, given, each))
    elif kind.endswith("_REPEAT"):
        least, _, inner = given
        for each in _sequence(inner, units):
            units.update((each, each * max(2, least)))
            yield from (each * min(max(least, 1), _MOST_REPEATED), each * min(least, _MOST_REPEATED))
    elif kind == "SUBPATTERN":
        yield from _sequence(given[3], units)
    elif kind == "ATOMIC_GROUP":
        yield from _sequence(given, units)
    elif kind == "BRANCH":
        branches = [_sequence(branch, units) for branch in given[1]]
        yield from (each for samples in zip(*branches, strict=False) for each in samples)


def _is_in(kind: str, given: Any, character: str) -> bool:
    if kind == "ANY":
        return character != "\n"
    if kind == "NOT_LITERAL":
        return bool(ord(character) != given)
    is_negated = str(given[0][0]) == "NEGATE"
    return any(_is_of(str(item), about, character) for item, about in given[is_negated:]) != is_negated


def _is_of(item: str, given: Any, character: str) -> bool:
    if item == "LITERAL":
        return bool(ord(character) == given)
    if item == "RANGE":
        return bool(given[0] <= ord(character) <= given[1])
    name = str(given).removeprefix("CATEGORY_")
    known = {
        "DIGIT": character.isdigit(),
        "SPACE": character.isspace(),
        "WORD": character.isalnum() or character == "_",
    }
    return known[name.removeprefix("NOT_")] != name.startswith("NOT_")


def _seconds(pattern: re.Pattern[str], method: str, text: str, tries: int) -> float:
    """Return the least CPU time that a search took; other work on the machine does not count."""
    least = float("inf")
    for _ in range(tries):
        begun = time.thread_time()
        if method == "sub":
            pattern.sub("", text)
        elif method == "finditer":
            list(pattern.finditer(text))
        else:
            getattr(pattern, method)(text)
        least = min(least, time.thread_time() - begun)
    return least


def _is_linear(pattern: re.Pattern[str], method: str, unit: str) -> bool:
    short, long, shorter, longer = (
        (unit * (length // len(unit) + 1))[:length] + "\0" for length in (_SHORT, _LONG, _SHORTER, _LONGER)
    )
    seconds = _seconds(pattern, method, long, 1)
    if seconds < _MOST:
        return True
    if min(seconds, _seconds(pattern, method, long, 1)) < _RATIO * _seconds(pattern, method, short, 3):
        return True
    return _seconds(pattern, method, longer, 2) < _LONGER_RATIO * _seconds(pattern, method, shorter, 3)


PATTERNS = _patterns()


@pytest.mark.parametrize("source", PATTERNS, ids=range(len(PATTERNS)))
def test_an_expression_is_linear(source: str) -> None:
    """Eight times the text takes about eight times the time."""
    pattern, methods = PATTERNS[source]
    slow = {(method, unit) for unit in _units(pattern) for method in methods if not _is_linear(pattern, method, unit)}
    assert not slow, pattern.pattern


QUADRATIC = [r"\s*,", r"sk-[a-z-]{20,}!", r"/\*.*?\*/", r"[ab]*c"]


@pytest.mark.parametrize("source", QUADRATIC)
def test_one_that_is_not_is_found(source: str) -> None:
    """Each of these starts at every position and reads to the end."""
    pattern = re.compile(source, re.DOTALL)
    assert any(not _is_linear(pattern, "search", unit) for unit in sorted(_units(pattern)))
