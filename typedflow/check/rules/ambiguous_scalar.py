"""TF112 ambiguous-scalar: unquoted YAML 1.2 scalars that YAML 1.1 reads differently.

Source: https://yaml.org/spec/1.2.2/#103-core-schema and https://yaml.org/type/ (YAML 1.1), the latter as PyYAML has it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

import yaml

from typedflow.layers import Layer
from typedflow.parsing import PlainScalar, plain_scalars
from typedflow.values import RULES, Diagnostic, Severity

_NOT_VALUES = {"tag:yaml.org,2002:merge", "tag:yaml.org,2002:value"}
_STRING = "tag:yaml.org,2002:str"
_MOST_SHOWN = 60
#: A text without a match has no such scalar and need not be searched; this applies to most texts.
_SUSPECT = re.compile(
    r"""
    [-+.\dyYnNoO](?:     # each form starts with one of a few characters, which are quick to find, and looks behind
      (?<!\w\w)(?:(?<=[yY])[eE][sS] | (?<=[nN])[oO] | (?<=[oO])(?:[nN]|[fF][fF]))(?!\w)
    | (?<=\d)[_:]        # 1_000, 12:30
    | (?<=0)(?<![\w.]0)\w  # 0777, 0x1f, 0b1
    | (?<=\d)\d{3}-\d   # dates
    | (?<=[\d.])[eE]    # exponents, with or without a sign
    | (?<=[-+])\.
    | (?<=\.)_
    )
    """,
    re.VERBOSE,
)


def find(layer: Layer) -> Iterator[Diagnostic]:
    """Yield the plain scalars of a YAML file that YAML 1.1 reads differently."""
    for scalar in plain_scalars(layer.source) if _SUSPECT.search(layer.source.text) else ():
        other = _read_by_1_1(scalar.text)
        if other is not None and not _is_same(other[0], scalar.value):
            yield _finding(scalar, other[0])


def _finding(scalar: PlainScalar, other: object) -> Diagnostic:
    shown = scalar.text[:_MOST_SHOWN]
    what = "the key " if scalar.is_key else ""
    return Diagnostic(
        RULES["ambiguous-scalar"],
        f"{what}`{shown}` is {_named(scalar.value)} in YAML 1.2, and {_named(other)} to tools that read YAML 1.1",
        scalar.location,
        hint=f"write `{_unambiguous(scalar.value)}`",
        path=scalar.path,
        severity=Severity.WARNING,
    )


class _InvalidDate:
    """A text that YAML 1.1 reads as a date that does not exist."""


@cache
def _loader() -> yaml.SafeLoader:
    return yaml.SafeLoader("")


@lru_cache(maxsize=4096)
def _read_by_1_1(text: str) -> tuple[Any] | None:
    """Return PyYAML's value of a plain scalar in a tuple; None if it is not a value, such as a merge key."""
    loader = _loader()
    tag = loader.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call] # the stubs leave it out
    if tag in _NOT_VALUES:
        return None
    if tag == _STRING:
        return (text,)
    try:
        return (loader.yaml_constructors[tag](loader, yaml.ScalarNode(tag, text)),)
    except (ValueError, OverflowError):
        return (_InvalidDate(),)


def _is_same(one: object, other: object) -> bool:
    return type(one) is type(other) and one == other


def _named(value: object) -> str:
    if isinstance(value, str):
        return "a string"
    if isinstance(value, bool | int | float) or value is None:
        return f"{json.dumps(value)[:_MOST_SHOWN]}"
    return "a date that does not exist" if isinstance(value, _InvalidDate) else "a date"


def _unambiguous(value: object) -> str:
    """Return a value as text that both versions read the same."""
    text = json.dumps(value, ensure_ascii=False)
    if isinstance(value, float) and "." not in text:
        return text.replace("e", ".0e")
    return text
