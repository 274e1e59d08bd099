"""Values as written on a command line."""

import re
from typing import Any

import pytest

from typedflow.parsing import parse_value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3),
        ("-0.5", -0.5),
        ("true", True),
        ("null", None),
        ("~", None),
        ("", ""),
        ("  ", ""),
        (" x ", "x"),
        ("no", "no"),
        ("010", 10),
        ("[1, 2]", [1, 2]),
        ("{a: 1, b: [x y, {}]}", {"a": 1, "b": ["x y", {}]}),
        ("{a: &x 1, b: *x}", {"a": 1, "b": 1}),
        ('"3"', "3"),
        ("'it''s'", "it's"),
        ("a: 1", "a: 1"),
        ("x #1", "x #1"),
        ("*.csv", "*.csv"),
        ("&a", "&a"),
        ("- 1", "- 1"),
        ("!foo", "!foo"),
        ("| x", "| x"),
        ("a\nb", "a\nb"),
        ("1, 2", "1, 2"),
        ("https://x.y/z?a=b", "https://x.y/z?a=b"),
    ],
)
def test_a_text_is_a_scalar_or_a_flow_value(text: str, value: Any) -> None:
    """Brackets, braces and quotes open YAML; everything else is one scalar of the core schema."""
    found = parse_value(text)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[1, 2", "expected ',' or ']'"),
        ("'x", "the text ends inside a quoted string"),
        (".nan", "`.nan` is not a finite number"),
        ("1e999", "`1e999` is not a finite number"),
        ("9" * 5000, "an integer with 5,000 digits"),
        ("{a: 1, a: 2}", "`a` is set twice"),
        (
            "{1.5: a, b: !foo c}",
            "the key `1.5` is a number; a key must be a string or an integer; the tag `!foo` is not supported",
        ),
        ("\ud800", "the character U+D800 is not valid text"),
        ("[" * 1000, "nested more than 100 levels deep"),
    ],
)
def test_a_bad_text_is_a_value_error_with_a_short_message(text: str, message: str) -> None:
    """The message has no place in it: there is only the one argument."""
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        parse_value(text)
