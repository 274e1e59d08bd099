"""How cases are named for people, and that programs get every one of them."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typedflow.render import report
from typedflow.values import RULES, Case, Diagnostic, Environments, Report

BOTH = ("dev", "prod")
EVERYWHERE = {"one": BOTH, "two": BOTH}
#: Names that read like lists, like a binding in an environment, and like what is left out.
NAMES = st.text(max_size=6) | st.lists(
    st.sampled_from(["run", "prod", " in ", ", ", " and ", "3 more", "default", "日本", "\udcff"]), max_size=4
).map("".join)
CASES = st.lists(st.builds(Case, NAMES, NAMES, st.none() | NAMES), unique=True, max_size=9).map(tuple)


def _cases(unit: str, *names: str) -> list[Case]:
    """Return cases by texts such as ``A@dev``; a binding alone is in both environments."""
    split = (name.split("@") for name in names)
    return [Case(unit, binding, found) for binding, *environment in split for found in environment or BOTH]


LABELS: dict[str, tuple[list[Case], Environments, str]] = {
    "a binding in all environments": (_cases("one", "A"), EVERYWHERE, "A"),
    "a binding in one environment": (_cases("one", "A@prod"), EVERYWHERE, "A in prod"),
    "both": (_cases("one", "A@prod", "B"), EVERYWHERE, "A in prod, B"),
    "several bindings": (_cases("one", "B", "A"), EVERYWHERE, "A, B"),
    "no environment": ([Case("one", "A")], {"one": (None, "dev")}, "A in no environment"),
    "environments that are not known": (_cases("one", "A@prod"), {}, "A"),
    "two units": (_cases("one", "A") + _cases("two", "A@dev", "B"), EVERYWHERE, "A, B"),
    "an environment of each unit": (_cases("one", "A@dev") + _cases("two", "A@prod"), EVERYWHERE, "A in dev and prod"),
    "many": (_cases("one", *"ABCDEFG"), EVERYWHERE, "A, B, C, D, E and 2 more"),
    "the only binding": (_cases("one", "default"), EVERYWHERE, ""),
    "the only binding in one environment": (_cases("one", "default@dev"), EVERYWHERE, "default in dev"),
    "a name that reads like a case": (_cases("one", "A@prod", "A in prod"), EVERYWHERE, "A in prod, `A in prod`"),
    "a name that reads like a list": (_cases("one", "A, B"), EVERYWHERE, "`A, B`"),
    "an environment of two words": ([Case("one", "A", "a b")], {"one": ("a b", "c")}, "A in `a b`"),
    "none": ([], EVERYWHERE, ""),
}


@pytest.mark.parametrize(("cases", "environments", "label"), LABELS.values(), ids=LABELS)
def test_a_label(cases: list[Case], environments: Environments, label: str) -> None:
    """A binding stands for all environments that its unit was checked in."""
    item = Diagnostic(RULES["no-flow"], "no", cases=tuple(cases))
    found = Report((item,), environments=environments)
    assert report(found, format="concise") == f"TF411 no-flow: no{f' (binding {label})' if label else ''}\n"
    assert report(found, format="text").endswith(f"\n  = binding {label}\n" if label else "no\n")


def _objects(cases: tuple[Case, ...]) -> list[dict[str, Any]]:
    return [
        {
            "unit": case.unit,
            "kind": case.kind,
            "binding": case.binding,
            "environment": case.environment,
            "identity": case.identity,
        }
        for case in cases
    ]


@given(cases=CASES)
def test_programs_get_every_case(cases: tuple[Case, ...]) -> None:
    """JSON and SARIF have each as data, whatever the names; JSON has no halves of characters."""
    found = Report((Diagnostic(RULES["no-flow"], "no", cases=cases),))
    (item,) = json.loads(report(found, format="json"))["diagnostics"]
    whole = re.sub("[\ud800-\udfff]", "\ufffd", json.dumps(_objects(cases), ensure_ascii=False))
    assert item["cases"] == json.loads(whole)
    (result,) = json.loads(report(found, format="sarif"))["runs"][0]["results"]
    assert result.get("properties", {"cases": []}) == {"cases": _objects(cases)}
