"""Resolve several variants separately: an error in one does not hide the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from typedflow.project import ChosenEnvironment, LoadedProject, Resolved, Unit, resolve
from typedflow.values import Diagnostic, TypedflowError

if TYPE_CHECKING:
    from typedflow.project import Override


@dataclass(frozen=True, slots=True)
class Resolution:
    """A binding with its resolved config, or with its errors."""

    binding: str
    resolved: Resolved[Any] | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


def resolve_variants(
    project: LoadedProject,
    unit: Unit | str,
    bindings: Sequence[str],
    environment: ChosenEnvironment,
    overrides: Sequence[str | Override] = (),
) -> Iterator[Resolution]:
    """Resolve a unit under each binding, in one environment."""
    try:
        _ = project.model  # do not load an invalid model again for every binding
    except TypedflowError as error:
        yield from (Resolution(binding, diagnostics=error.diagnostics) for binding in bindings)
        return
    for binding in bindings:
        try:
            yield Resolution(binding, resolve(project, unit, binding, environment, overrides))
        except TypedflowError as error:
            yield Resolution(binding, diagnostics=error.diagnostics)
