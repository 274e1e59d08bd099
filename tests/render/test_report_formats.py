"""Reports in all formats: they are whole, the same each time, and hold any text."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typedflow.render import REPORT_FORMATS, report, text
from typedflow.values import Report

_READERS: dict[str, Callable[[str], Any]] = {
    "text": str,
    "concise": str.splitlines,
    "json": json.loads,
    "github": str.splitlines,
    "gitlab": json.loads,
    "junit": lambda written: ElementTree.fromstring(written.encode()),  # noqa: S314 # our own text
    "sarif": json.loads,
}


def test_every_format_is_tested() -> None:
    """These tests read back every public format."""
    assert set(REPORT_FORMATS) == set(_READERS)


@pytest.mark.parametrize("name", REPORT_FORMATS)
@given(data=st.data())
def test_any_finding_can_be_written(name: str, reports: st.SearchStrategy[Report], data: st.DataObject) -> None:
    """Whatever a finding says, the report is UTF-8, parses, and is the same when written again."""
    found = data.draw(reports)
    written = report(found, format=name, root=Path("/project"))
    assert written == report(found, format=name, root=Path("/project"))
    _READERS[name](written.encode().decode())


@given(data=st.data())
def test_a_line_is_a_finding(reports: st.SearchStrategy[Report], data: st.DataObject) -> None:
    """In formats of lines no text of a finding begins another line."""
    found = data.draw(reports)
    for name in ("concise", "github"):
        written = report(found, format=name)
        assert written.count("\n") == len(found.diagnostics)
        assert "\r" not in written


def test_text_is_what_a_person_reads_elsewhere(findings: Report, root: Path) -> None:
    """The format `text` is that of every other command; the number of findings is said elsewhere."""
    assert report(findings, format="text", root=root, width=80) == text(
        findings.diagnostics, root=root, width=80, count=False
    )


def test_colour_is_for_text(findings: Report) -> None:
    """Colors get into no format that a program reads."""
    colored = {name for name in REPORT_FORMATS if "\x1b" in report(findings, format=name, color=True)}
    assert colored == {"text"}


def test_another_format_is_refused() -> None:
    """A name that is no format's is a mistake of the caller, and the message lists the names."""
    with pytest.raises(ValueError, match="format='xml' is none of text, concise, json, github, gitlab, junit, sarif"):
        report(Report(), format="xml")


def test_concise(findings: Report, root: Path) -> None:
    """Place, code and name, message, label and binding, as far as known; a warning says that it is one."""
    assert report(findings, format="concise", root=root) == (
        "settings/a.yaml:3:3: TF302 unknown-key: `data.targt` is not a field of Data; did you mean `target`?"
        " (binding EXP_02)\n"
        "settings/a.yaml:5:1: warning TF205 redundant-override: 50%: `a`, `b`\n"
        "TF507 bad-option: no good\n"
        "settings/ä b.toml: TF303 missing-key: `a` is missing\n"
    )


def test_names_are_whole_without_a_root(findings: Report) -> None:
    """Without a root, files are named as their locations name them."""
    assert report(findings, format="concise").startswith("/project/settings/a.yaml:3:3: ")


def test_nothing_found() -> None:
    """Lines of nothing are none; the rest is empty documents, and a suite that passed."""
    empty = {name: report(Report(), format=name) for name in ("text", "concise", "github", "gitlab")}
    assert empty == {"text": "", "concise": "", "github": "", "gitlab": "[]\n"}
