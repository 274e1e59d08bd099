"""What long commands report while they run: each event is a value that is passed to a callback."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:  # every command loads this module, and reports few of these
    from typedflow.check import TriedFixes
    from typedflow.project import ChosenEnvironment, LoadedProject
    from typedflow.units import DeploymentProgress, RunsProgress, UnitStart
    from typedflow.values import Diagnostic


@dataclass(frozen=True, slots=True)
class EnvironmentChosen:
    """The environment that a command uses, and why."""

    environment: ChosenEnvironment


@dataclass(frozen=True, slots=True)
class EnvironmentUnknown:
    """The branch chooses the environment, and none is known; ``diagnostic`` has the reason and a hint."""

    diagnostic: Diagnostic


@dataclass(frozen=True, slots=True)
class UnitStarts:
    """A unit is about to start."""

    start: UnitStart


@dataclass(frozen=True, slots=True)
class CheckAdvanced:
    """How many variants are checked, and of how many, if that is known."""

    done: int
    total: int | None


@dataclass(frozen=True, slots=True)
class CheckFinished:
    """All variants are checked; if ``findings`` contain errors, nothing will be deployed or run."""

    findings: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class CheckStarts:
    """A check is about to start: its projects, the selected environment (None: all), and a binding from a variable."""

    projects: tuple[LoadedProject, ...]
    environment: ChosenEnvironment | None
    binding_by_variable: str | None


@dataclass(frozen=True, slots=True)
class FixesTried:
    """The fixes have been tried; none is written yet."""

    fixes: TriedFixes


CheckEvent: TypeAlias = CheckStarts | CheckAdvanced | CheckFinished | FixesTried
Event: TypeAlias = (
    "EnvironmentChosen | EnvironmentUnknown | UnitStarts | CheckEvent | DeploymentProgress | RunsProgress"
)
OnEvent: TypeAlias = "Callable[[Event], None]"


def ignore_event(event: Event) -> None:
    """Do nothing about an event."""
