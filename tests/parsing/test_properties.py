"""Generated documents: our values are the reference parser's, and positions are true."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import tomli
import tomli_w
import yaml
from hypothesis import given
from hypothesis import strategies as st

from typedflow.parsing import FORMATS, locate, parse, parse_any, parse_value
from typedflow.values import Source, TypedflowError

Located = Callable[[Source], None]

FLOATS = st.floats(allow_nan=False, allow_infinity=False)
# PyYAML writes by YAML 1.1, where plain `1e3` and `0o7` are strings: such strings are written by no test here.
# YAML folds the line ends that JSON does not know, and refuses control characters that JSON takes.
PRINTABLE = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufffe\uffff\ufeff"))
# What is no line end by YAML 1.2 is one for PyYAML.
YAML_TEXT = st.text(st.characters(exclude_categories=("Cs", "Zl", "Zp"), exclude_characters="\x85")).filter(
    lambda text: text[:1] not in "0123456789+-."
)
# What a parser stumbles over.
SIGNS = "ab1.-:,[]{}\"'#&*!|>%@`\\=\n\r\t \0\x85\u2028\ufeffé😀\ud800"


def trees(scalars: st.SearchStrategy[Any], keys: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Return documents of such scalars and keys."""
    values = st.recursive(
        scalars, lambda child: st.lists(child, max_size=4) | st.dictionaries(keys, child, max_size=4), max_leaves=12
    )
    return st.dictionaries(keys, values, max_size=5)


COMMON = st.booleans() | st.integers(-(2**63), 2**63 - 1) | FLOATS
TOML = trees(COMMON | st.text() | st.dates() | st.times() | st.datetimes(), st.text())
JSON = trees(COMMON | st.none() | st.text(), st.text())
YAML = trees(COMMON | st.none() | YAML_TEXT, YAML_TEXT)


@given(TOML, st.booleans())
def test_toml_is_read_as_tomli_reads_it(assert_located: Located, document: dict[str, Any], multiline: bool) -> None:  # noqa: FBT001
    """A TOML document gives tomli's values, each where its position says."""
    text = tomli_w.dumps(document, multiline_strings=multiline)
    source = Source("a.toml", text, "toml")
    assert parse(source) == tomli.loads(text)
    assert_located(source)


@given(JSON, st.sampled_from([None, 0, 2]), st.booleans())
def test_json_is_read_as_json_reads_it(
    assert_located: Located,
    document: dict[str, Any],
    indent: int | None,
    ascii_only: bool,  # noqa: FBT001
) -> None:
    """A JSON document gives the standard library's values, each where its position says."""
    text = json.dumps(document, indent=indent, ensure_ascii=ascii_only)
    source = Source("a.json", text, "json")
    assert parse(source) == json.loads(text)
    assert_located(source)


@given(YAML, st.sampled_from([None, True, False]), st.booleans(), st.sampled_from([20, 80, 10_000]))
def test_yaml_is_read_as_pyyaml_reads_it(
    assert_located: Located,
    document: dict[str, Any],
    flow: bool | None,  # noqa: FBT001
    is_unicode: bool,  # noqa: FBT001
    width: int,
) -> None:
    """A YAML document gives PyYAML's values where the 1.1 and 1.2 schemas agree, each where its position says."""
    text = yaml.safe_dump(document, default_flow_style=flow, allow_unicode=is_unicode, width=width)
    source = Source("a.yaml", text, "yaml")
    assert parse(source) == yaml.load(text, yaml.CSafeLoader)
    assert_located(source)


@given(trees(COMMON | st.none() | PRINTABLE, PRINTABLE))
def test_json_is_yaml(document: dict[str, Any]) -> None:
    """A JSON text gives the same values when it is read as YAML or from a command line."""
    text = json.dumps(document, ensure_ascii=False)
    assert parse_any(Source("a.yaml", text, "yaml")) == document == parse_value(text)


@given(st.text(SIGNS), st.sampled_from(sorted(set(FORMATS.values()))))
def test_any_text_ends_in_a_value_or_in_diagnostics(text: str, format_name: str) -> None:
    """No text raises anything but diagnostics, and each of those has a place inside the text."""
    source = Source("a", text, format_name)
    try:
        parse(source)
    except TypedflowError as error:
        for diagnostic in error.diagnostics:
            assert diagnostic.location is not None
            assert diagnostic.location.span is not None
            lines = text.split("\n")
            assert diagnostic.location.span.line <= len(lines)
            assert diagnostic.location.span.column <= len(lines[diagnostic.location.span.line - 1]) + 1
    locate(source, ())


@given(st.text())
def test_a_word_on_the_command_line_is_a_value_or_a_short_complaint(text: str) -> None:
    """``parse_value`` gives a value for every text, or raises ValueError."""
    complaint = "none"
    try:
        parse_value(text)
    except ValueError as error:
        complaint = str(error)
    assert 0 < len(complaint) < 200


@pytest.mark.parametrize("format_name", sorted(set(FORMATS.values())))
def test_positions_of_a_text_that_does_not_parse_are_unknown(format_name: str) -> None:
    """A text with an error of syntax has no positions."""
    assert locate(Source("a", "{", format_name), ()) is None
