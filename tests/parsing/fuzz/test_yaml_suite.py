"""The public YAML test suite: no document has another value than it says."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml_reference
from laws import check, exact
from suite_events import events

from typedflow.parsing import parse_any
from typedflow.values import Source, TypedflowError

CASES: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "data/yaml-test-suite/cases.json").read_text(encoding="utf-8")
)

#: Invalid documents that have a value, and why nothing is wrong with it.
ACCEPTED = {
    "9C9N": "in brackets, indentation changes no value, and many files have a closing bracket below its key",
    "QB6E": "in quotes, indentation changes no value",
}

#: Valid documents that are refused, because libyaml does.
REFUSED = {
    "directives other than YAML and TAG, or of other versions": ["2LFX", "6LVF", "BEC7", "MUS6/05", "MUS6/06"],
    "anchors of other characters than letters, digits, - and _": ["2SXE", "8XYN", "W5VH", "Y2GN"],
    "a colon that begins a plain value, in brackets": ["58MP", "5T43", "DBG4", "HM87/00"],
    "a question mark that begins a plain value, in brackets": ["652Z", "HM87/01"],
    "a comma right behind a colon, in brackets": ["4ABK"],
    "a key of several lines, or a colon on the next line": [
        *("4MUZ/00", "4MUZ/01", "4MUZ/02", "5MUD", "9SA2", "K3WX", "NJ66", "VJP3/01"),
    ],
    "tabs in the place of a space between tokens": ["6BCT", "6CA3", "A2M4", "DK95/00", "Q5MG", "Y79Y/010"],
    "tabs that begin the text of a block scalar": ["96NN/00", "96NN/01", "R4YG", "Y79Y/001"],
    "block scalars that are not indented": ["DK3J", "FP8R"],
    "the end of a document that is none": ["HWV9", "QT73"],
}


def source(case: str) -> Source:
    """Return a case's text."""
    return Source("a.yaml", CASES[case]["yaml"], "yaml")


def value_of(case: str) -> Any:
    """Return the value that the suite says a case has.

    Raises:
        ValueError: no config can be made of it.
    """
    value = yaml_reference.value_of(list(events(CASES[case]["events"])))
    if CASES[case].get("json", "").strip():
        assert json.loads(CASES[case]["json"]) in (value, value or None)  # the two forms agree; an empty text is {}
    return value


@pytest.mark.parametrize("case", [name for name, case in CASES.items() if "error" not in case])
def test_a_valid_document_has_its_value_or_is_refused(case: str) -> None:
    """What the suite reads is what is read, to the type, or it is an error."""
    try:
        expected = exact(value_of(case))
    except ValueError:
        expected = "refused"
    if case in [name for names in REFUSED.values() for name in names]:
        expected = "refused"
    try:
        found = exact(parse_any(source(case)))
    except TypedflowError:
        found = "refused"
    assert found == expected


@pytest.mark.parametrize("case", [name for name, case in CASES.items() if "error" in case])
def test_an_invalid_document_is_refused(case: str) -> None:
    """What the suite calls invalid is an error at its place, or is listed with a reason."""
    if case in ACCEPTED:
        parse_any(source(case))
        return
    with pytest.raises(TypedflowError) as caught:
        parse_any(source(case))
    assert all(diagnostic.location and diagnostic.location.span for diagnostic in caught.value.diagnostics)


@pytest.mark.parametrize("case", CASES)
def test_what_is_found_stands_where_it_is_said_to_be(case: str) -> None:
    """The laws of positions hold for each case."""
    check(CASES[case]["yaml"], "yaml", is_compared=False)
