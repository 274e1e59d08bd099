"""The units of a project, their bindings, and the digest that each resolves to."""

from __future__ import annotations

from dataclasses import dataclass

from typedflow.operations._choose_variants import choose_environment
from typedflow.operations._events import EnvironmentChosen, EnvironmentUnknown, OnEvent, ignore_event
from typedflow.project import ChosenEnvironment, LoadedProject, SkippedFiles, Unit, identity
from typedflow.units import Resolution, kind_named, resolve_variants
from typedflow.values import Diagnostic, TypedflowError, merge_findings


@dataclass(frozen=True, slots=True)
class ListedVariant:
    """A binding, and the digest of its compiled config; ``is_valid`` is None where the environment is unknown."""

    binding: str
    is_valid: bool | None = False
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class ListedUnit:
    """A unit: its kind, its name and its file, as in the manifest, what its kind says of it, and its variants.

    ``is_bound``: the manifest names its bindings.
    """

    kind: str
    name: str
    file: str
    description: dict[str, str]
    variants: tuple[ListedVariant, ...]
    is_bound: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """The units of a project in an environment, None if it is unknown, and the findings.

    ``skipped``: the files that a glob of units matches, and that have none.
    """

    environment: ChosenEnvironment | None
    units: tuple[ListedUnit, ...]
    findings: tuple[Diagnostic, ...]
    skipped: tuple[SkippedFiles, ...] = ()


def list_project(
    project: LoadedProject, *, environment: str | None = None, on_event: OnEvent = ignore_event
) -> Listing:
    """Return every unit and variant of a project; those that do not resolve are invalid.

    Raises:
        ArgumentError: the environment does not exist.
    """
    chosen = _environment(project, environment, on_event)
    findings: list[Diagnostic] = []
    units = tuple(_unit(project, unit, chosen, findings) for unit in project.units)
    return Listing(chosen, units, tuple(merge_findings(findings)), project.found_units.skipped)


def _environment(project: LoadedProject, named: str | None, on_event: OnEvent) -> ChosenEnvironment | None:
    """Return the environment that is listed; None if the branch chooses it and no branch is known."""
    try:
        chosen = choose_environment(project, named)
    except TypedflowError as error:
        unknown = next((item for item in error.diagnostics if item.rule.name == "unknown-branch"), None)
        if unknown is None:
            raise
        on_event(EnvironmentUnknown(unknown))
        return None
    on_event(EnvironmentChosen(chosen))
    return chosen


def _unit(
    project: LoadedProject, unit: Unit, environment: ChosenEnvironment | None, findings: list[Diagnostic]
) -> ListedUnit:
    rows = []
    try:
        bindings = project.bindings(unit)
        if environment is None:
            rows = [ListedVariant(binding, is_valid=None) for binding in bindings]
        for each in resolve_variants(project, unit, bindings, environment) if environment else ():
            rows.append(_variant(each, findings))
    except TypedflowError as error:  # a declared binding that has no file
        findings += error.diagnostics
        rows = [ListedVariant(binding) for binding in unit.bindings]
    about = kind_named(unit.kind).describe(unit)
    return ListedUnit(unit.kind, unit.name, unit.file, about, tuple(rows), bool(unit.bindings))


def _variant(found: Resolution, findings: list[Diagnostic]) -> ListedVariant:
    findings += found.diagnostics
    if found.resolved is None:
        return ListedVariant(found.binding)
    try:
        return ListedVariant(found.binding, is_valid=True, digest=identity(found.resolved))
    except TypedflowError as error:
        findings += error.diagnostics
        return ListedVariant(found.binding)
