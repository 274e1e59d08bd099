"""What the sides of ``typedflow diff`` mean: each is told by how its name is written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from typedflow.cli._chosen import chosen_bindings, command_line, wrong
from typedflow.cli._diff_revision import side_at_revision
from typedflow.cli._environment import chosen_environment
from typedflow.cli._parser import TARGETS
from typedflow.project import (
    LOCK,
    Lock,
    Project,
    Resolved,
    Side,
    deployments,
    resolve,
    side_of_config,
    side_of_file,
    side_of_variant,
)
from typedflow.workspace import real_path


def sides_of(project: Project, flow: str, one: str, other: str) -> tuple[Side, Side]:
    """Give the two sides.

    Raises:
        CommandLineError: a side that does not exist.
        TypedflowError: what is wrong with it.
    """
    names = (one, other)
    if LOCK not in names:
        return _side(project, flow, one), _side(project, flow, other)
    if one == other:
        raise wrong(f"`{LOCK}` is compared with a binding", hint=f"as in `typedflow diff {flow} EXP_01 {LOCK}`")
    variant = _resolved(project, flow, other if one == LOCK else one)
    today = side_of_variant(other if one == LOCK else one, variant, project.root, project.manifest.public)
    locked = command_line(lambda: Lock(project.root).side(variant, project.manifest.public))
    return (locked, today) if one == LOCK else (today, locked)


def _side(project: Project, flow: str, name: str) -> Side:
    if name.endswith(".json"):
        file, public = real_path(Path(name)), project.manifest.public
        return side_of_file(name, file, project.model, project.root, may_be_pipe=True, public=public)
    before, colon, binding = name.rpartition(":")
    if colon and before in TARGETS:
        return _deployed(project, flow, before, binding)
    if colon:
        return side_at_revision(project, flow, name, before, _variant(binding))
    if "/" in name:
        return _of_run(project, flow, name)
    return side_of_variant(name, _resolved(project, flow, name), project.root, project.manifest.public)


def _of_run(project: Project, flow: str, name: str) -> Side:
    from typedflow.metaflow import known_origins, load_of_anybody

    wanted = project.unit(flow).config
    config = command_line(lambda: load_of_anybody(name, project.model, wanted))
    origins = command_line(lambda: known_origins(name, wanted))
    return side_of_config(name, config, origins, project.manifest.public)


def _deployed(project: Project, flow: str, target: str, name: str) -> Side:
    """Give what was deployed last of a binding, in an environment if one is named."""
    binding, environment = _variant(name)
    found = [
        each
        for each in deployments(project.root)
        if (each.flow, each.target, each.binding) == (flow, target, binding) and environment in (None, each.environment)
    ]
    if not found:
        hint = "this project's record of deployments is in its directory `.typedflow`, where it was deployed from"
        raise wrong(f"`{flow}` has not been deployed to {target} under `{name}`", hint=hint)
    file = project.root / found[-1].compiled
    return side_of_file(f"{target}:{name}", file, project.model, project.root, public=project.manifest.public)


def _resolved(project: Project, flow: str, name: str) -> Resolved[Any]:
    binding, environment = _variant(name)
    chosen_bindings(project, flow, binding)
    return resolve(project, flow, binding, chosen_environment(project, environment, option=f"{binding}@ENV"))


def _variant(name: str) -> tuple[str, str | None]:
    """Give the binding and the environment that are named."""
    binding, at, environment = name.partition("@")
    if not binding or (at and not environment):
        raise wrong(f"the side `{name}` names no binding", hint="write NAME or NAME@ENV, as in `EXP_01@prod`")
    return binding, environment or None
