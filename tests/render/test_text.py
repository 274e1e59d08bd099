"""Diagnostics as text: whole outputs."""

from pathlib import Path

import pytest

from typedflow.render import text
from typedflow.values import RULES, Case, Diagnostic, Location, Related, Severity, Source, Span, excerpt


def _at(line: str, start: int, end: int, *, number: int = 4, name: str = "settings/a.yaml") -> Location:
    """Return the location of a range on one line."""
    source = Source(name, "\n" * (number - 1) + line + "\n")
    span = Span(number, start, number, end)
    return Location(source.name, span, excerpt(source.text, span))


UNKNOWN = Diagnostic(
    RULES["unknown-key"],
    "`model.fit_intercpt` is not a field of Model",
    _at("  fit_intercpt: false", 3, 15),
    label="did you mean `fit_intercept`?",
    related=(
        Related("declared at", Location("/project/flows/settings.py", Span(12, 1, 12, 1)), "(class Model)"),
        Related("shadows", Location("base.toml", Span(2, 1, 2, 3))),
        Related("shadows", Location("more.toml", Span(3, 1, 3, 3))),
    ),
    cases=(Case("training", "EXP_02", "dev"),),
)


def test_everything_that_is_known_is_said() -> None:
    """Place, finding, the line with a caret and advice, related places by role, the binding."""
    assert (
        text([UNKNOWN], root=Path("/project"))
        == """\
settings/a.yaml:4:3: error TF302 unknown-key: `model.fit_intercpt` is not a field of Model
  4 |   fit_intercpt: false
    |   ^^^^^^^^^^^^ did you mean `fit_intercept`?
  = declared at flows/settings.py:12 (class Model); shadows base.toml:2, more.toml:3; binding EXP_02
"""
    )


def test_without_a_place() -> None:
    """What has no place, or no line, says the rest; advice then stands by itself."""
    bare = Diagnostic(RULES["bad-option"], "no good", label="did you mean `b`?", hint="do this")
    assert text([bare]) == "error TF507 bad-option: no good\n  = help: did you mean `b`?\n  = help: do this\n"


def test_none() -> None:
    """No finding has no text."""
    assert text([]) == ""


def test_several_are_counted_and_each_is_said_once() -> None:
    """Equal findings are one; a count stands at the end."""
    other = Diagnostic(RULES["missing-key"], "missing", severity=Severity.WARNING)
    shown = text([UNKNOWN, other, UNKNOWN])
    assert shown.count("TF302") == 1
    assert shown.endswith("warning TF303 missing-key: missing\n2 problems\n")


def test_a_caret_counts_cells() -> None:
    """Wide characters and tabs before the caret move it as they move the line."""
    place = _at("\tπ日: x", 5, 6)
    assert text([Diagnostic(RULES["invalid-value"], "m", place)]).splitlines()[1:] == [
        "  4 |     π日: x",
        "    |         ^",
    ]


def test_a_long_line_is_cut_around_its_caret() -> None:
    """The marked part of a line is always seen."""
    place = _at(f"{'a' * 300}BAD{'b' * 300}", 301, 304)
    lines = text([Diagnostic(RULES["invalid-value"], "m", place)], width=60).splitlines()
    assert max(map(len, lines)) <= 60
    assert lines[1][lines[2].index("^") :].startswith("BAD")


def test_prose_is_wrapped() -> None:
    """Notes fit into the width; the message stays on its line, for tools that read it."""
    long = Diagnostic(RULES["invalid-value"], "m " * 60, hint="word " * 30)
    first, *others = text([long], width=60).splitlines()
    assert (len(first) > 60, max(map(len, others)) <= 60) == (True, True)


def test_a_line_cannot_move_the_cursor() -> None:
    """What a terminal would act on is replaced."""
    assert "\x1b" not in text([Diagnostic(RULES["invalid-value"], "m", _at("a: \x1b[2J", 4, 5))])


@pytest.mark.parametrize("color", [True, False])
def test_color_only_when_asked(color: bool) -> None:  # noqa: FBT001 # a case
    """Color is an argument."""
    assert ("\x1b[" in text([UNKNOWN], color=color)) is color
