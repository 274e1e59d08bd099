"""Edit a project's files, or the configuration of editors, so that editors find the schemas."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from typedflow.parsing import format_of
from typedflow.project._manifest import MANIFEST
from typedflow.project._project import LoadedProject
from typedflow.project._schema_stems import SchemaFiles, schema_stems, table_stems
from typedflow.schema import (
    EDITORS,
    EditorFile,
    SchemaMapping,
    is_exported,
    schema_named,
    with_schema_line,
    without_schema_line,
)
from typedflow.values import Diagnostic, Location, TypedflowError
from typedflow.workspace import Edit, display_name, exact_text, first_existing, unwritable_file


def schema_edits(schemas: Mapping[Path, str], root: Path) -> list[Edit]:
    """Return the edits that write the schemas that are missing or out of date.

    Raises:
        TypedflowError: an existing file cannot be read, or was not written by `typedflow schema export`.
    """
    edits = [Edit(file, exact_text(file, root), text) for file, text in schemas.items()]
    foreign = [edit.file for edit in edits if edit.before is not None and not is_exported(edit.before)]
    if foreign:
        message = "the file was not written by `typedflow schema export`, which overwrites only its own files"
        hint = "export the schemas to another directory"
        places = (Location(display_name(file, root)) for file in foreign)
        raise TypedflowError(unwritable_file(message, place, hint=hint) for place in places)
    return [edit for edit in edits if edit.before != edit.after]


def editor_edits(
    project: LoadedProject, schemas: SchemaFiles, editors: Iterable[str], *, remove: bool = False
) -> list[Edit]:
    """Return the edits of a project's own files (if no editor is given), or of the files of some editors.

    Raises:
        TypedflowError: all files that cannot be read, or that cannot be edited safely.
    """
    names = list(dict.fromkeys(editors))
    files = dict.fromkeys(file for name in names for file in EDITORS[name])
    plans: list[Callable[[], Edit]]
    if names:
        mappings = _mappings(project, schemas)
        plans = [lambda file=file: _configured(project.root, file, mappings, remove=remove) for file in files]  # type: ignore[misc] # mypy gives the argument no type
    else:
        plans = [
            lambda file=file, schema=schema: _lined(project.root, file, schema, schemas, remove=remove)  # type: ignore[misc] # the same
            for file, schema in _settings(project, schemas)
        ]
    edits: list[Edit] = []
    problems: list[Diagnostic] = []
    for plan in plans:
        try:
            edits.append(plan())
        except TypedflowError as error:
            problems += error.diagnostics
    if problems:
        raise TypedflowError(problems)
    return [edit for edit in edits if edit.before != edit.after]


def schema_before(edit: Edit) -> str | None:
    """Return the schema that a file named before an edit; None if that cannot be read."""
    form = format_of(edit.file.name)
    try:
        return schema_named(edit.before, form) if form and edit.before is not None else None
    except TypedflowError:
        return None


def _settings(project: LoadedProject, schemas: SchemaFiles) -> Iterator[tuple[Path, Path]]:
    """Yield the files of a project, each with its schema."""
    if project.source.file is not None and project.source.file.name == MANIFEST:
        yield project.source.file, schemas.manifest
    files = project.files
    yield from ((file.path, schemas.of(file.section) if file.section else schemas.full) for file in files.base)
    if files.blocks is not None and schemas.blocks is not None:
        yield files.blocks.path, schemas.blocks
    yield from ((file.path, schemas.of(file.section)) for file in files.environment_files.values())
    for name, bound in files.bindings.items():
        yield from ((file.path, schemas.of(file.section, name)) for file in bound)
    if schemas.table is not None:
        yield from ((project.root / unit.file, schemas.table) for unit in project.tables.units)


def _lined(root: Path, file: Path, schema: Path, schemas: SchemaFiles, *, remove: bool) -> Edit:
    before = exact_text(file, root)
    form = format_of(file.name)
    if before is None or form is None:
        return Edit(file, before, before)
    try:
        if remove:
            ours = [_from(file.parent, known) for known in schemas.all()]
            return Edit(file, before, without_schema_line(before, form, ours))
        return Edit(file, before, with_schema_line(before, form, _from(file.parent, schema)))
    except TypedflowError as error:
        raise _cannot_edit(root, file, error.diagnostics[0].message) from None


def _mappings(project: LoadedProject, schemas: SchemaFiles) -> list[SchemaMapping]:
    folder = _from(project.root, project.root / project.manifest.settings)
    prefix = "" if folder == "." else f"{folder}/"
    mappings = [SchemaMapping("settings", _from(project.root, schemas.full), (f"{prefix}settings",))]
    for schema, stems in schema_stems(project, schemas).items():
        name = "overlays" if schema == schemas.overlay else f"overlays {schema.name.partition('.overlay')[0]}"
        above = tuple(f"{prefix}settings.{stem}" for stem in stems)
        mappings.append(SchemaMapping(name, _from(project.root, schema), above))
    if project.source.file is not None and project.source.file.name == MANIFEST:
        stem = MANIFEST.removesuffix(".toml")
        mappings.append(SchemaMapping("manifest", _from(project.root, schemas.manifest), (stem,), ("toml",)))
    if schemas.table is not None:
        for form, stems in table_stems(project.tables.units).items():
            mappings.append(SchemaMapping(f"tables {form}", _from(project.root, schemas.table), tuple(stems), (form,)))
    return mappings


def _configured(root: Path, editor: EditorFile, mappings: list[SchemaMapping], *, remove: bool) -> Edit:
    file = first_existing(*(root / name for name in editor.files))
    before = exact_text(file, root)
    if remove and before is None:
        return Edit(file, None, None)
    try:
        return Edit(
            file, before, editor.remove(before, mappings) if remove and before else editor.install(before, mappings)
        )
    except (TypedflowError, TypeError) as error:
        message = error.diagnostics[0].message if isinstance(error, TypedflowError) else str(error)
        raise _cannot_edit(root, file, message, "" if remove else editor.install(None, mappings)) from None


def _cannot_edit(root: Path, file: Path, message: str, advice: str = "") -> TypedflowError:
    shown = " ".join(advice.split())
    hint = f"edit it yourself and add this: {shown}" if advice else "fix it and try again"
    place = Location(display_name(file, root))
    return TypedflowError([unwritable_file(f"the file cannot be edited: {message}", place, hint=hint)])


def _from(folder: Path, file: Path) -> str:
    return Path(os.path.relpath(file, folder)).as_posix()
