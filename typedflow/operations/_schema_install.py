"""Configure editors to use the schemas of a project's files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel

from typedflow.operations._errors import argument_error, look_up_argument
from typedflow.project import (
    MANIFEST_MODEL,
    SETTINGS,
    LoadedProject,
    SchemaFiles,
    SettingsSchemas,
    editor_edits,
    schema_edits,
)
from typedflow.schema import Draft, full_name, overlay_name, schema_text
from typedflow.workspace import Edit, apply_edits, exact_text

_DRAFT_7 = '"$schema": "http://json-schema.org/draft-07/schema#"'
_MANIFEST = "typedflow"


def install_schemas(
    project: LoadedProject,
    *,
    editors: Sequence[str] = (),
    output: str = "schemas",
    remove: bool = False,
    dry_run: bool = False,
) -> tuple[Edit, ...]:
    """Configure editors to use the schemas of the settings files, unless this is a dry run, and return the edits.

    Without ``editors``, each settings file gets a line that names its schema; with ``remove``, the line is removed.

    Raises:
        ArgumentError: a file cannot be edited; then none is.
    """
    edits = tuple(look_up_argument(lambda: _edits(project, editors, output, remove=remove)))
    if not dry_run:
        look_up_argument(lambda: apply_edits(edits))
    return edits


def _edits(project: LoadedProject, editors: Sequence[str], output: str, *, remove: bool) -> list[Edit]:
    if any(map(str.isspace, output)):
        message = "the directory must not contain spaces: editors end the name of a schema at a space"
        raise argument_error(message, option=f"--output {output}")
    files = _files(project, project.root / output)
    edits = editor_edits(project, files, editors, remove=remove)
    return edits if remove else [*schema_edits(_schemas(project, files), project.root), *edits]


def _files(project: LoadedProject, folder: Path) -> SchemaFiles:
    schemas = SettingsSchemas(project)
    bound = {name: schemas.of_binding(name) for name in project.files.bindings}
    return SchemaFiles(
        folder / full_name(SETTINGS),
        folder / overlay_name(SETTINGS),
        folder / full_name(_MANIFEST),
        {name: folder / overlay_name(schema) for name, schema in bound.items() if schema != SETTINGS},
    )


def _schemas(project: LoadedProject, files: SchemaFiles) -> dict[Path, str]:
    """Return the texts of the schemas of a project's files; the draft of an existing schema is kept."""
    folder, models = files.full.parent, SettingsSchemas(project).models()
    texts = {files.full: _text(files.full, project, models[SETTINGS])}
    for name, found in models.items():
        file = folder / overlay_name(name)
        if file in files.all():
            texts[file] = _text(file, project, found, overlay=True)
    return texts | {files.manifest: _text(files.manifest, project, [MANIFEST_MODEL])}


def _text(file: Path, project: LoadedProject, models: Sequence[type[BaseModel]], *, overlay: bool = False) -> str:
    draft: Draft = "7" if _DRAFT_7 in (exact_text(file, project.root) or "") else "2020-12"
    return schema_text(*models, overlay=overlay, draft=draft)
