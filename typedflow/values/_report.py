"""A report: what a check found, and how much it looked at."""

from dataclasses import dataclass

from typedflow.values._diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Report:
    """Findings in reading order, each once; how many flows, variants and settings files were checked."""

    diagnostics: tuple[Diagnostic, ...] = ()
    flows: int = 0
    variants: int = 0
    files: int = 0
