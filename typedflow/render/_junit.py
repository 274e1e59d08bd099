"""A report as JUnit XML, which nearly every CI shows: a test case for each file that has findings.

Characters that XML 1.0 cannot express (https://www.w3.org/TR/xml/#charsets) are never printable, so no text here has
them.

A case has one failure with all findings of its file, because most readers show only the first failure of a case.
Warnings alone become the output of a passed case, unless the check is strict: readers fail a build on any failure.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

from typedflow.render._finding_text import file_name, headline, printable_finding
from typedflow.render._text import text
from typedflow.values import Diagnostic, Report, Severity

_SUITE = "typedflow"
_PASSED = "check"


def junit(found: Report, root: Path | None = None, *, strict: bool = False) -> str:
    """Return a suite with a case for each file with findings, or with one passed case."""
    files: dict[str, list[Diagnostic]] = {}
    for item in found.diagnostics:
        files.setdefault(file_name(printable_finding(item, root)), []).append(item)
    parts = {name: replace(found, diagnostics=tuple(items)) for name, items in files.items()}
    failed = {name for name, part in parts.items() if part.fails(strict=strict)}
    names = list(parts) or [_PASSED]
    counts = {"tests": str(len(names)), "failures": str(len(failed)), "errors": "0", "time": "0"}
    suites = ElementTree.Element("testsuites", {"name": _SUITE, **counts})
    suite = ElementTree.SubElement(suites, "testsuite", {"name": _SUITE, "skipped": "0", **counts})
    for name in names:
        attributes = {"classname": _SUITE, "name": name, "time": "0"}
        case = ElementTree.SubElement(suite, "testcase", attributes)
        if name in failed:
            _fail(case, parts[name], root)
        elif name in parts:
            ElementTree.SubElement(case, "system-out").text = _shown(parts[name], root)
    ElementTree.indent(suites)
    written = ElementTree.tostring(suites, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{written}\n'


def _fail(case: ElementTree.Element, part: Report, root: Path | None) -> None:
    items = part.diagnostics
    is_error = any(item.severity is Severity.ERROR for item in items)
    said = (
        headline(printable_finding(items[0], root), part.environments) if len(items) == 1 else f"{len(items)} problems"
    )
    kind = (Severity.ERROR if is_error else Severity.WARNING).value
    failure = ElementTree.SubElement(case, "failure", {"type": kind, "message": said})
    failure.text = _shown(part, root)


def _shown(part: Report, root: Path | None) -> str:
    return text(part.diagnostics, root=root, count=False, environments=part.environments)
