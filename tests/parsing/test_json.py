"""JSON beyond its table: what a problem tells."""

import pytest

from typedflow.parsing import locate, locate_key, parse, parse_any
from typedflow.values import Diagnostic, Source, Span, TypedflowError


def of(text: str) -> Source:
    """Return a JSON source."""
    return Source("a.json", text, "json")


def problem(text: str) -> Diagnostic:
    """Return the one problem of a text."""
    with pytest.raises(TypedflowError) as caught:
        parse(of(text))
    (found,) = caught.value.diagnostics
    return found


@pytest.mark.parametrize(
    ("text", "place", "label"),
    [
        ('{"a": 1,}', "1:8", "JSON does not allow trailing commas"),
        ('{"a": [1,\n]}', "1:9", "JSON does not allow trailing commas"),
        ('{"a": 1 // x\n}', "1:9", "JSON does not allow comments"),
        ('# x\n{"a": 1}', "1:1", "JSON does not allow comments"),
        ("{'a': 1}", "1:2", 'JSON quotes strings with `"`'),
        ("", "1:1", "write `{}` for an empty config"),
        ("\ufeff{}", "1:1", "remove the byte-order mark"),
        ('{"a": "x', "1:7", ""),
    ],
)
def test_a_mistake_is_named_at_its_place(text: str, place: str, label: str) -> None:
    """What people write from other formats is named, the same on every Python."""
    found = problem(text)
    assert (found.rule.name, str(found.location), found.label) == ("invalid-syntax", f"a.json:{place}", label)


def test_a_repeated_key_tells_where_it_was_first() -> None:
    """Keys are compared as strings, however they are escaped."""
    found = problem('{"a": 1,\n "\\u0061": 2}')
    assert found.path == ("a",)
    assert str(found.location) == "a.json:2:2"
    assert str(found.related[0].location) == "a.json:1:2"


def test_a_long_integer_is_refused_at_its_place() -> None:
    """An integer of more digits than Python converts is a diagnostic."""
    found = problem(f'{{"a": 1, "b": {"9" * 5000}}}')
    assert (found.rule.name, str(found.location), found.path) == ("too-large", "a.json:1:15", ("b",))


def test_a_list_at_the_top_is_a_value_but_no_config() -> None:
    """``parse_any`` takes what ``parse`` refuses."""
    assert parse_any(of("[1]")) == [1]
    assert problem("[1]").rule.name == "not-a-mapping"


def test_values_and_keys_are_located() -> None:
    """Spans leave out the colon, the comma and the blanks around them."""
    source = of('{ "a" : [ 1 , {"b": null} ] }')
    assert locate_key(source, ("a",)) == Span(1, 3, 1, 6)
    assert locate(source, ("a",)) == Span(1, 9, 1, 28)
    assert locate(source, ("a", 0)) == locate_key(source, ("a", 0)) == Span(1, 11, 1, 12)
    assert locate(source, ("a", 1, "b")) == Span(1, 21, 1, 25)
