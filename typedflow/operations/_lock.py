"""Write the settings of all variants to the lock file, or compare them with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typedflow.project import (
    LOCK,
    ChosenEnvironment,
    LoadedProject,
    Lock,
    Resolved,
    exposed_secrets,
    lock_text,
    write_lock,
)
from typedflow.units import resolve_variants
from typedflow.values import Diagnostic, TypedflowError, merge_findings


@dataclass(frozen=True, slots=True)
class Locked:
    """The lock file, how many variants it has, and what is wrong with them; with findings, nothing is written."""

    file: Path
    variants: int
    findings: tuple[Diagnostic, ...] = ()


def lock(project: LoadedProject, *, check: bool = False) -> Locked:
    """Write the lock file of a project, or with ``check`` compare it with the settings.

    The settings are those of the files alone: open the project without environment variables.

    Raises:
        TypedflowError: ``not-locked`` where a file to compare with is missing or broken; ``unwritable-file``.
    """
    findings: list[Diagnostic] = []
    resolved = list(_resolved(project, findings))
    for each in resolved:
        findings += exposed_secrets(each, project.root, project.manifest.public, f"`{LOCK}`")
    if check and not findings:
        locked = Lock(project.root)
        findings += [item for each in resolved for item in locked.problems(each, project.root)]
    if not check and not findings:
        write_lock(project.root, lock_text(resolved))
    return Locked(project.root / LOCK, len(resolved), tuple(merge_findings(findings)))


def _resolved(project: LoadedProject, findings: list[Diagnostic]) -> Iterator[Resolved[Any]]:
    """Resolve every variant in each environment, and collect the findings."""
    for unit in project.units:
        try:
            bindings = project.bindings(unit)
        except TypedflowError as error:
            findings += error.diagnostics
            continue
        for environment in project.possible_environments():
            for each in resolve_variants(project, unit, bindings, ChosenEnvironment(environment)):
                findings += each.diagnostics
                if each.resolved is not None:
                    yield each.resolved
