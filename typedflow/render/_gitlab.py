"""A report in GitLab's Code Quality format: what a merge request changes for better or worse.

Source: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from typedflow.render._fingerprints import fingerprints
from typedflow.render._json import json_text
from typedflow.render._names import file_of, headline, readable
from typedflow.values import Diagnostic, Environments, Report, Severity

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor"}


def gitlab(found: Report, root: Path | None = None) -> str:
    """Return a list of issues; GitLab wants a line of each, so one that is not known is the first."""
    marks = zip(found.diagnostics, fingerprints(found, root), strict=True)
    return json_text([_issue(readable(item, root), found.environments, mark) for item, mark in marks])


def _issue(item: Diagnostic, environments: Environments, mark: str) -> dict[str, Any]:
    span = item.location.span if item.location else None
    return {
        "description": headline(item, environments),
        "check_name": " ".join(item.rule),
        "fingerprint": mark,
        "severity": _SEVERITIES[item.severity],
        "location": {"path": file_of(item), "lines": {"begin": span.line if span else 1}},
    }
