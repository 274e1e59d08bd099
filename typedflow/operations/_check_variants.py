"""Check variants before they are deployed or run: settings, the units under them, and the lock file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
    """Resolved variants, and what is wrong with them; ``with_project``: the identities of units with ``@project``."""

    resolved: tuple[Resolved[Any], ...]
    findings: tuple[Diagnostic, ...]
    with_project: frozenset[str] = frozenset()


def check_variants(
    project: LoadedProject,
    chosen: Mapping[Unit, Sequence[str]],
    environment: ChosenEnvironment,
    overrides: Sequence[str | Override],
    *,
    locked: bool = False,
    on_event: OnEvent,
) -> CheckedVariants:
    """Resolve units under some bindings, check the units under them, and with ``locked`` look into the lock file.

    Raises:
        TypedflowError: ``not-locked`` where the lock file is missing or broken.
    """
    tried = [
        each
        for unit, bindings in chosen.items()
        for each in resolve_variants(project, unit, bindings, environment, overrides)
    ]
    findings = [item for each in tried for item in each.diagnostics]
    resolved = tuple(each.resolved for each in tried if each.resolved is not None)
    with_project: set[str] = set()
    if not findings:
        for report in _check_units(project, chosen, environment.name, on_event):
            findings += report.diagnostics
            with_project |= report.with_project
    if locked and not any(item.severity is Severity.ERROR for item in findings):
        lock = Lock(project.root)
        findings += [item for each in resolved for item in lock.problems(each, project.root)]
    return CheckedVariants(resolved, tuple(findings), frozenset(with_project))


def _check_units(
    project: LoadedProject, chosen: Mapping[Unit, Sequence[str]], environment: str | None, on_event: OnEvent
) -> Iterator[Report]:
    """Yield what `typedflow check` finds in units under their bindings; those with the same are checked together."""
    together: dict[tuple[str, ...], dict[Unit, None]] = {}
    for unit, bindings in chosen.items():
        together.setdefault(tuple(map(escape, bindings)), {})[unit] = None
    for globs, units in together.items():
        options = Options(bindings=globs, environment=environment)
        yield check(
            [Target(project, units)], [], options, progress=lambda done, total: on_event(CheckAdvanced(done, total))
        )
