"""Flows: the command that starts one with its compiled config, and starting it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from typedflow.metaflow import command, environ_of, launch
from typedflow.project import Compiled, LoadedProject, Resolved, Variant, compile_config
from typedflow.values import TypedflowError
from typedflow.workspace import from_here, read_source


@dataclass(frozen=True, slots=True)
class FlowStart:
    """A flow that is ready to start: the variant, its compiled config, the command and its environment variables."""

    variant: Variant
    compiled: Compiled
    command: tuple[str, ...]
    environ: Mapping[str, str] = field(repr=False)

    @property
    def has_config(self) -> bool:
        """Whether the flow gets the compiled config; ``resume`` uses that of the run that it resumes."""
        return "--config" in self.command


def flow_file(project: LoadedProject, flow: str) -> Path:
    """Return the file of a flow.

    Raises:
        TypedflowError: the file cannot be read; the finding is at its line of the manifest.
    """
    file = project.root / project.unit(flow).file
    try:
        read_source(file, project.root)
    except TypedflowError as error:
        place = project.place("flows", flow, "file")
        raise TypedflowError(replace(item, location=place) for item in error.diagnostics) from None
    return file


def prepare_flow(project: LoadedProject, resolved: Resolved[Any], arguments: Sequence[str] = ()) -> FlowStart:
    """Compile the config of a resolved flow, and return how to start it; ``arguments`` are Metaflow's.

    Raises:
        TypedflowError: the file of the flow cannot be read; ``unwritable-file``.
    """
    variant = resolved.variant
    file, unit = flow_file(project, variant.flow), project.unit(variant.flow)
    compiled = compile_config(resolved, project.root)
    words = command(from_here(file), unit.config, from_here(compiled.file), arguments or ["run"])
    return FlowStart(variant, compiled, tuple(words), environ_of(variant, project.environ))


def start_flow(start: FlowStart) -> int:
    """Run a flow with this process's own streams, and return its exit code.

    Raises:
        TypedflowError: ``launch-failed``, when the command cannot be started.
    """
    return launch(start.command, environ=start.environ)
