"""Reports as GitHub, GitLab and readers of JUnit's XML take them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typedflow.render import report
from typedflow.values import RULES, Diagnostic, Location, Report, Severity, printable

#: Of the first finding. Forges know a finding by it, so an update of typedflow must not change it.
FINGERPRINT = "8e443184ad6048c7f3f7b7320835471995b416a1d3b53281cee929f9f7fdcb07"
#: How actions/runner reads a command (src/Runner.Common/ActionCommand.cs): up to the first `::` behind the name.
_COMMAND = re.compile(r"::(?P<name>\w+) (?P<properties>.*?)::(?P<data>.*)", re.DOTALL)


def _unescaped(said: str, *, is_property: bool = False) -> str:
    more = {"%3A": ":", "%2C": ","} if is_property else {}
    for escaped, character in {"%0D": "\r", "%0A": "\n", **more, "%25": "%"}.items():
        said = said.replace(escaped, character)
    return said


def _read(line: str) -> tuple[str, dict[str, str], str]:
    """Return a command's name, properties and message, as the runner does."""
    match = _COMMAND.fullmatch(line)
    assert match
    pairs = [pair.split("=", 1) for pair in match["properties"].split(",")]
    return (
        match["name"],
        {name: _unescaped(value, is_property=True) for name, value in pairs},
        _unescaped(match["data"]),
    )


def _suite(found: Report, root: Path | None = None) -> ElementTree.Element:
    tree = ElementTree.fromstring(report(found, format="junit", root=root).encode())  # noqa: S314 # our own text
    (suite,) = tree.findall("testsuite")
    return suite


def test_github(findings: Report, root: Path) -> None:
    """A command a finding; columns only where it is of one line, as GitHub refuses them otherwise."""
    assert report(findings, format="github", root=root).splitlines() == [
        (
            "::error file=settings/a.yaml,line=3,col=3,endLine=3,endColumn=8,title=TF302 unknown-key"
            "::`data.targt` is not a field of Data; did you mean `target`? (binding EXP_02)"
        ),
        (
            "::warning file=settings/a.yaml,line=5,endLine=6,title=TF205 redundant-override"
            "::50%25: `a`, `b`%0Aremove it\\nor not"
        ),
        "::error title=TF507 bad-option::no good",
        "::error file=settings/ä b.toml,title=TF303 missing-key::`a` is missing",
    ]


@given(name=st.text(), message=st.text())
def test_what_github_unescapes_is_what_was_said(name: str, message: str) -> None:
    """Names and messages arrive as text shows them, whatever is in them."""
    found = Diagnostic(RULES["bad-option"], message, Location(name))
    command, properties, said = _read(report(Report((found,)), format="github").removesuffix("\n"))
    assert (command, properties["file"], said) == ("error", printable(name), printable(message))


def test_gitlab(findings: Report, root: Path) -> None:
    """What GitLab wants of each issue, and nothing else; without a place, the project's directory."""
    issues = json.loads(report(findings, format="gitlab", root=root))
    assert {key: value for key, value in issues[0].items() if key != "fingerprint"} == {
        "description": "`data.targt` is not a field of Data; did you mean `target`? (binding EXP_02)",
        "check_name": "TF302 unknown-key",
        "severity": "major",
        "location": {"path": "settings/a.yaml", "lines": {"begin": 3}},
    }
    assert [issue["severity"] for issue in issues] == ["major", "minor", "major", "major"]
    assert issues[2]["location"] == {"path": ".", "lines": {"begin": 1}}


@given(data=st.data())
def test_fingerprints_are_unique(reports: st.SearchStrategy[Report], data: st.DataObject) -> None:
    """GitLab shows one issue of a fingerprint: each finding has its own, even one that is found twice."""
    found = data.draw(reports)
    marks = [issue["fingerprint"] for issue in json.loads(report(Report(found.diagnostics * 2), format="gitlab"))]
    assert len(set(marks)) == len(marks)


def test_fingerprints_last(findings: Report, root: Path) -> None:
    """A finding keeps its fingerprint when its line changes, in another clone, and in later versions."""
    unknown = findings.diagnostics[0]
    assert unknown.location
    moved = Diagnostic(
        unknown.rule, unknown.message, Location("/clone/settings/a.yaml"), cases=unknown.cases, path=unknown.path
    )
    here = json.loads(report(findings, format="gitlab", root=root))[0]
    (there,) = json.loads(report(Report((moved,)), format="gitlab", root=Path("/clone")))
    assert there["fingerprint"] == here["fingerprint"] == FINGERPRINT


def test_junit(findings: Report, root: Path) -> None:
    """A failed case a file, with all its findings as a person reads them."""
    suite = _suite(findings, root)
    assert suite.attrib == {
        "name": "typedflow", "skipped": "0", "tests": "3", "failures": "3", "errors": "0", "time": "0",
    }  # fmt: skip
    cases = suite.findall("testcase")
    assert [case.get("name") for case in cases] == ["settings/a.yaml", ".", "settings/ä b.toml"]
    (failure,) = cases[0].findall("failure")
    assert failure.attrib == {"type": "error", "message": "2 problems"}
    assert failure.text == report(Report(findings.diagnostics[:2]), format="text", root=root)


def test_junit_of_one_finding(findings: Report) -> None:
    """One finding of a file is the failure's message."""
    (failure,) = _suite(Report((findings.diagnostics[3],))).iter("failure")
    assert failure.attrib == {"type": Severity.ERROR.value, "message": "`a` is missing"}


def test_junit_of_warnings_passes_unless_the_check_is_strict(findings: Report, root: Path) -> None:
    """Readers fail a build by failures: warnings are the output of a case that passed, in a strict check a failure."""
    warned, broken = findings.diagnostics[1], findings.diagnostics[3]
    passed = _suite(Report((warned, broken)), root)
    assert (passed.get("tests"), passed.get("failures")) == ("2", "1")
    assert [(part.tag, part.text) for part in passed.findall("testcase")[0]] == [
        ("system-out", report(Report((warned,)), format="text", root=root))
    ]
    strict = ElementTree.fromstring(report(Report((warned,)), format="junit", root=root, strict=True).encode())  # noqa: S314 # our own text
    (failure,) = strict.iter("failure")
    assert strict.get("failures") == "1"
    assert failure.attrib == {"type": Severity.WARNING.value, "message": "50%: `a`, `b`"}


def test_junit_of_nothing_passed() -> None:
    """Where nothing is wrong, a case shows that a check was made."""
    suite = _suite(Report(units={"flow": 1}))
    assert (suite.get("tests"), suite.get("failures")) == ("1", "0")
    assert [(case.get("name"), len(case)) for case in suite] == [("check", 0)]


@pytest.mark.parametrize("character", ["\0", "\x1b", "\x0b", "\ufffe", "\uffff", "\ud800"])
def test_junit_has_no_character_that_xml_forbids(character: str) -> None:
    """What XML cannot hold is shown as an escape."""
    found = Report((Diagnostic(RULES["bad-option"], f"a{character}b", Location(f"c{character}d")),))
    (case,) = _suite(found)
    shown = ascii(character)[1:-1]
    assert (case.get("name"), case[0].get("message")) == (f"c{shown}d", f"a{shown}b")
