"""Open a project: read its manifest, and reject paths that lead out of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import BaseModel

from typedflow.project._allowed_directories import leads_outside, outside, places_within
from typedflow.project._manifest import ManifestError, find_manifest, manifest_of, named_files, read_manifest
from typedflow.project._project import LoadedProject
from typedflow.values import Diagnostic, TypedflowError, format_path
from typedflow.workspace import environment_variables


def open_project(
    start: Path, environ: Mapping[str, str] | None = None, model: type[BaseModel] | None = None
) -> LoadedProject:
    """Open the project that a directory belongs to; environment variables are this process's by default.

    ``model`` is the class that the manifest names, if the caller has imported it.

    Raises:
        TypedflowError: ``no-project``.
        ManifestError: all errors of the manifest; ``outside-project``; ``bad-section``; ``bad-glob``.
    """
    root, source, table = find_manifest(start)
    with manifest_of(root):
        manifest = read_manifest(source, table)
        values = environment_variables() if environ is None else environ
        project = LoadedProject(root, manifest, source, table, values, model)
        if problems := [*_of_sections(project), *_outside(project)]:
            raise TypedflowError(problems)
        _ = project.units  # what is wrong with a glob of units is an error of the manifest
    return project


def find_project(
    start: Path, environ: Mapping[str, str] | None = None, model: type[BaseModel] | None = None
) -> LoadedProject:
    """Open the project of a directory that a user names; the error that it has none names the projects below it.

    Raises:
        TypedflowError: ``no-project``.
        ManifestError: all errors of the manifest.
    """
    try:
        return open_project(start, environ, model)
    except ManifestError:
        raise
    except TypedflowError as error:
        from typedflow.project._projects_below import with_projects_below

        raise TypedflowError(with_projects_below(error.diagnostics, start)) from None


def _of_sections(project: LoadedProject) -> Iterator[Diagnostic]:
    if not project.manifest.sections:
        return
    from typedflow.project._sections import list_problems

    yield from list_problems(project.manifest.sections, lambda index: project.place("sections", index))


def _outside(project: LoadedProject) -> Iterator[Diagnostic]:
    """Yield a finding for each path of a manifest that leads out of the project and the allowed directories."""
    manifest, root = project.manifest, project.root
    places = places_within(root, manifest.outside)
    for path, file in named_files(manifest).items():
        if real := outside(root / file, places):
            yield leads_outside(f"`{format_path(path)}`", real, root, project.place(*path))
