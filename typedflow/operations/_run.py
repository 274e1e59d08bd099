"""Run a flow with its compiled settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from typedflow.operations._choose_variants import choose_binding, choose_environment, choose_flow
from typedflow.operations._events import EnvironmentChosen, FlowStarts, OnEvent, ignore_event
from typedflow.project import LoadedProject, Override, Variant, resolve
from typedflow.units import FlowStart, flow_file, prepare_flow, start_flow


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
) -> FlowStart:
    """Resolve and compile the settings of a flow, and return how to start it.

    Raises:
        TypedflowError: everything that is wrong with the settings.
    """
    flow = choose_flow(project, unit)
    chosen_binding = choose_binding(project, flow, binding)
    chosen = choose_environment(project, environment)
    flow_file(project, flow)
    on_event(EnvironmentChosen(chosen))
    start = prepare_flow(project, resolve(project, flow, chosen_binding, chosen, overrides), arguments)
    on_event(FlowStarts(start))
    return start


def finish_run(start: FlowStart) -> RunResult:
    """Start a flow, and wait until it ends."""
    return RunResult(start.variant, start.compiled.file, start.command, start_flow(start))
