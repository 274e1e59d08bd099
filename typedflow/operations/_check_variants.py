"""Check the variants of a flow before it is deployed: settings, the flow under them, and the lock file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from glob import escape
from typing import Any

from typedflow.check import Options, check
from typedflow.operations._events import CheckAdvanced, OnEvent
from typedflow.project import ChosenEnvironment, LoadedProject, Lock, Override, Resolved, Target, Unit
from typedflow.units import resolve_variants
from typedflow.values import Diagnostic, Report, Severity


@dataclass(frozen=True, slots=True)
class CheckedVariants:
    """Resolved variants, and what is wrong with them; ``has_project``: the flow has ``@project``."""

    resolved: tuple[Resolved[Any], ...]
    findings: tuple[Diagnostic, ...]
    has_project: bool


def check_variants(
    project: LoadedProject,
    unit: Unit,
    bindings: Sequence[str],
    environment: ChosenEnvironment,
    overrides: Sequence[str | Override],
    *,
    locked: bool,
    on_event: OnEvent,
) -> CheckedVariants:
    """Resolve all variants, check the flow under them, and with ``locked`` compare them with the lock file.

    Raises:
        TypedflowError: ``not-locked`` where the lock file is missing or broken.
    """
    tried = list(resolve_variants(project, unit, bindings, environment, overrides))
    findings = [item for each in tried for item in each.diagnostics]
    resolved = tuple(each.resolved for each in tried if each.resolved is not None)
    has_project = False
    if not findings:
        report = _check_unit(project, unit, bindings, environment.name, on_event)
        findings += report.diagnostics
        has_project = unit.key in report.with_project
    if locked and not any(item.severity is Severity.ERROR for item in findings):
        lock = Lock(project.root)
        findings += [item for each in resolved for item in lock.problems(each, project.root)]
    return CheckedVariants(resolved, tuple(findings), has_project)


def _check_unit(
    project: LoadedProject, unit: Unit, bindings: Sequence[str], environment: str | None, on_event: OnEvent
) -> Report:
    """Return what `typedflow check` finds in the unit under these bindings."""
    options = Options(bindings=tuple(map(escape, bindings)), environment=environment)
    targets = [Target(project, {unit: None})]
    return check(targets, [], options, progress=lambda done, total: on_event(CheckAdvanced(done, total)))
