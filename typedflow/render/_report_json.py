"""A report as JSON, for programs. ``schemas/report.schema.json`` is generated from the classes here."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from typedflow.render._case_data import CaseData, case_data
from typedflow.render._finding_text import relative_name
from typedflow.render._json import escaped_json
from typedflow.values import Diagnostic, Related, Report, Severity, format_path


@dataclass(frozen=True, slots=True)
class RelatedData:
    """Another location that a finding is about."""

    role: str
    """What the place is: `declared at`, `shadows`."""
    file: str
    line: int | None
    column: int | None
    detail: str | None


@dataclass(frozen=True, slots=True)
class DiagnosticData:
    """A finding. Lines and columns start at 1, columns count characters, and the end column is exclusive."""

    code: str
    """The rule's code, as `TF302`."""
    name: str
    """The rule's name, as `unknown-key`."""
    severity: Literal["error", "warning"]
    message: str
    file: str | None
    """From the working directory, if it lies below that."""
    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None
    path: str | None
    """The key path that the finding is about."""
    cases: list[CaseData]
    """The variants that have it; none where it is not about single variants."""
    label: str | None
    """What stands beside the caret: `did you mean ...?`."""
    hint: str | None
    """One thing to do."""
    related: list[RelatedData]
    fixable: bool
    """Return whether `--fix` mends it."""


@dataclass(frozen=True, slots=True)
class ReportData:
    """What `typedflow check --format json` prints. Unknown values are null."""

    version: Literal[2]
    """Of this format."""
    flows: int
    """How many flows were checked."""
    variants: int
    """How many variants were checked: flows by binding and environment."""
    files: int
    """How many settings files were checked."""
    diagnostics: list[DiagnosticData]


#: Halves of a character, as in a file name that is not UTF-8: many JSON readers reject text with one.
_SURROGATES = re.compile("[\ud800-\udfff]")


def report_json(found: Report, root: Path | None = None) -> str:
    """Return a report as one JSON object."""
    diagnostics = [_diagnostic(item, root) for item in found.diagnostics]
    data = ReportData(2, found.units.get("flow", 0), found.variants, found.files, diagnostics)
    text = json.dumps(asdict(data), ensure_ascii=False, indent=2)
    return escaped_json(_SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)) + "\n"


def _diagnostic(item: Diagnostic, root: Path | None) -> DiagnosticData:
    place = item.location
    span = place.span if place else None
    return DiagnosticData(
        code=item.rule.code,
        name=item.rule.name,
        severity="error" if item.severity is Severity.ERROR else "warning",
        message=item.message,
        file=relative_name(place.name, root) if place else None,
        line=span.line if span else None,
        column=span.column if span else None,
        end_line=span.end_line if span else None,
        end_column=span.end_column if span else None,
        path=None if item.path is None else format_path(item.path),
        cases=[case_data(case) for case in item.cases],
        label=item.label or None,
        hint=item.hint or None,
        related=[_related(other, root) for other in item.related],
        fixable=item.fix is not None,
    )


def _related(item: Related, root: Path | None) -> RelatedData:
    span = item.location.span
    return RelatedData(
        role=item.role,
        file=relative_name(item.location.name, root),
        line=span.line if span else None,
        column=span.column if span else None,
        detail=item.detail or None,
    )
