"""The grammar of config expressions: accesses, their places, and texts that are no expressions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typedflow.values import ExpressionSyntaxError, parse_expression

CHAINS = {
    "a name": ("config", ["config"]),
    "attributes": ("config.a.b", ["config.a.b"]),
    "constant indices": ("config['my-key'][0].x", ["config['my-key'][0].x"]),
    "an index in parentheses": ("config[('a')]", ["config['a']"]),
    "parentheses": ("(config.a).b", ["config.a.b"]),
    "blanks before": (" \t config.a", ["config.a"]),
    "blanks around a dot": ("config . a", ["config.a"]),
    "lines": ("(config\n  .a\n  .b)", ["config.a.b"]),
    "two chains": ("config.b + other.a", ["config.b", "other.a"]),
    "a computed index ends a chain": ("config.a[config.i].b", ["config.a", "config.i"]),
    "a negative index ends a chain": ("config.l[-1].x", ["config.l"]),
    "a boolean is no index": ("config.l[True].x", ["config.l"]),
    "a slice is no index": ("config.l[0:1].x", ["config.l"]),
    "a call ends a chain": ("config.a.keys()[0].b", ["config.a.keys"]),
    "arguments": ("f(config.a, x=config.b)", ["f", "config.a", "config.b"]),
    "a literal's attribute": ("'{}'.format(config.a)", ["config.a"]),
    "a conditional": ("1 if config.a else config.b", ["config.a", "config.b"]),
    "a comprehension": ("[x.y for x in config.l]", ["x.y", "x", "config.l"]),
    "a lambda": ("lambda x: x.y + config.a", ["x.y", "config.a"]),
    "a string with what looks like an access": ("'config.a'", []),
    "no name": ("1 + 2", []),
}

UNICODE = {
    "before": ("'größe' + config.a", ["config", "a"]),
    "within": ("größe.名.b", ["größe", "名", "b"]),
    "in a key": ("config['größe'].b", ["config", "'größe'", "b"]),
    "on a line before": ("('名',\nconfig.a)", ["config", "a"]),
    "a name that Python normalizes": ("config.ﬁt.b", ["config", "ﬁt", "b"]),
    "beyond the basic plane": ("'🎈' + config.a", ["config", "a"]),
    "CRLF": ("(config\r\n.a +\r\n é.b)", ["config", "a", "é", "b"]),
    "a carriage return": ("(config\r.a +\r é.b)", ["config", "a", "é", "b"]),
    "a form feed": ("\x0cconfig.a", ["config", "a"]),
}

BAD = {
    "nothing": ("", 0),
    "blanks": ("   ", 3),
    "an unfinished operator": ("config.a +", 10),
    "two expressions": ("config.a config.b", 9),
    "an assignment": ("config.a = 1", 9),
    "a bracket that does not close": ("f(config.a", 1),
    "the wrong bracket": ("(config.a]", 9),
    "an error after letters beyond ASCII": ("'größe' +* 1", 9),
    "an error on the second line": ("(1 +\n *)", 6),
    "blanks before": ("  a b", 4),
    "a line end first": ("\n config", 1),
}


@pytest.mark.parametrize(("text", "chains"), CHAINS.values(), ids=CHAINS)
def test_accesses_are_the_longest_chains(text: str, chains: list[str]) -> None:
    """A name and what is read from it with attributes and constant indices is one access, in order of appearance."""
    shown = [
        access.name + "".join(f".{step.key}" if step.is_attribute else f"[{step.key!r}]" for step in access.steps)
        for access in parse_expression(text)
    ]
    assert shown == chains


@pytest.mark.parametrize(("text", "parts"), UNICODE.values(), ids=UNICODE)
def test_offsets_count_characters(text: str, parts: list[str]) -> None:
    """Start and end of names and steps are offsets in the text, whatever its bytes and line ends."""
    assert _parts(text) == parts


@pytest.mark.parametrize(("text", "offset"), BAD.values(), ids=BAD)
def test_a_syntax_error_has_an_offset(text: str, offset: int) -> None:
    """Text that is no expression is refused with the place at which Python says so."""
    with pytest.raises(ExpressionSyntaxError) as caught:
        parse_expression(text)
    assert caught.value.message
    assert caught.value.offset in {offset, offset + 1}, "Python's releases differ by a character"


@pytest.mark.parametrize("text", ["a\0b", "(" * 5000, "-" * 100_000 + "1"], ids=["NUL", "brackets", "signs"])
def test_text_that_python_cannot_read_is_a_syntax_error(text: str) -> None:
    """What makes Python's own parser give up is refused as any other mistake."""
    with pytest.raises(ExpressionSyntaxError) as caught:
        parse_expression(text)
    assert 0 <= caught.value.offset <= len(text)


@given(
    st.lists(st.sampled_from(["é", "config", "ﬁt", "a_1", "名"]), min_size=1, max_size=4),
    st.sampled_from(["", " ", "\t ", "(\n", "(\r\n ", "('🎈',\n", "[1,  "]),
)
def test_the_text_at_each_offset_is_the_part(names: list[str], before: str) -> None:
    """Cutting the text at an access's offsets gives its parts, with anything before it."""
    close = {"(": ")", "[": "]"}.get(before[:1], "")
    assert _parts(before + ".".join(names) + close) == names


@given(st.text(st.sampled_from("ac.[]()'0+ \n\ré")))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Reading an expression never fails in another way, and its offsets lie in the text."""
    try:
        accesses = parse_expression(text)
    except ExpressionSyntaxError as error:
        accesses, offset = (), error.offset
    else:
        offset = len(text)
    assert 0 <= offset <= len(text)
    assert all(text[access.start : access.end] == access.name for access in accesses)


def _parts(text: str) -> list[str]:
    accesses = parse_expression(text)
    ranges: list[tuple[int, int]] = []
    for access in accesses:
        ranges += [(access.start, access.end), *((step.start, step.end) for step in access.steps)]
    return [text[start:end] for start, end in ranges]
