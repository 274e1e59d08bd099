"""YAML 1.2's core schema: which plain scalar is which value.

Source: https://yaml.org/spec/1.2.2/#103-core-schema
"""

import math
import re
from typing import Any

from typedflow.parsing._problems import clipped

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

# Python refuses decimals of more digits; the other bases it converts, but then cannot print them.
_MAX_BASED_DIGITS = 3500


class TooLargeError(ValueError):
    """An integer of more digits than Python converts."""


def plain(text: str) -> Any:
    """Return the value of a plain scalar, an infinity and NaN as well."""
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
    raise TooLargeError(f"an integer of {len(digits):,} digits")


def key_text(event: Any) -> str:
    """Return the text that a scalar is as a key: of an integer its decimal digits, as JSON has it."""
    text: str = event.value
    if text[:1] in _NUMBER_STARTS and (event.implicit[0] if event.tag is None else event.tag == _PREFIX + "int"):
        try:
            value = plain(text)
        except TooLargeError:
            return text
        return str(value) if type(value) is int else text
    return text


_PREFIX = "tag:yaml.org,2002:"
_KINDS: dict[str, type] = {"int": int, "bool": bool, "null": type(None), "float": float}
SCALAR_TAGS = frozenset(("!", *(_PREFIX + name for name in ("str", *_KINDS))))
MAPPING_TAGS = frozenset(("!", _PREFIX + "map"))
LIST_TAGS = frozenset(("!", _PREFIX + "seq"))


def tagged(text: str, tag: str) -> Any:
    """Return the value of a scalar under one of the ``SCALAR_TAGS``.

    Raises:
        ValueError: the text is no such value.
    """
    name = tag.removeprefix(_PREFIX)
    if name in ("!", "str"):
        return text
    value = plain(text)
    if name == "float" and type(value) is int:
        return float(text)
    if type(value) is not _KINDS[name]:
        raise ValueError(f"`{clipped(text)}` is not of the type !!{name}")
    return value


def short_tag(tag: str) -> str:
    """Return a tag as people write it."""
    return "!!" + tag.removeprefix(_PREFIX) if tag.startswith(_PREFIX) else tag
