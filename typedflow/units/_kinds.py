"""What a kind of units does, in a module of this package with the kind's name; ``project.KINDS`` declares kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast, runtime_checkable

from pydantic import BaseModel

from typedflow.project import KINDS, Compiled, LoadedProject, Resolved, Unit, Variant
from typedflow.values import Case, Diagnostic

if TYPE_CHECKING:
    from typedflow.metaflow import DeclaredFacts, StoredPart
    from typedflow.units._deployment_plan import DeploymentOptions, PlannedDeployment


@dataclass(frozen=True, slots=True)
class Subject:
    """What is judged of a unit, such as a flow class of its file.

    ``configs`` are those that it declares, by name. ``problems`` are there whatever its settings are; ``evaluate``
    returns those under the stored forms of its configs. ``made_configs`` returns the stored forms of those that
    typedflow makes for a variant, or raises what is wrong with them. ``stored_parts`` returns the parts of configs
    that it stores, given their models by attribute.
    """

    configs: Mapping[str, DeclaredFacts] = field(default_factory=dict)
    problems: Iterable[Diagnostic] = ()
    evaluate: Callable[[Mapping[str, Any]], Iterable[Diagnostic]] = lambda _: ()
    made_configs: Callable[[Case], Mapping[str, Any]] = lambda _: {}
    stored_parts: Callable[[dict[str, type[BaseModel]]], Iterable[StoredPart]] = lambda _: ()
    has_project: bool = False


@dataclass(frozen=True, slots=True)
class UnitStart:
    """A unit that is ready to start: the variant, its compiled config, the command and its environment variables."""

    variant: Variant
    compiled: Compiled
    command: tuple[str, ...]
    environ: Mapping[str, str] = field(repr=False)

    @property
    def has_config(self) -> bool:
        """Whether the unit gets the compiled config; ``resume`` uses that of the run that it resumes."""
        return "--config" in self.command


class UnitKind(Protocol):
    """What every kind does."""

    def judge(self, file: Path, unit: Unit | None, project: LoadedProject | None) -> Iterator[Subject]:
        """Yield what is judged of a file, which may be of no project.

        Raises:
            TypedflowError: the file cannot be judged.
        """

    def models(self, project: LoadedProject, unit: Unit) -> dict[str, type[BaseModel]]:
        """Return the models of a unit's configs by name, except the project's settings.

        Raises:
            BaseException: whatever the unit's file raises.
        """

    def describe(self, unit: Unit) -> dict[str, str]:
        """Return what ``typedflow list --format json`` has of a unit beside its name, file and bindings."""


@runtime_checkable
class RunnableKind(Protocol):
    """What a kind does whose units can be run."""

    def prepare(self, project: LoadedProject, resolved: Resolved[Any], arguments: Sequence[str] = ()) -> UnitStart:
        """Compile the config of a resolved unit, and return how to start it; ``arguments`` are Metaflow's.

        Raises:
            TypedflowError: the file of the unit cannot be read; ``unwritable-file``.
        """

    def start(self, start: UnitStart) -> int:
        """Run a unit with this process's own streams, and return its exit code.

        Raises:
            KeyboardInterrupt: this process was interrupted; the unit has ended by itself.
            TypedflowError: ``launch-failed``, when the command cannot be started.
        """


@runtime_checkable
class DeployableKind(Protocol):
    """What a kind does whose units can be deployed."""

    def plan(
        self,
        project: LoadedProject,
        resolved: Iterable[Resolved[Any]],
        options: DeploymentOptions,
        *,
        has_project: bool,
    ) -> tuple[PlannedDeployment, ...]:
        """Compile variants of one unit, and return how each is deployed. ``has_project``: it has ``@project``.

        Raises:
            TypedflowError: ``deployment-name``; ``unwritable-file``.
        """


def kinds() -> dict[str, UnitKind]:
    """Return what each kind does, by its name."""
    return {name: kind_named(name) for name in KINDS}


def kind_named(name: str) -> UnitKind:
    """Return what a kind does."""
    return cast("UnitKind", import_module(f"{__package__}.{name}"))


def runnable(name: str) -> RunnableKind | None:
    """Return what a kind does whose units can be run; None for another."""
    kind = kind_named(name)
    return kind if isinstance(kind, RunnableKind) else None


def deployable(name: str) -> DeployableKind | None:
    """Return what a kind does whose units can be deployed; None for another."""
    kind = kind_named(name)
    return kind if isinstance(kind, DeployableKind) else None
