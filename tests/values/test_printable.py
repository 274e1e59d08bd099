"""Text of others, made printable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typedflow.values import RULES, Diagnostic, Location, TypedflowError, printable

TEXTS = {
    "line-ends": ("a\nb\r\nc", "a\\nb\\r\\nc"),
    "tab": ("a\tb", "a\\tb"),
    "color": ("\x1b[31mred", "\\x1b[31mred"),
    "control-characters-of-eight-bits": ("\x9b\x85", "\\x9b\\x85"),
    "line-separators": ("a\u2028b\u2029", "a\\u2028b\\u2029"),
    "bidi-overrides": ("a\u202eb\u2066c", "a\\u202eb\\u2066c"),
    "not-to-be-seen": ("a\u200bb\xa0c\ufeff", "a\\u200bb\\xa0c\\ufeff"),
    "tag-characters": ("a\U000e0041", "a\\U000e0041"),
    "half-a-character": ("a\udcff", "a\\udcff"),
    "other-scripts": ("größe ключ 日本 🙂", "größe ключ 日本 🙂"),
    "backslashes": ("C:\\new", "C:\\new"),
    "github": ("::error::x", "\\x3a:error::x"),
    "github-behind-blanks": ("  ::error::x", "  \\x3a:error::x"),
    "github-long-ago": ("x ##[error]y", "x \\x23#[error]y"),
    "azure-pipelines": ("##vso[task.setvariable variable=a]b", "\\x23#vso[task.setvariable variable=a]b"),
    "no-commands": ("a::b ## c [d] #[e] std::vector", "a::b ## c [d] #[e] std::vector"),
}


@pytest.mark.parametrize(("text", "shown"), TEXTS.values(), ids=TEXTS)
def test_printable(text: str, shown: str) -> None:
    """What is seen stays; what would act, or is not seen, is an escape."""
    assert printable(text) == shown


@given(text=st.text(st.characters(exclude_categories=())))
def test_any_text_is_printable(text: str) -> None:
    """Of any text, and once is enough."""
    shown = printable(text)
    assert shown.isprintable()
    assert printable(shown) == shown


def test_an_exception_has_a_line_for_each_finding() -> None:
    """Also in a log, where nobody renders what was found."""
    found = Diagnostic(RULES["bad-option"], "a\n::error::b", Location("--set x\n::error::y"), hint="c\x1b[1m")
    assert str(TypedflowError([found, found])).split("\n") == 2 * [
        "--set x\\n\\x3a:error::y: TF507 bad-option: a\\n\\x3a:error::b (c\\x1b[1m)"
    ]
