"""What deploying would create, printed as JSON and not created."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from typedflow.cli._console import put_json, report
from typedflow.cli._deployment_plan import Planned
from typedflow.metaflow import template
from typedflow.values import Diagnostic, TypedflowError


def put_templates(planned: Sequence[Planned]) -> int:
    """Write the template of one variant as it is, those of several by binding; give the exit code."""
    templates: dict[str, Any] = {}
    findings: list[Diagnostic] = []
    for each in planned:
        try:
            templates[each.binding] = template(each.job, each.environ)
        except TypedflowError as error:
            findings += error.diagnostics
    if templates:
        found = next(iter(templates.values())) if len(planned) == 1 else templates
        put_json(found)
    report(findings)
    return 1 if findings else 0
