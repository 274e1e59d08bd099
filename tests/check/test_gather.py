"""Findings of many variants and flows as few: which bindings a finding names."""

from dataclasses import replace

import pytest

from typedflow.check._gather import Findings, distinct
from typedflow.values import RULES, Diagnostic, Fix, Location

ITEM = Diagnostic(RULES["invalid-value"], "wrong", Location("settings.yaml"))
CASES = [(binding, environment) for binding in ("A", "B") for environment in ("dev", "prod")]


@pytest.mark.parametrize(
    ("having", "label"),
    [
        ([("A", "dev"), ("A", "prod")], "A"),
        ([("A", "prod")], "A in prod"),
        ([("A", "prod"), ("B", "dev"), ("B", "prod")], "A in prod, B"),
        (CASES, "A, B"),
        ([], None),
    ],
)
def test_a_finding_names_the_cases_that_have_it(having: list[tuple[str, str]], label: str | None) -> None:
    """A binding stands for all of its environments."""
    findings = Findings()
    for case in CASES:
        findings.saw(case)
        findings.add([ITEM] if case in having else [], case)
    if not having:
        findings.add([ITEM])
    assert [item.binding for item in findings.all()] == [label]


def test_the_default_binding_is_not_named() -> None:
    """A flow without bindings has nothing to tell apart."""
    findings = Findings()
    findings.saw(("default", None))
    findings.add([ITEM], ("default", None))
    assert [item.binding for item in findings.all()] == [None]


def test_flows_share_a_finding() -> None:
    """The bindings of all flows that have it are named, each once, and few of many."""

    def merged(*labels: str | None) -> list[str | None]:
        return [item.binding for item in distinct(replace(ITEM, binding=label) for label in labels)]

    assert merged("A in prod", "A in prod, B") == ["A in prod, B"]
    assert merged("A", "A in prod", None) == ["A"]
    assert merged("A, B, C", "D, E, F, G") == ["A, B, C, D, E and 2 more"]
    assert merged(None, None) == [None]


@pytest.mark.parametrize(
    "fixes", [(Fix(("a",), "b"), None), (None, Fix(("a",), "b")), (Fix(("a",), "b"), Fix(("a",), "c"))]
)
def test_variants_that_disagree_leave_no_fix(fixes: tuple[Fix | None, Fix | None]) -> None:
    """What mends a finding in one variant must mend it in all that have it."""
    found = [replace(ITEM, fix=fix) for fix in fixes]
    findings = Findings()
    for item, case in zip(found, CASES, strict=False):
        findings.saw(case)
        findings.add([item], case)
    assert [item.fix for item in findings.all()] == [None]
    assert [item.fix for item in distinct(found)] == [None]
    assert [item.fix for item in distinct([found[0], found[0]])] == [fixes[0]]
