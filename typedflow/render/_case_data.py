"""Cases in machine-printable_finding reports."""

from __future__ import annotations

from dataclasses import dataclass

from typedflow.values import Case


@dataclass(frozen=True, slots=True)
class CaseData:
    """A variant that has the finding."""

    unit: str
    """The unit's name in the manifest; of a flow without a project, the name of its file without the suffix."""
    kind: str
    """What the unit is: `flow`."""
    binding: str
    """The binding; `default` where the unit has no other."""
    environment: str | None
    """The environment; null where none is chosen."""
    identity: str | None
    """The variant's identity; null if the project has no name."""


def case_data(case: Case) -> CaseData:
    """Return a case as data."""
    return CaseData(case.unit, case.kind, case.binding, case.environment, case.identity)
