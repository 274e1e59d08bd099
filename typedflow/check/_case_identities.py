"""Identities of the cases of findings: added last, because what is cached must not depend on the branch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from typedflow.project import Identities, LoadedProject, Variant
from typedflow.values import Case, Diagnostic, TypedflowError


def with_identities(found: Iterable[Diagnostic], project: LoadedProject) -> tuple[Diagnostic, ...]:
    """Return findings whose cases have their identities; unchanged if the project has no name."""
    if project.manifest.project is None:
        return tuple(found)
    identities = Identities(project)
    known: dict[Case, Case] = {}

    def named(case: Case) -> Case:
        if case not in known:
            known[case] = case._replace(identity=_identity(case, identities))
        return known[case]

    return tuple(replace(item, cases=tuple(map(named, item.cases))) for item in found)


def _identity(case: Case, identities: Identities) -> str | None:
    """Return the identity of a case; None if another variant has it, too, which is a finding."""
    try:
        return identities.of(Variant(case.unit, case.binding, case.environment, case.kind))
    except TypedflowError:
        return None
