"""A report with a line for each finding, as editors and `grep` read it."""

from __future__ import annotations

from pathlib import Path

from typedflow.render._document import one_line
from typedflow.render._names import headline, name_from
from typedflow.values import Diagnostic, Report, Severity


def concise(found: Report, root: Path | None = None) -> str:
    """Return the lines ``file:line:column: CODE name: message``, as far as known; a warning says so before its code."""
    return "".join(f"{one_line(_line(item, root))}\n" for item in found.diagnostics)


def _line(item: Diagnostic, root: Path | None) -> str:
    code, name = item.rule
    weight = "" if item.severity is Severity.ERROR else f"{item.severity.value} "
    return f"{_place(item, root)}{weight}{code} {name}: {headline(item)}"


def _place(item: Diagnostic, root: Path | None) -> str:
    if item.location is None:
        return ""
    name, span = name_from(item.location.name, root), item.location.span
    return f"{name}: " if span is None else f"{name}:{span.line}:{span.column}: "
