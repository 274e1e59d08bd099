"""Configure editors to use the schemas of a project's files."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from typedflow.operations._errors import argument_error, look_up_argument
from typedflow.project import (
    ENVIRONMENT,
    MANIFEST_MODEL,
    SETTINGS,
    LoadedProject,
    SchemaFiles,
    SettingsSchemas,
    Table,
    editor_edits,
    schema_edits,
    section_schema,
)
from typedflow.schema import Draft, SchemaFile, full_name, overlay_name
from typedflow.workspace import Edit, apply_edits, exact_text

_DRAFT_7 = '"$schema": "http://json-schema.org/draft-07/schema#"'
_MANIFEST, _TABLE = "typedflow", "typedflow.table"


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
    folder, schemas = project.root / output, SettingsSchemas(project)
    if remove:
        return editor_edits(project, _files(schemas, project, folder), editors, remove=True)
    known = {folder / name: file for name, file in schemas.files().items()}
    files = _files(schemas, project, folder, known)
    wanted = known | {files.manifest: SchemaFile((MANIFEST_MODEL,))}
    if files.table is not None:
        wanted[files.table] = SchemaFile((Table,), plain=True)
    texts = {file: _text(file, project, wanted[file]) for file in files.all()}
    return [*schema_edits(texts, project.root), *editor_edits(project, files, editors)]


def _files(
    schemas: SettingsSchemas, project: LoadedProject, folder: Path, known: Collection[Path] | None = None
) -> SchemaFiles:
    """Return the schemas of the files of a project; ``known`` are those that exist, if the models have been loaded."""
    sections = project.manifest.sections
    bound = {name: own for name in project.files.bindings if (own := schemas.of_binding(name)) != SETTINGS}
    named = {(name, ""): folder / overlay_name(own) for name, own in bound.items()}
    for section in sections:
        named |= {(name, section): folder / overlay_name(section_schema(own, section)) for name, own in bound.items()}
    return SchemaFiles(
        folder / full_name(SETTINGS),
        folder / overlay_name(SETTINGS),
        folder / full_name(_MANIFEST),
        {key: file for key, file in named.items() if known is None or file in known},
        {section: folder / overlay_name(section_schema(SETTINGS, section)) for section in sections},
        folder / full_name(section_schema(SETTINGS, ENVIRONMENT)) if ENVIRONMENT in sections else None,
        folder / full_name(_TABLE) if project.tables.units else None,
    )


def _text(file: Path, project: LoadedProject, schema: SchemaFile) -> str:
    draft: Draft = "7" if _DRAFT_7 in (exact_text(file, project.root) or "") else "2020-12"
    return schema.text(draft)
