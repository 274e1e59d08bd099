"""The binding that the environment variable ``TYPEDFLOW_BINDING`` names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from typedflow.project._kinds import Unit
from typedflow.project._project import LoadedProject
from typedflow.values import DEFAULT_BINDING, Location, TypedflowError

BINDING_VARIABLE = "TYPEDFLOW_BINDING"


def named_binding(environ: Mapping[str, str]) -> str | None:
    """Return the binding, or the glob, that ``TYPEDFLOW_BINDING`` names; None where it is not set, or empty."""
    return environ.get(BINDING_VARIABLE) or None


def named_binding_of(project: LoadedProject, unit: Unit) -> str | None:
    """Return the binding of a unit that ``TYPEDFLOW_BINDING`` names; None where it names none.

    Raises:
        TypedflowError: ``unknown-binding``, at the variable; what is wrong with the unit's bindings.
    """
    name = named_binding(project.environ)
    if name is None or name == DEFAULT_BINDING or name in project.bindings(unit):
        return name
    try:
        project.binding_layer(unit, name)
    except TypedflowError as error:
        place = Location(BINDING_VARIABLE)
        raise TypedflowError(replace(item, location=place) for item in error.diagnostics) from None
    return name
