"""Merging findings: the same mistake of many variants is one finding, and no variant is lost."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typedflow.values import RULES, Case, Diagnostic, Fix, Location, Related, Severity, Span, merge_findings

ITEM = Diagnostic(RULES["invalid-value"], "wrong", Location("settings.yaml"))
#: Names that read like lists, like a binding in an environment, and like what is left out.
NAMES = st.text(max_size=6) | st.lists(
    st.sampled_from(["run", "prod", " in ", ", ", " and ", "3 more", "default", "日本", "\udcff"]), max_size=4
).map("".join)
CASES = st.builds(Case, NAMES, NAMES, st.none() | NAMES, st.sampled_from(["flow", "table"]), st.none() | NAMES)
FINDINGS = st.lists(
    st.builds(
        Diagnostic,
        st.sampled_from([RULES["invalid-value"], RULES["unknown-key"]]),
        st.sampled_from(["wrong", "worse"]),
        st.sampled_from([None, Location("a.yaml"), Location("a.yaml", Span(2, 1, 2, 2))]),
        cases=st.lists(CASES, max_size=3).map(tuple),
        related=st.lists(st.builds(Related, st.just("shadows"), st.builds(Location, NAMES)), max_size=2).map(tuple),
        severity=st.sampled_from(Severity),
    ),
    max_size=6,
)


def _facts(found: list[Diagnostic] | tuple[Diagnostic, ...]) -> set[object]:
    said = ((item, (item.rule, item.severity, item.message, item.location)) for item in found)
    return {(key, fact) for item, key in said for fact in (None, *item.cases, *item.related)}


@given(found=FINDINGS)
def test_nothing_is_lost_and_nothing_is_added(found: list[Diagnostic]) -> None:
    """Each case and each related place of each finding is there, whatever the names."""
    merged = merge_findings(found)
    assert _facts(merged) == _facts(found)
    assert len({(item.rule, item.severity, item.message, item.location) for item in merged}) == len(merged)
    assert all(len(set(item.cases)) == len(item.cases) for item in merged)


@given(found=FINDINGS, at=st.integers(0, 6))
def test_findings_may_be_merged_in_parts(found: list[Diagnostic], at: int) -> None:
    """Each flow, each project and the whole are merged: it makes no difference where the parts begin."""
    assert merge_findings([*merge_findings(found[:at]), *merge_findings(found[at:])]) == merge_findings(found)


@given(found=FINDINGS, data=st.data())
def test_their_order_makes_no_difference(found: list[Diagnostic], data: st.DataObject) -> None:
    """What is known of each finding is the same, in whichever order workers answer."""
    assert _facts(merge_findings(data.draw(st.permutations(found)))) == _facts(merge_findings(found))


def test_findings_come_in_reading_order() -> None:
    """By file, line and column; cases by unit, binding, environment and identity."""
    places = [Location("b"), Location("a", Span(10, 1, 10, 2)), None, Location("a", Span(9, 3, 9, 4))]
    merged = merge_findings(replace(ITEM, location=place) for place in places)
    assert [item.location for item in merged] == [None, places[3], places[1], places[0]]
    cases = [Case("b", "a"), Case("a", "b"), Case("a", "a", "x"), Case("a", "a")]
    (item,) = merge_findings(replace(ITEM, cases=(case,)) for case in cases)
    assert item.cases == tuple(reversed(cases))
    cases = [Case("a", identity=identity) for identity in (None, "", "a", "b")]
    for found in permutations(cases):
        (item,) = merge_findings(replace(ITEM, cases=(case,)) for case in found)
        assert item.cases == tuple(cases)


@pytest.mark.parametrize(
    "fixes", [(Fix(("a",), "b"), None), (None, Fix(("a",), "b")), (Fix(("a",), "b"), Fix(("a",), "c"))]
)
def test_variants_that_disagree_leave_no_fix(fixes: tuple[Fix | None, Fix | None]) -> None:
    """What mends a finding in one variant must mend it in all that have it."""
    found = [replace(ITEM, fix=fix) for fix in fixes]
    assert [item.fix for item in merge_findings(found)] == [None]
    assert [item.fix for item in merge_findings([found[0], found[0]])] == [fixes[0]]
