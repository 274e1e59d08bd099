"""Positions: what is asked for, what is not known, and what asking costs."""

import subprocess
import sys

import pytest

from typedflow.parsing import locate, locate_key, location, parse
from typedflow.values import KeyPath, Location, Source, Span

YAML = Source("a.yaml", "a:\n  b: [1, 2]\nc: 3\n", "yaml")


def test_a_source_without_a_format_has_no_positions() -> None:
    """A default or a value from code is named, and no more."""
    source = Source("default", "3", None)
    assert locate(source, ()) is None
    assert locate_key(source, ("a",)) is None
    assert location(source, ("a",)) == Location("default")


def test_an_unknown_format_has_no_positions_and_no_values() -> None:
    """Positions are a courtesy and values are not: ``parse`` says that the format is unknown."""
    source = Source("a.ini", "", "ini")
    assert locate(source, ()) is None
    with pytest.raises(ValueError, match="format='ini' must be one of toml, yaml, json"):
        parse(source)


@pytest.mark.parametrize("path", [("x",), ("a", "x"), ("a", 0), ("a", "b", 2), ("c", "x"), (0,)])
def test_a_path_that_the_text_does_not_have_has_no_span(path: KeyPath) -> None:
    """``locate`` answers for the path itself only."""
    assert locate(YAML, path) is None
    assert locate_key(YAML, path) is None


@pytest.mark.parametrize(
    ("path", "key", "span"),
    [
        (("a", "b", 1), False, Span(2, 10, 2, 11)),
        (("a", "b", 1), True, Span(2, 10, 2, 11)),
        (("a", "b"), True, Span(2, 3, 2, 4)),
        (("a", "b", 7, "x"), False, Span(2, 3, 2, 4)),
        (("a", "x"), False, Span(1, 1, 1, 2)),
        (("x", "y"), False, None),
        ((), False, Span(1, 1, 3, 5)),
    ],
)
def test_a_location_falls_back_to_the_nearest_key(path: KeyPath, key: bool, span: Span | None) -> None:  # noqa: FBT001
    """What is missing is shown at the key that it is missing from; at the top there is no such key."""
    found = location(YAML, path, key=key)
    assert found.name == "a.yaml"
    assert found.span == span
    assert (found.excerpt is None) == (span is None)


def test_an_excerpt_shows_the_first_line_of_a_span() -> None:
    """The excerpt underlines the value, without its line end."""
    found = location(Source("a.yaml", "x: 1\r\ny: {a: 1,\r\n  b: 2}\r\n", "yaml"), ("y",))
    assert found.excerpt is not None
    assert (found.excerpt.line, found.excerpt.start, found.excerpt.end) == ("y: {a: 1,", 3, 9)


#: What ``str.splitlines`` takes for the end of a line, and no editor does.
ENDS_NO_LINE = "\x85\u2028\u2029"


@pytest.mark.parametrize("character", ENDS_NO_LINE)
@pytest.mark.parametrize(
    ("name", "text"),
    [("toml", "a = '{}' # {}\n b = 1\n"), ("yaml", " a: '{}' # {}\n b: 1\n"), ("json", '{{"a": "{}{}",\n "b": 1}}')],
)
def test_only_line_ends_end_lines(name: str, text: str, character: str) -> None:
    """Lines and columns are those of an editor, and an excerpt is a whole line."""
    source = Source("file", text.format(character, character), name)
    found = location(source, ("b",), key=True)
    assert found.span is not None
    assert found.excerpt is not None
    assert (found.span.line, found.span.column) == (2, 2)
    first = location(source, ("a",))
    assert first.excerpt is not None
    assert first.excerpt.line == source.text.split("\n")[0]


def test_positions_load_tree_sitter_only_when_asked() -> None:
    """Parsing TOML does not import the library that locates in it."""
    program = """
import sys
from typedflow.parsing import locate, parse
from typedflow.values import Source
source = Source("a.toml", "a = 1", "toml")
parse(source)
assert "tree_sitter" not in sys.modules
assert locate(source, ("a",))
assert "tree_sitter" in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True)
