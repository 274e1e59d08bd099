"""A report in GitLab's Code Quality format, which shows what a merge request improves or degrades.

Source: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from typedflow.render._finding_text import file_name, headline, printable_finding
from typedflow.render._fingerprints import fingerprints
from typedflow.render._json import json_text
from typedflow.values import Diagnostic, Environments, Report, Severity

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor"}


def gitlab(found: Report, root: Path | None = None) -> str:
    """Return a list of issues; GitLab requires a line, so an unknown line is 1."""
    marks = zip(found.diagnostics, fingerprints(found, root), strict=True)
    return json_text([_issue(printable_finding(item, root), found.environments, mark) for item, mark in marks])


def _issue(item: Diagnostic, environments: Environments, mark: str) -> dict[str, Any]:
    span = item.location.span if item.location else None
    return {
        "description": headline(item, environments),
        "check_name": " ".join(item.rule),
        "fingerprint": mark,
        "severity": _SEVERITIES[item.severity],
        "location": {"path": file_name(item), "lines": {"begin": span.line if span else 1}},
    }
