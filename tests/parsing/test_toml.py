"""TOML beyond its table: positions of tables, TOML 1.1, and what a problem tells."""

from collections.abc import Callable

import pytest
import tomli

from typedflow.parsing import locate, locate_key, parse
from typedflow.values import Diagnostic, Source, Span, TypedflowError

TOML_1_1 = """\
moment = 1979-05-27 07:32Z # no seconds
hour = 07:32
text = "\\e[0m" # é
inline = {
  a = 1, # a comment
  "b c" = [
    '''
x''',
    2, # another
  ],
}
[after]
x = "y"
"""


def of(text: str) -> Source:
    """Return a TOML source."""
    return Source("a.toml", text, "toml")


def problem(text: str) -> Diagnostic:
    """Return the one problem of a text."""
    with pytest.raises(TypedflowError) as caught:
        parse(of(text))
    (found,) = caught.value.diagnostics
    return found


def is_toml_1_1_read() -> bool:
    """Return whether the installed tomli reads TOML 1.1."""
    try:
        tomli.loads('x = "\\e"')
    except tomli.TOMLDecodeError:
        return False
    return True


@pytest.mark.skipif(not is_toml_1_1_read(), reason="this tomli reads TOML 1.0")
def test_toml_1_1_is_located_too(assert_located: Callable[[Source], None]) -> None:
    """Escapes, times without seconds and inline tables of several lines do not shift positions."""
    assert_located(of(TOML_1_1))


def test_a_table_stands_at_its_key_where_it_is_first_named() -> None:
    """Tables without braces have no end of their own, so the name is what is shown."""
    source = of("[a.'b']\nc = 1\n[a]\nd.e = 2\n[[f]]\n[[f]]\ng = {h = 3}\n")
    assert locate(source, ("a",)) == locate_key(source, ("a",)) == Span(1, 2, 1, 3)
    assert locate(source, ("a", "b")) == Span(1, 4, 1, 7)
    assert locate(source, ("a", "d")) == Span(4, 1, 4, 2)
    assert locate(source, ("f",)) == locate(source, ("f", 0)) == Span(5, 3, 5, 4)
    assert locate(source, ("f", 1)) == Span(6, 3, 6, 4)
    assert locate(source, ("f", 1, "g")) == Span(7, 5, 7, 12)


def test_columns_count_characters() -> None:
    """A character of two or four bytes is one column."""
    assert locate(of('a = ["é😀", 1]\n'), ("a", 1)) == Span(1, 12, 1, 13)


def test_a_repeated_key_tells_where_it_was_first() -> None:
    """The place is the second key itself, the related place the first."""
    found = problem("[a]\nb = 1\n\n[c]\n[a]\nd = [\n")
    assert str(found.location) == "a.toml:5:2"
    assert [(related.role, str(related.location)) for related in found.related] == [("first set at", "a.toml:1:2")]
    assert found.path == ("a",)


def test_an_array_of_tables_cannot_be_what_a_longer_name_made_a_table() -> None:
    """The place is the array's name, the related place the name within the longer one."""
    found = problem("[[a.b]]\n[[a]]\n")
    assert str(found.location) == "a.toml:2:3"
    assert [str(related.location) for related in found.related] == ["a.toml:1:3"]
    assert found.path == ("a",)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a.b = 1\na = 2\n", "2:1"),
        ("[[a]]\n[a]\n", "2:2"),
        ("a = []\n[[a]]\n", "2:3"),
        ("[a.b]\n[a]\nb.c = 1\n", "3:3"),
        ("a = 1\na.b = 2\n", "2:3"),
        ("a = {}\n[a.b]\n", "2:4"),
        ("a = [[{b.c = 1, b.c = 2}]]\n", "1:19"),
    ],
)
def test_every_way_to_set_a_key_again_is_a_duplicate(text: str, place: str) -> None:
    """Values, tables, arrays of tables and dotted keys are set once; the caret is under the later key."""
    found = problem(text)
    assert found.rule.name == "duplicate-key"
    assert str(found.location) == f"a.toml:{place}"


@pytest.mark.parametrize("number", ["9" * 5000, "-" + "9" * 5000, "0x" + "f" * 5000, "0b" + "1" * 5000])
def test_an_integer_too_long_to_print_is_refused_at_its_place(number: str) -> None:
    """Text of many digits before it is not mistaken for the number."""
    found = problem(f"a = '{number}' # {number}\nb = {number}\n")
    assert found.rule.name == "too-large"
    assert str(found.location) == "a.toml:2:5"


def test_a_problem_of_syntax_goes_before_one_of_values() -> None:
    """A NaN does not hide an error of syntax behind it."""
    assert problem("a = nan\nb =\n").rule.name == "invalid-syntax"
