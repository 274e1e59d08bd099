"""The units and variants of a project, and the settings of one as an instance of the model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from pydantic import BaseModel

from typedflow.operations._choose_variants import (
    choose_binding,
    choose_environment,
    choose_flow,
    match_bindings,
    require_bindings,
)
from typedflow.project import LoadedProject, Override, Resolved, Variant, identity, resolve, sidecar
from typedflow.values import Origins, read_sidecar

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class ProjectUnit:
    """A flow of a project: its name in the manifest, its file, the config with its settings, and its bindings."""

    name: str
    file: Path
    config: str
    bindings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResolvedSettings(Generic[M]):
    """The settings of a variant as an instance of the model, the digest that names them, and where each value is from.

    ``digest`` is that of the compiled config, as ``typedflow list`` shows it. ``origins.leaves`` has the origin of each
    value by its key path, and what it overrides.
    """

    variant: Variant
    settings: M
    digest: str
    origins: Origins


def list_units(project: LoadedProject) -> tuple[ProjectUnit, ...]:
    """Return the flows of a project with their bindings, in the order of the manifest.

    Raises:
        TypedflowError: ``unknown-binding`` for a declared binding that has no file.
    """
    return tuple(
        ProjectUnit(name, project.root / unit.file, unit.config, project.bindings(name))
        for name, unit in project.manifest.flows.items()
    )


def list_variants(
    project: LoadedProject, unit: str | None = None, *, bindings: Sequence[str] = ("*",), environment: str | None = None
) -> tuple[Variant, ...]:
    """Return the variants of a unit, or of all, in one environment; ``bindings`` are globs.

    Raises:
        ArgumentError: a unit, a binding or an environment does not exist.
    """
    chosen = choose_environment(project, environment).name
    if unit is not None:
        return tuple(Variant(unit, binding, chosen) for binding in match_bindings(project, unit, bindings))
    require_bindings([project], bindings)
    return tuple(
        Variant(name, binding, chosen)
        for name in project.manifest.flows
        for binding in project.bindings(name)
        if any(fnmatchcase(binding, glob) for glob in bindings)
    )


def resolve_variant(
    project: LoadedProject,
    unit: str | None = None,
    *,
    binding: str | None = None,
    environment: str | None = None,
    overrides: Mapping[str, Any] | None = None,
) -> Resolved[BaseModel]:
    """Resolve a variant; ``overrides`` have values by key path, above all layers.

    Raises:
        ArgumentError: a unit, a binding or an environment does not exist, or must be named.
        TypedflowError: everything that is wrong with the settings.
    """
    flow = choose_flow(project, unit)
    chosen = choose_binding(project, flow, binding)
    return resolve(project, flow, chosen, choose_environment(project, environment), override_values(overrides))


def resolved_settings(project: LoadedProject, found: Resolved[Any]) -> ResolvedSettings[Any]:
    """Return the settings of a resolved variant with their digest and origins."""
    digest = identity(found)
    origins = cast("Origins", read_sidecar(sidecar(found, digest, project.root)))
    return ResolvedSettings(found.variant, found.config, digest, origins)


def override_values(values: Mapping[str, Any] | None) -> tuple[Override, ...]:
    """Return the overrides for a mapping of key paths to values."""
    return tuple(Override(path, value) for path, value in (values or {}).items())
