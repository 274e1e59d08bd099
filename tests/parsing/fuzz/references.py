"""What others read in a text: tomli, JSON by the standard library and pydantic, and PyYAML in Python by YAML 1.2."""

import json
import math
import re
from collections.abc import Callable
from typing import Any

import pydantic_core
import tomli
import yaml
import yaml_reference

#: The rules by which we refuse what a reference reads. A text that breaks any other is refused by both.
STRICTER = {
    "not-finite": "JSON cannot represent it, so no compiled config can",
    "too-large": "limits of size, of depth, of digits and of what aliases repeat",
}

#: Where libyaml and PyYAML read YAML differently: what the text then has, why, and the least such text.
DIFFERENCES = (
    (r"(?m)^%(?!YAML 1\.[12]\s|TAG )", "PyYAML passes over directives that YAML keeps for later", "%A\n---\n"),
    (r"[\x85\u2028\u2029]", "PyYAML takes them for ends of lines, as YAML 1.1 does", "a: 1 # \u2028b: 2\n"),
    (r":[,?\[\]{}]", "PyYAML takes a colon without a space behind it, in flow style", "{a:[]}"),
    (r"!\S*[,\[\]]", "PyYAML takes commas and brackets for a part of a tag", "[!!str, a]"),
    (r"\S\?|\?\S", "libyaml takes a question mark within a plain scalar in flow style", "{a?: 1}"),
    (r"[\[\]{},\"':?|>][-+0-9]*#", "both take a comment without a space before it", "{a: 1}#\n"),
    (r"\s*[|>][-+]?\s*(#.*)?\n\s*#", "both take text of a block scalar for a comment", "a: |\n   \n # b\n"),
    (r"[&*][\w-]+[:?%@`]", "both end an anchor's name there", "[&a b, {*a: 2}]"),
    (r"\s-[,\]}]|[\[{,]-[,\]}]", "both take a dash alone for a plain scalar in flow style", "[-]"),
    (r"[\s\[{,]:[^\s,\[\]{}]", "both take the colon off a plain scalar in flow style", "{!!str :x}"),
    (r"\t", "libyaml takes tabs between tokens, PyYAML before a block scalar's first line", "a: |\n  \tb\n"),
    (r"\ufeff", "PyYAML takes a byte-order mark within a text as a letter, libyaml now and then", "a: 1\n\ufeffb: 2\n"),
)


class RefusedError(Exception):
    """The reference does not read the text."""


def read(text: str, format_name: str) -> Any:
    """Return the value that the reference reads.

    Raises:
        RefusedError: it reads none.
    """
    try:
        return _REFERENCES[format_name](text)
    except (ValueError, yaml.YAMLError, RecursionError):
        raise RefusedError from None


def is_compared(text: str, format_name: str) -> bool:
    """Return whether the reference means the same by the text, as far as the table says."""
    return format_name != "yaml" or not any(re.search(pattern, text) for pattern, _, _ in DIFFERENCES)


def _json(text: str) -> Any:
    value = json.loads(text, object_pairs_hook=_mapping, parse_constant=_refuse, parse_float=_finite)
    json.dumps(value, ensure_ascii=False).encode()  # no half of a surrogate pair
    if pydantic_core.from_json(text, allow_inf_nan=False) != value:
        raise ValueError("the references differ")
    return value


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a key is set twice")
    return dict(pairs)


def _finite(text: str) -> float:
    if not math.isfinite(value := float(text)):
        raise ValueError("not finite")
    return value


def _refuse(text: str) -> Any:
    raise ValueError(text)


_REFERENCES: dict[str, Callable[[str], Any]] = {"toml": tomli.loads, "yaml": yaml_reference.load, "json": _json}
