"""What tests of reports share: findings of every kind, written down and drawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import strategies as st

from typedflow.values import RULES, Case, Diagnostic, Excerpt, Fix, KeyPath, Location, Related, Report, Severity, Span

#: With what no encoding, no XML and no terminal likes.
_TEXTS = st.text(st.characters(exclude_categories=()), max_size=12) | st.sampled_from(
    [
        "",
        "a\nb",
        "\r\n",
        "100%",
        "%0A",
        "a:b,c",
        "::error::",
        "]]>",
        "<a&b>",
        "\0",
        "\x1b[31m",
        "\ufffe",
        "\ud800",
        "日本",
    ]
)
_NAMES = _TEXTS | st.sampled_from(
    ["settings/a.yaml", "/project/flows/a.py", "/elsewhere/b.toml", "a b#c?.json", "C:\\x"]
)


@st.composite
def _spans(draw: st.DrawFn) -> Span:
    line, column, lines, columns = (draw(st.integers(least, 99)) for least in (1, 1, 0, 0))
    return Span(line, column, line + lines, columns + (1 if lines else column))


_EXCERPTS = st.builds(lambda line, start, width: Excerpt(line, start, start + width), _TEXTS, st.just(0), st.just(1))
_LOCATIONS = st.builds(Location, _NAMES, st.none() | _spans(), st.none() | _EXCERPTS)
_PATHS: st.SearchStrategy[KeyPath] = st.lists(_TEXTS | st.integers(0, 9), max_size=3).map(tuple)
_CASES = st.builds(Case, _TEXTS, _TEXTS, st.none() | _TEXTS)
_DIAGNOSTICS = st.builds(
    Diagnostic,
    rule=st.sampled_from(list(RULES.values())),
    message=_TEXTS,
    location=st.none() | _LOCATIONS,
    label=_TEXTS,
    hint=_TEXTS,
    related=st.lists(st.builds(Related, _TEXTS, _LOCATIONS, _TEXTS), max_size=2).map(tuple),
    cases=st.lists(_CASES, max_size=3).map(tuple),
    path=st.none() | _PATHS,
    severity=st.sampled_from(Severity),
    fix=st.none() | st.builds(Fix, _PATHS, st.none() | _TEXTS),
)
_COUNTS = st.integers(0, 99)
_UNITS = st.dictionaries(st.sampled_from(["flow", "table"]), _COUNTS)
_REPORTS = st.builds(Report, st.lists(_DIAGNOSTICS, max_size=4).map(tuple), _UNITS, _COUNTS, _COUNTS)


@pytest.fixture(scope="session")
def reports() -> st.SearchStrategy[Report]:
    """Reports of all kinds."""
    return _REPORTS


UNKNOWN = Diagnostic(
    RULES["unknown-key"],
    "`data.targt` is not a field of Data",
    Location("/project/settings/a.yaml", Span(3, 3, 3, 8), Excerpt("  targt: s5", 2, 7)),
    label="did you mean `target`?",
    related=(
        Related("declared at", Location("/project/flows/settings.py", Span(28, 1, 28, 1)), "(class Data)"),
        Related("shadows", Location("/elsewhere/base.toml")),
    ),
    cases=(Case("training", "EXP_02", "dev"),),
    path=("data", "targt"),
    fix=Fix(("data", "targt"), "target"),
)
LINES = Diagnostic(
    RULES["redundant-override"],
    "50%: `a`, `b`",
    Location("/project/settings/a.yaml", Span(5, 1, 6, 4)),
    hint="remove it\nor not",
    severity=Severity.WARNING,
)
BARE = Diagnostic(RULES["bad-option"], "no good", path=())
WHOLE = Diagnostic(RULES["missing-key"], "`a` is missing", Location("settings/ä b.toml"), path=("a",))


@pytest.fixture
def findings() -> Report:
    """A report of one finding each: with all that one can have, of two lines, without a place, without a line."""
    return Report((UNKNOWN, LINES, BARE, WHOLE), units={"flow": 2}, variants=4, files=3)


@pytest.fixture
def root() -> Path:
    """The project's directory in those findings."""
    return Path("/project")
