"""Diagnostics, errors, locations and excerpts."""

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typedflow.values import (
    RULES,
    Diagnostic,
    Excerpt,
    Location,
    Severity,
    Source,
    Span,
    TypedflowError,
    excerpt,
)

RULE = RULES["unknown-key"]

LINES = {
    "bare": (Diagnostic(RULE, "no"), "TF302 unknown-key: no"),
    "with a file": (Diagnostic(RULE, "no", Location("a.toml")), "a.toml: TF302 unknown-key: no"),
    "with a place": (
        Diagnostic(RULE, "no", Location("a.toml", Span(3, 4, 3, 5))),
        "a.toml:3:4: TF302 unknown-key: no",
    ),
    "with a label": (Diagnostic(RULE, "no", label="did you mean `b`?"), "TF302 unknown-key: no (did you mean `b`?)"),
    "with a hint": (Diagnostic(RULE, "no", hint="remove it"), "TF302 unknown-key: no (remove it)"),
    "with both": (Diagnostic(RULE, "no", label="here", hint="remove it"), "TF302 unknown-key: no (here; remove it)"),
}

TEXT = "alpha: 1\r\nbeta:\n  größe: 2"

EXCERPTS = {
    "a key": (Span(1, 1, 1, 6), Excerpt("alpha: 1", 0, 5)),
    "a value before CRLF": (Span(1, 8, 1, 9), Excerpt("alpha: 1", 7, 8)),
    "several lines": (Span(2, 1, 3, 11), Excerpt("beta:", 0, 5)),
    "letters beyond ASCII": (Span(3, 3, 3, 8), Excerpt("  größe: 2", 2, 7)),
    "an empty span": (Span(3, 3, 3, 3), Excerpt("  größe: 2", 2, 3)),
    "behind the end of a line": (Span(1, 99, 1, 99), Excerpt("alpha: 1", 8, 98)),
    "no such line": (Span(4, 1, 4, 2), None),
    "line zero": (Span(0, 1, 0, 2), None),
}


@pytest.mark.parametrize(("diagnostic", "line"), LINES.values(), ids=LINES)
def test_an_error_reads_as_a_line(diagnostic: Diagnostic, line: str) -> None:
    """The text of an error is the place, the rule, the message and the advice, as far as there are any."""
    assert str(TypedflowError([diagnostic])) == line


def test_an_error_has_a_line_for_each_diagnostic() -> None:
    """All findings are in the text, in their order, and in ``diagnostics``."""
    findings = [diagnostic for diagnostic, _ in LINES.values()]
    error = TypedflowError(iter(findings))
    assert error.diagnostics == tuple(findings)
    assert str(error).splitlines() == [line for _, line in LINES.values()]


def test_an_error_can_be_copied_and_sent() -> None:
    """An error survives copying and pickling: processes and threads hand errors on."""
    error = TypedflowError([diagnostic for diagnostic, _ in LINES.values()])
    assert pickle.loads(pickle.dumps(error)).diagnostics == error.diagnostics  # noqa: S301 # it is our own
    assert str(copy.copy(error)) == str(error)


def test_a_diagnostic_is_an_error_unless_it_says_otherwise() -> None:
    """A diagnostic's severity is error by default."""
    assert Diagnostic(RULE, "no").severity is Severity.ERROR


def test_a_source_does_not_print_its_text() -> None:
    """A source's text may be long, and is not in its repr."""
    assert "secret" not in repr(Source("a.toml", "secret = 1"))


@pytest.mark.parametrize(("name", "rule"), RULES.items(), ids=RULES)
def test_a_rule_is_known_by_its_name(name: str, rule: tuple[str, str]) -> None:
    """Every rule has its own code, and is found by its name."""
    code, own = rule
    assert own == name
    assert [other for other in RULES.values() if other.code == code] == [rule]


@pytest.mark.parametrize(("span", "expected"), EXCERPTS.values(), ids=EXCERPTS)
def test_an_excerpt_is_the_first_line(span: Span, expected: Excerpt | None) -> None:
    """An excerpt is a span's first line without its end, and at least one character of it to underline."""
    assert excerpt(TEXT, span) == expected


@given(st.text(st.sampled_from("ab\n\r é")), st.integers(0, 6), st.integers(1, 9), st.integers(0, 9))
def test_an_excerpt_is_never_empty(text: str, line: int, column: int, length: int) -> None:
    """Whatever the span, something is underlined, and it starts on the line or right behind it."""
    found = excerpt(text, Span(line, column, line, column + length))
    assert found is None or 0 <= found.start <= len(found.line)
    assert found is None or found.start < found.end
