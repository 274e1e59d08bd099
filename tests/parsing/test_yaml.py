"""YAML beyond its table: schema, anchors, merge keys, and what a problem tells."""

import pytest
import yaml

from typedflow.parsing import locate, location, parse, parse_any
from typedflow.values import Diagnostic, Source, Span, TypedflowError


def of(text: str) -> Source:
    """Return a YAML source."""
    return Source("a.yaml", text, "yaml")


def problem(text: str) -> Diagnostic:
    """Return the one problem of a text."""
    with pytest.raises(TypedflowError) as caught:
        parse(of(text))
    (found,) = caught.value.diagnostics
    return found


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "---\n", "---\n# nothing\n...\n"])
def test_an_empty_document_is_an_empty_mapping(text: str) -> None:
    """A file without a value is a config without keys."""
    assert parse(of(text)) == {}
    assert parse_any(of(text)) == {}


@pytest.mark.parametrize("word", ["yes", "no", "on", "off", "1_000", "190:20:30", "2020-01-01", "0b1", "1e", "nULL"])
def test_what_only_yaml_1_1_converts_is_a_string(word: str) -> None:
    """Values by YAML 1.1 alone are strings, as a key too."""
    assert parse(of(f"{word}: {word}")) == {word: word}


@pytest.mark.parametrize(
    ("text", "value"),
    [("010", 10), ("0o10", 8), ("0xfF", 255), ("1e3", 1000.0), (".5", 0.5), ("-1.", -1.0)],
)
def test_a_plain_scalar_is_read_by_the_core_schema(text: str, value: object) -> None:
    """Integers, floats and null have the type that YAML 1.2 gives them."""
    found = parse_any(of(text))
    assert (found, type(found)) == (value, type(value))


def test_a_merge_key_gives_way_to_keys_of_the_mapping_wherever_it_stands() -> None:
    """Explicit keys win, and of several bases the first."""
    text = "a: &a {x: 1, y: 1}\nb: &b {x: 2, z: 2}\nc: {x: 3, <<: [*b, *a]}\nd: {<<: *a, y: 4}\n"
    assert parse(of(text)) == yaml.load(text, yaml.CSafeLoader)
    assert parse(of(text))["c"] == {"x": 3, "y": 1, "z": 2}


@pytest.mark.parametrize("base", ["<<", '"<<"'])
def test_an_alias_merges_nothing(base: str) -> None:
    """A key that is an alias of the string `<<` is a key of that name."""
    source = of(f"a: [&a {base}]\nb: {{*a : {{x: 1}}}}\n")
    assert parse(source) == {"a": ["<<"], "b": {"<<": {"x": 1}}}
    assert locate(source, ("b", "<<", "x")) is not None


def test_an_anchor_may_be_set_again() -> None:
    """An alias means the last anchor of its name before it (YAML 1.2, 3.2.2.2)."""
    assert parse(of("x: [&a 1, *a, &a 2, *a]\n")) == {"x": [1, 1, 2, 2]}
    inside = of("x: &a\n  - &a {y: 1}\nz: *a\n")
    assert parse(inside) == {"x": [{"y": 1}], "z": {"y": 1}}
    assert locate(inside, ("z", "y")) == Span(2, 12, 2, 13)


def test_an_alias_stands_where_it_is_written_and_its_content_at_the_anchor() -> None:
    """The key of a merged value and what is below an alias are located where they are typed."""
    source = of("a: &a {x: 1}\nb: *a\nc:\n  <<: *a\n")
    assert locate(source, ("b",)) == Span(2, 4, 2, 6)
    assert locate(source, ("b", "x")) == locate(source, ("c", "x")) == Span(1, 11, 1, 12)


def test_a_block_ends_with_its_last_value() -> None:
    """The span of a block mapping or list leaves out the blank lines and comments behind it."""
    source = of("a:\n  - b: 1\n\n  # end\n\nc: |\n  text\n\nd: 2\n")
    assert locate(source, ("a",)) == Span(2, 3, 2, 9)
    assert locate(source, ("c",)) == Span(6, 4, 7, 7)
    assert locate(source, ()) == Span(1, 1, 9, 5)


def test_a_mapping_does_not_end_where_what_it_merges_ends() -> None:
    """What a mapping merges stands elsewhere, and the mapping ends with its own last value."""
    source = of("a: &a\n  x: 1\nb:\n  <<: *a\nc:\n  y: 2\n  <<: [*a]\n")
    assert locate(source, ("b",)) == Span(4, 3, 4, 9)
    assert locate(source, ("c",)) == Span(6, 3, 7, 11)


@pytest.mark.parametrize(
    ("scalar", "value", "end"),
    [
        ("|\n  x\n\n", "x\n", (2, 4)),
        ("|\n  x \n", "x \n", (2, 5)),
        ("|\n  x\n   ", "x\n \n", (3, 4)),
        ("|+\n  x\n\n", "x\n\n", (3, 1)),
        ("&a >+ # c\n  x\n\n\n", "x\n\n\n", (4, 1)),
    ],
)
def test_what_a_block_scalar_keeps_is_inside_it(scalar: str, value: str, end: tuple[int, int]) -> None:
    """The span of a block scalar leaves out the blank lines behind it, unless they are part of the value."""
    source = of(f"a: {scalar}# c\n" if scalar[-1] == "\n" else f"a: {scalar}")
    assert parse(source) == {"a": value}
    assert locate(source, ("a",)) == Span(1, 4, *end)


def test_an_empty_value_stands_behind_its_colon() -> None:
    """A key without a value has an empty span, on the key's line."""
    assert locate(of("a:\nb: 1\n"), ("a",)) == Span(1, 3, 1, 3)


def test_a_repeated_key_tells_where_it_was_first() -> None:
    """The related place is the first of the two keys, with its line."""
    found = problem("a:\n  b: 1\n  'b': 2\n")
    assert found.path == ("a", "b")
    assert [(related.role, str(related.location)) for related in found.related] == [("first set at", "a.yaml:2:3")]
    assert found.related[0].location.excerpt is not None
    assert found.related[0].location.excerpt.line == "  b: 1"


def test_keys_that_are_no_strings_are_not_taken_for_one_key() -> None:
    """Two lists as keys, or null and an empty string, are no key that is set twice."""
    with pytest.raises(TypedflowError) as caught:
        parse(of("{[a]: 1, [b]: 2}"))
    assert [found.rule.name for found in caught.value.diagnostics] == ["key-not-a-string"] * 2
    assert problem('"": 1\n? \n: 2\n').rule.name == "key-not-a-string"


def test_advice_stands_beside_a_problem_with_one_way_out() -> None:
    """A key that is no string says how to quote it, a tab how to indent, a bracket where it was opened."""
    quote = 'quote it: `"1.5"`; if the model has integer keys, write an integer'
    assert problem("a:\n  1.5: x\n").hint == quote
    assert problem("a:\n\tb: 1\n").label == "indent with spaces"
    assert problem("a: [1,\nb: 2\n").hint == "while parsing a flow sequence, which starts at 1:4"


def test_the_caret_of_unusual_line_ends_is_under_the_problem() -> None:
    """A lone carriage return begins a line in YAML, and none for us or any editor; NEL and U+2028 begin none at all."""
    assert location(of('a: "\r"\rb: 2\n'), ("b",)).span == Span(1, 11, 1, 12)
    assert location(of('"\u2028\x85": # \u2028\n  {"\x85": 2}\n'), ("\u2028\x85", "\x85")).span == Span(2, 9, 2, 10)


def test_a_byte_order_mark_left_in_the_text_does_not_shift_columns() -> None:
    """Columns count the mark, as the excerpt shows it."""
    assert locate(of("\ufeffa: 1"), ("a",)) == Span(1, 5, 1, 6)
    assert str(problem("\ufeffa: @").location) == "a.yaml:1:5"


def test_problems_are_reported_up_to_a_limit() -> None:
    """A file of mistakes gives a hundred of them."""
    with pytest.raises(TypedflowError) as caught:
        parse(of("a: 1\n" * 1000))
    assert len(caught.value.diagnostics) == 100
