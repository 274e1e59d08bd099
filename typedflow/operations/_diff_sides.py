"""The sides of ``typedflow diff``: the form of its name determines the kind of a side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from typedflow.operations._choose_variants import choose_binding, choose_environment
from typedflow.operations._diff_revision import side_at_revision
from typedflow.operations._errors import argument_error, look_up_argument
from typedflow.project import (
    LOCK,
    LoadedProject,
    Lock,
    Resolved,
    Side,
    Unit,
    resolve,
    side_of_config,
    side_of_file,
    side_of_variant,
)
from typedflow.units import deployment_records, unit_file
from typedflow.workspace import real_path


def sides_of(project: LoadedProject, unit: Unit, one: str, other: str) -> tuple[Side, Side]:
    """Return the two sides.

    Raises:
        ArgumentError: a side does not exist.
        TypedflowError: what is wrong with it.
    """
    names = (one, other)
    if LOCK not in names:
        return _side(project, unit, one), _side(project, unit, other)
    if one == other:
        raise argument_error(
            f"`{LOCK}` is compared with a binding", hint=f"as in `typedflow diff {unit.name} EXP_01 {LOCK}`"
        )
    variant = _resolved(project, unit, other if one == LOCK else one)
    today = side_of_variant(other if one == LOCK else one, variant, project.root, project.manifest.public)
    locked = look_up_argument(lambda: Lock(project.root).side(variant, project.manifest.public))
    return (locked, today) if one == LOCK else (today, locked)


def _side(project: LoadedProject, unit: Unit, name: str) -> Side:
    if name.endswith(".json"):
        file, public = real_path(Path(name)), project.manifest.public
        return side_of_file(name, file, project.model_of(unit), project.root, may_be_pipe=True, public=public)
    before, colon, binding = name.rpartition(":")
    if colon:
        from typedflow.metaflow import TARGETS

        if before in TARGETS:
            return _deployed(project, unit, before, binding)
        return side_at_revision(project, unit, name, before, _variant(binding))
    if "/" in name:
        return _of_run(project, unit, name)
    return side_of_variant(name, _resolved(project, unit, name), project.root, project.manifest.public)


def _of_run(project: LoadedProject, unit: Unit, name: str) -> Side:
    """Return the side of a run, whoever made it, deployments included."""
    from typedflow.metaflow import any_namespace, known_origins, load

    wanted = unit.config
    with any_namespace():
        config = look_up_argument(lambda: load(name, project.model_of(unit), wanted))
        origins = look_up_argument(lambda: known_origins(name, wanted))
    return side_of_config(name, config, origins, project.manifest.public)


def _deployed(project: LoadedProject, unit: Unit, target: str, name: str) -> Side:
    """Return what was deployed last of a binding, in an environment if one is named."""
    binding, environment = _variant(name)
    wanted = (unit.kind, unit.name, target, binding)
    found = [
        each
        for each in deployment_records(project.root)
        if (each.kind, each.unit, each.target, each.binding) == wanted and environment in (None, each.environment)
    ]
    if not found:
        hint = "deployments are recorded in `.typedflow`, in the project that they are deployed from"
        raise argument_error(f"`{unit.name}` has not been deployed to {target} under `{name}`", hint=hint)
    file = project.root / found[-1].compiled
    return side_of_file(f"{target}:{name}", file, project.model_of(unit), project.root, public=project.manifest.public)


def _resolved(project: LoadedProject, unit: Unit, name: str) -> Resolved[Any]:
    binding, environment = _variant(name)
    unit_file(project, unit)
    choose_binding(project, unit, binding)
    return resolve(project, unit, binding, choose_environment(project, environment, option=f"{binding}@ENV"))


def _variant(name: str) -> tuple[str, str | None]:
    """Return the binding and the environment that a name has."""
    binding, at, environment = name.partition("@")
    if not binding or (at and not environment):
        raise argument_error(f"the side `{name}` names no binding", hint="write NAME or NAME@ENV, as in `EXP_01@prod`")
    return binding, environment or None
