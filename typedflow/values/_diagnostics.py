"""Diagnostics: a user's mistake as a value. Text is made of them in ``render``."""

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from typedflow.values._cases import Case
from typedflow.values._fixes import Fix
from typedflow.values._origins import Location
from typedflow.values._paths import KeyPath
from typedflow.values._rules import Rule


class Severity(Enum):
    """How much a diagnostic weighs."""

    ERROR = "error"
    WARNING = "warning"


class Related(NamedTuple):
    """Another place that a diagnostic is about: ``role`` says what it is (``declared at``, ``shadows``)."""

    role: str
    location: Location
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding.

    ``message`` says what was found and what was expected, ``label`` stands beside the caret (did-you-mean),
    ``hint`` is the one thing to do, ``cases`` are the variants that have it, ``path`` is the key path that the finding
    is about, ``fix`` what mends it for sure.
    """

    rule: Rule
    message: str
    location: Location | None = None
    label: str = ""
    hint: str = ""
    related: tuple[Related, ...] = ()
    cases: tuple[Case, ...] = ()
    path: KeyPath | None = None
    severity: Severity = Severity.ERROR
    fix: Fix | None = None


def reading_order(diagnostic: Diagnostic) -> tuple[str, int, int]:
    """Return the key that sorts diagnostics in reading order: by file name, line and column."""
    place = diagnostic.location
    span = place.span if place else None
    return (place.name if place else "", span.line if span else 0, span.column if span else 0)
