"""Merge conflicts that git left in a file."""

import pytest

from typedflow.parsing import parse
from typedflow.values import Source, TypedflowError

OURS, THEIRS = "<<<<<<< HEAD\n", ">>>>>>> feature/a\n"
BOTH = OURS + "{a}=======\n{b}" + THEIRS

FOUND = {
    "yaml": ("yaml", "seed: 1\n" + BOTH.format(a="b: 1\n", b="b: 2\n"), [(2, "<<<<<<< HEAD")]),
    "toml": ("toml", "seed = 1\n" + BOTH.format(a="b = 1\n", b="b = 2\n"), [(2, "<<<<<<< HEAD")]),
    "json": ("json", '{"seed": 1,\n' + BOTH.format(a='"b": 1\n', b='"b": 2\n') + "}", [(2, "<<<<<<< HEAD")]),
    "two": ("yaml", 2 * BOTH.format(a="b: 1\n", b="b: 2\n"), [(1, "<<<<<<< HEAD"), (6, "<<<<<<< HEAD")]),
    "with the base": ("yaml", f"{OURS}a: 1\n||||||| 1f\na: 0\n=======\na: 2\n{THEIRS}", [(1, "<<<<<<< HEAD")]),
    "no end": ("toml", "a = 1\n" + OURS + "b = 1\n", [(2, "<<<<<<< HEAD")]),
    "no begin": ("yaml", "a: 1\n" + THEIRS, [(2, ">>>>>>> feature/a")]),
    "the base alone": ("toml", "a = 1\n||||||| 1f\n", [(2, "||||||| 1f")]),
    "the middle alone": ("yaml", "a: 1\n=======\nb: 1\n", [(2, "=======")]),
    "the middle alone in toml": ("toml", "a = 1\n=======\n", [(2, "=======")]),
    "windows": ("toml", BOTH.format(a="b = 1\n", b="b = 2\n").replace("\n", "\r\n"), [(1, "<<<<<<< HEAD")]),
    "without a name": ("yaml", "a: 1\n<<<<<<<\nb: 1\n", [(2, "<<<<<<<")]),
    "in a text": ("toml", 'a = """\n' + BOTH.format(a="one\n", b="two\n") + '"""\n', [(2, "<<<<<<< HEAD")]),
    "in a text, with the base": (
        "toml",
        f'a = """\n{OURS}one\n||||||| 1f\ntwo\n=======\nthree\n{THEIRS}"""\n',
        [(2, "<<<<<<< HEAD")],
    ),
    "all of it": ("yaml", OURS + "=======\n" + THEIRS, [(1, "<<<<<<< HEAD")]),
}
OTHERS = {
    "a heading": ("toml", 'a = """\nTitle\n=======\n"""\n'),
    "one marker": ("toml", 'a = """\n>>>>>>> a\n"""\n'),
    "indented": ("yaml", "a: |\n  <<<<<<< HEAD\n  one\n  =======\n  two\n  >>>>>>> feature\n"),
    "in another order": ("toml", 'a = """\n>>>>>>> a\n=======\n<<<<<<< b\n"""\n'),
    "comments": ("yaml", "# <<<<<<< HEAD\na: 1\n# =======\n# >>>>>>> feature\n"),
}


@pytest.mark.parametrize(("format_", "text", "places"), FOUND.values(), ids=FOUND)
def test_a_conflict_is_called_that(format_: str, text: str, places: list[tuple[int, str]]) -> None:
    """At the line of its marker, and nothing is said of what it breaks."""
    with pytest.raises(TypedflowError) as caught:
        parse(Source(f"a.{format_}", text, format_))
    found = [(item.location.span, item.message) for item in caught.value.diagnostics if item.location]
    wanted = [(line, 1, f"unresolved merge conflict: `{marker}`") for line, marker in places]
    assert [(span.line, span.column, message) for span, message in found if span] == wanted
    assert {item.rule.name for item in caught.value.diagnostics} == {"invalid-syntax"}


@pytest.mark.parametrize(("format_", "text"), OTHERS.values(), ids=OTHERS)
def test_a_text_may_have_such_lines(format_: str, text: str) -> None:
    """Where they are no conflict from begin to end."""
    assert parse(Source(f"a.{format_}", text, format_))["a"]
