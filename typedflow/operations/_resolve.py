"""The units and variants of a project, and the settings of one as an instance of the model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from pydantic import BaseModel

from typedflow.operations._choose_variants import (
    choose_binding,
    choose_environment,
    choose_unit,
    match_bindings,
    require_bindings,
)
from typedflow.project import (
    Identities,
    LoadedProject,
    Override,
    Resolved,
    Unit,
    Variant,
    config_digest,
    other_model,
    resolve,
    sidecar,
)
from typedflow.units import unit_file
from typedflow.values import Origins, TypedflowError, read_sidecar

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class ProjectUnit:
    """A unit of a project: its name, its file, the config with its settings, its bindings and its kind."""

    name: str
    file: Path
    config: str
    bindings: tuple[str, ...]
    kind: str = "flow"


@dataclass(frozen=True, slots=True)
class ResolvedSettings(Generic[M]):
    """The settings of a variant as an instance of the model, the digest that names them, and where each value is from.

    ``variant.identity`` is the variant's label, and ``digest`` that of the compiled config, both as ``typedflow list``
    shows them. ``origins.leaves`` has the origin of each value by its key path, and what it overrides.
    """

    variant: Variant
    settings: M
    digest: str
    origins: Origins


def list_units(project: LoadedProject) -> tuple[ProjectUnit, ...]:
    """Return the units of a project with their bindings, in the order of the manifest.

    Raises:
        TypedflowError: ``unknown-binding`` for a declared binding that has no file.
    """
    return tuple(
        ProjectUnit(unit.name, project.root / unit.file, unit.config, project.bindings(unit), unit.kind)
        for unit in project.units
    )


def list_variants(
    project: LoadedProject, unit: str | None = None, *, bindings: Sequence[str] = ("*",), environment: str | None = None
) -> tuple[Variant, ...]:
    """Return the variants of a unit, or of all, in one environment; ``bindings`` are globs.

    Raises:
        ArgumentError: a unit, a binding or an environment does not exist.
        TypedflowError: ``same-identity``.
    """
    chosen = choose_environment(project, environment).name
    if unit is not None:
        found = choose_unit(project, unit)
        variants = [Variant(found.name, each, chosen, found.kind) for each in match_bindings(project, found, bindings)]
    else:
        require_bindings([project], bindings)
        variants = [
            Variant(each.name, binding, chosen, each.kind)
            for each in project.units
            for binding in project.bindings(each)
            if any(fnmatchcase(binding, glob) for glob in bindings)
        ]
    identities = Identities(project)
    return tuple(replace(each, identity=identities.of(each)) for each in variants)


def resolve_variant(
    project: LoadedProject,
    unit: str | None = None,
    *,
    binding: str | None = None,
    environment: str | None = None,
    overrides: Mapping[str, Any] | None = None,
    model: type[BaseModel] | None = None,
) -> Resolved[BaseModel]:
    """Resolve a variant; ``overrides`` have values by key path, above all layers, and ``model`` must be its model.

    Raises:
        ArgumentError: a unit, a binding or an environment does not exist, or must be named.
        TypedflowError: everything that is wrong with the settings.
    """
    found = choose_unit(project, unit)
    unit_file(project, found)
    if model is not None:
        _require_model(project, found, model)
    chosen = choose_binding(project, found, binding)
    return resolve(project, found, chosen, choose_environment(project, environment), override_values(overrides))


def _require_model(project: LoadedProject, unit: Unit, given: type[BaseModel]) -> None:
    model = project.model_of(unit)
    if given is not model:
        whose = "the project" if len(project.models.references) == 1 else f"`{unit.name}`"
        place = project.place_of_model(unit)
        raise TypedflowError([other_model(given, model, f"{whose}, which is {unit.model}", place)])


def resolved_settings(project: LoadedProject, found: Resolved[Any]) -> ResolvedSettings[Any]:
    """Return the settings of a resolved variant with their digest and origins."""
    named = replace(found, variant=replace(found.variant, identity=Identities(project).of(found.variant)))
    digest = config_digest(named)
    origins = cast("Origins", read_sidecar(sidecar(named, digest, project.root)))
    return ResolvedSettings(named.variant, named.config, digest, origins)


def override_values(values: Mapping[str, Any] | None) -> tuple[Override, ...]:
    """Return the overrides for a mapping of key paths to values."""
    return tuple(Override(path, value) for path, value in (values or {}).items())
