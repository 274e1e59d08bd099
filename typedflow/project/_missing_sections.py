"""Explain a section that no file sets: no environment is selected, or a file is missing."""

from __future__ import annotations

from dataclasses import replace

from typedflow.project._project import LoadedProject
from typedflow.project._settings import ENVIRONMENT, STEM
from typedflow.values import Diagnostic, Location, TypedflowError, listed
from typedflow.workspace import display_name


def with_section_hint(item: Diagnostic, project: LoadedProject, environment: str | None) -> Diagnostic:
    """Return the finding of a missing key, with what to do if the key is a section; ``environment`` is the case's."""
    section = item.path[0] if item.path and len(item.path) == 1 else None
    if section not in project.manifest.sections:
        return item
    if section == ENVIRONMENT and environment is None and (found := _without_environment(item, project)):
        return found
    file = f"{project.manifest.settings}/{STEM}.{section}.yaml"
    what = f"{file}, with a block for each environment" if section == ENVIRONMENT else file
    return replace(item, hint=f"create {what}, or set `{section}` in {project.manifest.settings}/{STEM}.yaml")


def _without_environment(item: Diagnostic, project: LoadedProject) -> Diagnostic | None:
    """Return the finding where environments exist, and none is selected."""
    try:
        known = project.environments
    except TypedflowError:  # reported where an environment is read
        return None
    if not known:
        return None
    first, file = next(iter(known.items()))
    default = f'`default = "{first}"` in `[environments]` of {project.source.name}'
    return replace(
        item,
        message=f"{item.message}, and no environment is selected",
        location=Location(display_name(file.path, project.root)),
        hint=f"select one of {listed(known)}: `--env {first}`, TYPEDFLOW_ENV, or {default}",
    )
