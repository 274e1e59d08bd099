"""Explain what is missing in a section: a key of its files, a file, or an environment."""

from __future__ import annotations

from dataclasses import replace

from typedflow.project._project import LoadedProject
from typedflow.project._settings import ENVIRONMENT, STEM
from typedflow.values import Diagnostic, KeyPath, Location, TypedflowError, format_path, listed
from typedflow.workspace import display_name


def with_section_hint(item: Diagnostic, project: LoadedProject, environment: str | None) -> Diagnostic:
    """Return the finding of a missing key, with what to do if it is a section, or in one.

    ``environment`` is the case's.
    """
    section, *keys = item.path or ("",)
    if section not in project.manifest.sections:
        return item
    if keys:
        return replace(item, hint=_addition(tuple(keys), project, str(section), environment))
    if section == ENVIRONMENT and environment is None and (found := _without_environment(item, project)):
        return found
    file = f"{project.manifest.settings}/{STEM}.{section}.yaml"
    what = f"{file}, with a block for each environment" if section == ENVIRONMENT else file
    return replace(item, hint=f"create {what}, or set `{section}` in {project.manifest.settings}/{STEM}.yaml")


def _addition(path: KeyPath, project: LoadedProject, section: str, environment: str | None) -> str:
    """Return where to add a key, as the files of its section have it."""
    around = f"`{format_path(path[:-1])}` in " if len(path) > 1 else ""
    return f"add `{path[-1]}` to {around}{_files(project, section, environment)}"


def _files(project: LoadedProject, section: str, environment: str | None) -> str:
    if section != ENVIRONMENT:
        return f"{project.manifest.settings}/{STEM}.{section}.yaml, or {STEM}.{section}.NAME.yaml of a binding"
    file = project.environments.get(environment or "")
    if file is None:
        return f"{project.manifest.settings}/{STEM}.{section}.yaml"
    name = display_name(file.path, project.root)
    return f"the block `{file.block}` of {name}" if file.block else name


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
