"""Resolve several variants separately: an error in one does not hide the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from typedflow.project import ChosenEnvironment, LoadedProject, Resolved, Unit, resolve
from typedflow.units._unit_file import unit_file
from typedflow.values import Diagnostic, TypedflowError

if TYPE_CHECKING:
    from typedflow.project import Override


class Resolution(NamedTuple):
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
    """Resolve a unit under each binding, in one environment; none of a unit without its file is valid."""
    missing = _problems_of_file(project, project.unit(unit))
    try:
        _ = project.model_of(unit)  # do not load an invalid model again for every binding
    except TypedflowError as error:
        yield from (Resolution(binding, diagnostics=(*missing, *error.diagnostics)) for binding in bindings)
        return
    for binding in bindings:
        try:
            found = resolve(project, unit, binding, environment, overrides)
            yield Resolution(binding, None if missing else found, missing)
        except TypedflowError as error:
            yield Resolution(binding, diagnostics=(*missing, *error.diagnostics))


def _problems_of_file(project: LoadedProject, unit: Unit) -> tuple[Diagnostic, ...]:
    try:
        unit_file(project, unit)
    except TypedflowError as error:
        return error.diagnostics
    return ()
