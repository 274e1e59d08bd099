"""The units of a project, their bindings, and the digest that each resolves to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from typedflow.operations._choose_variants import choose_environment
from typedflow.operations._events import EnvironmentChosen, EnvironmentUnknown, OnEvent, ignore_event
from typedflow.project import ChosenEnvironment, Identities, LoadedProject, SkippedFiles, Unit, Variant, config_digest
from typedflow.units import Resolution, kind_named, resolve_variants
from typedflow.values import Diagnostic, TypedflowError, merge_findings


@dataclass(frozen=True, slots=True)
class ListedVariant:
    """A binding, the digest of its compiled config, and its identity.

    ``is_valid`` is None where the environment is unknown. A binding that does not exist has no identity, nor has one
    whose identity is that of another variant. ``table`` is a table's name in the engine.
    """

    binding: str
    is_valid: bool | None = False
    digest: str | None = None
    identity: str | None = None
    table: str | None = None


@dataclass(frozen=True, slots=True)
class ListedUnit:
    """A unit: its kind, its name and its file, as in the manifest, what its kind says of it, and its variants.

    ``is_bound``: the manifest names its bindings.
    """

    kind: str
    name: str
    file: str
    description: dict[str, Any]
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
    project: LoadedProject,
    *,
    kind: str | None = None,
    environment: str | None = None,
    on_event: OnEvent = ignore_event,
) -> Listing:
    """Return every unit and variant of a project, or those of a kind; those that do not resolve are invalid.

    Raises:
        ArgumentError: the environment does not exist.
    """
    chosen = known_environment(project, environment, on_event)
    findings: list[Diagnostic] = []
    identities = Identities(project)
    wanted = (unit for unit in project.units if kind in {None, unit.kind})
    units = tuple(_unit(project, unit, chosen, identities, findings) for unit in wanted)
    skipped = tuple(each for each in project.found_units.skipped if kind in {None, each.kind})
    return Listing(chosen, units, tuple(merge_findings(findings)), skipped)


def known_environment(project: LoadedProject, named: str | None, on_event: OnEvent) -> ChosenEnvironment | None:
    """Return the environment, and report it; None if the branch chooses it and no branch is known."""
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
    project: LoadedProject,
    unit: Unit,
    environment: ChosenEnvironment | None,
    identities: Identities,
    findings: list[Diagnostic],
) -> ListedUnit:
    try:
        bindings = project.bindings(unit)
    except TypedflowError as error:  # a declared binding that has no file
        findings += error.diagnostics
        rows = [ListedVariant(binding) for binding in unit.bindings]
    else:
        found = resolve_variants(project, unit, bindings, environment) if environment else map(Resolution, bindings)
        rows = [listed_variant(each, unit, identities, findings) for each in found]
        rows = rows if environment else [replace(row, is_valid=None) for row in rows]
    about: dict[str, Any] = dict(kind_named(unit.kind).describe(unit))
    if unit.kind == "table":
        about["external"] = _is_external(project, unit)
    return ListedUnit(unit.kind, unit.name, unit.file, about, tuple(rows), bool(unit.bindings))


def _is_external(project: LoadedProject, unit: Unit) -> bool | None:
    """Return whether a table is only read; None if its file is invalid, which its variants report."""
    try:
        return project.tables.declared(unit).content.external
    except TypedflowError:
        return None


def name_in_engine(found: Resolution) -> str | None:
    """Return the name that a resolved table has in the engine; None for other units."""
    config = found.resolved.config if found.resolved and found.resolved.variant.kind == "table" else None
    return None if config is None else config.table


def listed_variant(found: Resolution, unit: Unit, identities: Identities, findings: list[Diagnostic]) -> ListedVariant:
    """Return a variant with its digest and its identity, and add what is wrong with them to ``findings``."""
    findings += found.diagnostics
    row = ListedVariant(found.binding, table=name_in_engine(found))
    try:
        row = replace(row, identity=identities.of(Variant(unit.name, found.binding, kind=unit.kind)))
    except TypedflowError as error:
        findings += error.diagnostics
    try:
        return replace(row, is_valid=True, digest=config_digest(found.resolved)) if found.resolved else row
    except TypedflowError as error:
        findings += error.diagnostics
        return row
