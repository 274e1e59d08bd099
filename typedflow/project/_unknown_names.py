"""Findings for environments and bindings that do not exist, with what to create or to rename."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Protocol

from typedflow.project._kinds import Unit
from typedflow.project._manifest import Manifest
from typedflow.project._settings import BINDING, ENVIRONMENT, SettingsFiles, file_stem
from typedflow.project._shared_findings import unknown_binding, unknown_environment
from typedflow.project._unit_keys import is_name
from typedflow.values import Diagnostic, Location, did_you_mean, format_path, listed
from typedflow.workspace import display_name


class Places(Protocol):
    """A project as far as its names are looked up: its files, and the places of its manifest."""

    @property
    def root(self) -> Path:
        """The project's directory."""

    @property
    def manifest(self) -> Manifest:
        """The project's manifest."""

    @property
    def files(self) -> SettingsFiles:
        """The settings files that exist."""

    def place(self, *path: str | int) -> Location | None:
        """Return the location of a key path in the manifest."""

    def place_of_table(self, name: str) -> Location:
        """Return the location of a table of the manifest, or the manifest's."""


def unknown_name(
    project: Places, kind: str, name: str, known: list[str], place: Location | None = None, section: str = ""
) -> Diagnostic:
    """Return the finding for an environment, or a glob of bindings, that no settings file has; none of a section."""
    from typedflow.project._unread_files import renaming

    what = "environment" if kind == ENVIRONMENT else "binding"
    finding = unknown_environment if kind == ENVIRONMENT else unknown_binding
    return finding(
        f"there is no {what} `{name}`" + (f"; the project has {listed(known)}" if known else ""),
        place or project.place_of_table("environments" if kind == ENVIRONMENT else "flows"),
        label=did_you_mean(name, known),
        hint=renaming(project.files, project.manifest, project.root, (kind, name))
        or _creation(project, kind, name, section),
    )


def _creation(project: Places, kind: str, name: str, section: str) -> str:
    blocks = project.files.blocks
    if kind == ENVIRONMENT and blocks is not None:
        return f"add a block `{name}` to {display_name(blocks.path, project.root)}, or correct the name"
    return f"create {_file(project, kind, name, section)} (.toml and .json are read too), or correct the name"


def _file(project: Places, kind: str, name: str, section: str = "") -> str:
    sections = [section] if section else project.manifest.sections
    return f"{project.manifest.settings}/{file_stem(kind, name, sections)}.yaml"


def unbound_name(project: Places, unit: Unit, binding: str, known: Sequence[str]) -> Diagnostic:
    """Return the finding for a binding that a unit does not have."""
    from typedflow.project._unread_files import renaming

    place = project.place(*unit.path, *(["bindings"] if unit.bindings else []))
    if binding in project.files.bindings:
        hint = f'add "{binding}" to `bindings` of `{format_path(unit.path)}`'
        message = f"`{unit.name}` is not instantiated under the binding `{binding}`"
    else:
        is_bound = is_name(binding) and any(fnmatchcase(binding, glob) for glob in unit.bindings)
        create = f"create it with `typedflow new binding {binding}`" if is_bound else ""
        hint = f"{create or f'create {_file(project, BINDING, binding)}'}, or correct the name"
        message = f"there is no binding `{binding}`"
    change = renaming(project.files, project.manifest, project.root, (BINDING, binding))
    label = "" if change else did_you_mean(binding, known)
    message += f"; `{unit.name}` has {listed(known)}"
    return unknown_binding(message, place, label, change or ("" if label else hint))
