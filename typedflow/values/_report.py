"""A report: what a check found, and how much it looked at."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from typedflow.values._diagnostics import Diagnostic, Severity

Environments: TypeAlias = Mapping[str, Collection[str | None]]
"""The environments that units were looked at in, by the names of the units."""


@dataclass(frozen=True, slots=True)
class Report:
    """Findings in reading order, each once; how many units (by kind), variants and settings files were checked.

    ``unchosen`` are findings of rules that were not selected, or of files that were not asked for.
    ``notes`` are what else whoever asked should know. ``with_project`` are the keys of the units that have
    ``@project``; ``environments`` are those that each unit was checked in. ``sql_files`` is how many files of SQL were.
    """

    diagnostics: tuple[Diagnostic, ...] = ()
    units: Mapping[str, int] = field(default_factory=dict)
    variants: int = 0
    files: int = 0
    unchosen: tuple[Diagnostic, ...] = ()
    notes: tuple[str, ...] = ()
    with_project: frozenset[str] = frozenset()
    environments: Environments = field(default_factory=dict)
    sql_files: int = 0

    def fails(self, *, strict: bool = False) -> bool:
        """Return whether a check fails: on errors and, if it is strict, on warnings."""
        return any(strict or item.severity is Severity.ERROR for item in self.diagnostics)
