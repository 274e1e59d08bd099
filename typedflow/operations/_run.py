"""Run a flow with its compiled settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from typedflow.operations._choose_variants import choose_binding, choose_environment, choose_unit
from typedflow.operations._events import EnvironmentChosen, OnEvent, UnitStarts, ignore_event
from typedflow.project import Identities, LoadedProject, Variant, resolve
from typedflow.units import RunnableKind, UnitStart, kind_named, runnable, unit_file

if TYPE_CHECKING:
    from typedflow.project import Override


@dataclass(frozen=True, slots=True)
class RunResult:
    """A run that has ended: its variant, its compiled config, its command, and its exit code as a shell reports it."""

    variant: Variant
    config: Path
    command: tuple[str, ...]
    exit_code: int


def run(
    project: LoadedProject,
    *,
    unit: str | None = None,
    binding: str | None = None,
    environment: str | None = None,
    overrides: Sequence[str | Override] = (),
    arguments: Sequence[str] = (),
    on_event: OnEvent = ignore_event,
) -> RunResult:
    """Resolve and compile the settings of a flow, run it with them, and wait until it ends.

    ``overrides`` are texts such as ``model.alpha=0.5``; ``arguments`` are Metaflow's (default: ``run``). The flow has
    this process's own streams.

    Raises:
        KeyboardInterrupt: this process was interrupted while the flow ran; the flow has ended.
        TypedflowError: everything that is wrong with the settings; the flow is not started then.
    """
    start = prepare_run(
        project,
        unit=unit,
        binding=binding,
        environment=environment,
        overrides=overrides,
        arguments=arguments,
        on_event=on_event,
    )
    return finish_run(start)


def prepare_run(
    project: LoadedProject,
    *,
    unit: str | None,
    binding: str | None,
    environment: str | None,
    overrides: Sequence[str | Override],
    arguments: Sequence[str],
    on_event: OnEvent = ignore_event,
) -> UnitStart:
    """Resolve and compile the settings of a flow, and return how to start it.

    Raises:
        TypedflowError: everything that is wrong with the settings.
    """
    found = choose_unit(project, unit, runnable)
    chosen_binding = choose_binding(project, found, binding)
    chosen = choose_environment(project, environment)
    unit_file(project, found)
    on_event(EnvironmentChosen(chosen))
    resolved = Identities(project).label(resolve(project, found, chosen_binding, chosen, overrides))
    start = _kind(resolved.variant).prepare(project, resolved, arguments)
    on_event(UnitStarts(start))
    return start


def finish_run(start: UnitStart) -> RunResult:
    """Start a flow, and wait until it ends.

    Raises:
        KeyboardInterrupt: this process was interrupted; the flow has ended.
    """
    return RunResult(start.variant, start.compiled.file, start.command, _kind(start.variant).start(start))


def _kind(variant: Variant) -> RunnableKind:
    return cast("RunnableKind", kind_named(variant.kind))
