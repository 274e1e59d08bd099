"""A report with one line for each finding, for editors and `grep`."""

from __future__ import annotations

from pathlib import Path

from typedflow.render._finding_text import headline, printable_finding
from typedflow.values import Diagnostic, Environments, Report, Severity


def concise(found: Report, root: Path | None = None) -> str:
    """Return the lines ``file:line:column: CODE name: message``; a warning has ``warning`` before its code."""
    return "".join(f"{_line(printable_finding(item, root), found.environments)}\n" for item in found.diagnostics)


def _line(item: Diagnostic, environments: Environments) -> str:
    code, name = item.rule
    weight = "" if item.severity is Severity.ERROR else f"{item.severity.value} "
    return f"{_place(item)}{weight}{code} {name}: {headline(item, environments)}"


def _place(item: Diagnostic) -> str:
    return f"{item.location}: " if item.location else ""
