"""A report as GitHub's workflow commands, which GitHub shows as annotations of a pull request.

Source: https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions and the escapes of
``packages/core/src/command.ts`` in actions/toolkit.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from typedflow.render._finding_text import headline, printable_finding
from typedflow.values import Diagnostic, Environments, Report


def github(found: Report, root: Path | None = None) -> str:
    """Return one command for each finding."""
    return "".join(f"{_command(printable_finding(item, root), found.environments)}\n" for item in found.diagnostics)


def _command(item: Diagnostic, environments: Environments) -> str:
    properties = ",".join(f"{name}={_property(value)}" for name, value in _properties(item))
    said = headline(item, environments) + (f"\n{item.hint}" if item.hint else "")
    return f"::{item.severity.value} {properties}::{_data(said)}"


def _properties(item: Diagnostic) -> Iterator[tuple[str, str]]:
    """Return the known properties; GitHub rejects columns if a finding spans several lines."""
    if item.location is not None:
        yield "file", item.location.name
        span = item.location.span
        if span is not None and span.line == span.end_line:
            yield "line", str(span.line)
            yield "col", str(span.column)
            yield "endLine", str(span.end_line)
            yield "endColumn", str(span.end_column)
        elif span is not None:
            yield "line", str(span.line)
            yield "endLine", str(span.end_line)
    code, name = item.rule
    yield "title", f"{code} {name}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
