"""YAML 1.2's core schema: the values of plain scalars.

Source: https://yaml.org/spec/1.2.2/#103-core-schema
"""

import math
import re
from typing import Any

from typedflow.parsing._diagnostics import shorten

MERGE = "<<"

_WORDS: dict[str, Any] = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NUMBER_STARTS = frozenset("0123456789+-.")
_INTEGER = re.compile(r"[-+]?[0-9]+")
_BASED = re.compile(r"0o(?P<octal>[0-7]+)|0x(?P<hexadecimal>[0-9a-fA-F]+)")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_INFINITY = re.compile(r"[-+]?\.(?:inf|Inf|INF)")
_NAN = frozenset((".nan", ".NaN", ".NAN"))

_DECIMAL = 10

# Python refuses longer decimals; it converts longer integers in other bases, but cannot print them in decimal.
_MAX_BASED_DIGITS = 3500


class TooManyDigitsError(ValueError):
    """An integer with more digits than Python converts."""


def parse_plain(text: str) -> Any:
    """Return the value of a plain scalar, including infinity and NaN."""
    value = _WORDS.get(text, text)
    if value is text and text[0] in _NUMBER_STARTS:
        return _number(text)
    return value


def _number(text: str) -> Any:
    if _INTEGER.fullmatch(text):
        return _integer(text, _DECIMAL)
    if _FLOAT.fullmatch(text):
        return float(text)
    if text in _NAN:
        return math.nan
    if _INFINITY.fullmatch(text):
        return -math.inf if text[0] == "-" else math.inf
    if match := _BASED.fullmatch(text):
        return _integer(text[2:], 8 if match["octal"] else 16)
    return text


def _integer(digits: str, base: int) -> int:
    try:
        if base == _DECIMAL or len(digits) <= _MAX_BASED_DIGITS:
            return int(digits, base)
    except ValueError:
        pass
    raise TooManyDigitsError(f"an integer with {len(digits):,} digits")


def key_text(event: Any) -> str:
    """Return a scalar's text as a key; an integer becomes decimal digits, as in JSON."""
    text: str = event.value
    if text[:1] in _NUMBER_STARTS and (event.implicit[0] if event.tag is None else event.tag == _PREFIX + "int"):
        try:
            value = parse_plain(text)
        except TooManyDigitsError:
            return text
        return str(value) if type(value) is int else text
    return text


_PREFIX = "tag:yaml.org,2002:"
_KINDS: dict[str, type] = {"int": int, "bool": bool, "null": type(None), "float": float}
SCALAR_TAGS = frozenset(("!", *(_PREFIX + name for name in ("str", *_KINDS))))
MAPPING_TAGS = frozenset(("!", _PREFIX + "map"))
LIST_TAGS = frozenset(("!", _PREFIX + "seq"))


def parse_tagged(text: str, tag: str) -> Any:
    """Return the value of a scalar with one of the ``SCALAR_TAGS``.

    Raises:
        ValueError: the tag does not fit the text.
    """
    name = tag.removeprefix(_PREFIX)
    if name in ("!", "str"):
        return text
    value = parse_plain(text)
    if name == "float" and type(value) is int:
        return float(text)
    if type(value) is not _KINDS[name]:
        raise ValueError(f"`{shorten(text)}` is not of the type !!{name}")
    return value


def short_tag(tag: str) -> str:
    """Return a tag in its short form, such as ``!!int``."""
    return "!!" + tag.removeprefix(_PREFIX) if tag.startswith(_PREFIX) else tag
