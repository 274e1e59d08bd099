"""Write the JSON Schemas of a project's configs to files."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from typedflow.operations._choose_variants import choose_unit
from typedflow.operations._errors import ArgumentError, look_up_argument
from typedflow.project import LoadedProject, SettingsSchemas, Unit
from typedflow.schema import Draft, SchemaFile, drift_diagnostic, is_exported, schema_files, schema_texts
from typedflow.units import kind_named, unit_file
from typedflow.values import Diagnostic, Location, TypedflowError, raised_at
from typedflow.workspace import display_name, import_failed, read_tree, unwritable_file, write_tree

_SUFFIX = ".schema.json"
#: What `typedflow schema install` writes beside them: the schemas of the manifest and of tables.
_INSTALLED = ("typedflow.schema.json", "typedflow.table.schema.json")


@dataclass(frozen=True, slots=True)
class ExportedSchemas:
    """The names of the schemas that were not current, from the project's directory, and a finding for each.

    Shape: ``files`` are written (or would be), those without a config are removed.
    """

    files: tuple[str, ...] = ()
    findings: tuple[Diagnostic, ...] = ()


def export_schemas(
    project: LoadedProject,
    *,
    output: str = "schemas",
    draft: Draft = "2020-12",
    flow: str | None = None,
    check: bool = False,
) -> ExportedSchemas:
    """Write the schemas of a project's configs, or of one flow's, that are not current; with ``check``, write nothing.

    ``output`` is a directory, relative to the project.

    Raises:
        ArgumentError: a model cannot be exported, a flow cannot be imported, or another file is in the way.
    """
    folder = project.root / output
    texts = look_up_argument(lambda: schema_texts(_files(project, flow), draft=draft))
    found = look_up_argument(lambda: read_tree(folder, _SUFFIX))
    changed = {name: text for name, text in texts.items() if found.get(name) != text}
    ours = [name for name, text in found.items() if is_exported(text)]
    _reject_foreign(folder, project, [name for name in changed if name in found and name not in ours])
    stale = [] if flow else [name for name in ours if name not in {*texts, *_INSTALLED} and "/" not in name]
    if not check:
        look_up_argument(lambda: write_tree(folder, changed, stale))
    shown = {name: display_name(folder / name, project.root) for name in (*changed, *stale)}
    findings = (drift_diagnostic(shown[name], found.get(name), changed.get(name)) for name in sorted(shown))
    return ExportedSchemas(tuple(shown.values()), tuple(findings))


def _files(project: LoadedProject, named: str | None) -> dict[str, SchemaFile]:
    """Return the schema files of a project's configs, or of one unit's, by their names.

    Settings files that several models share have a schema of all of these; a unit's own schema is of its model alone.

    Raises:
        TypedflowError: errors of the settings' model; ``unknown-flow``; ``import-failed`` of each unit.
    """
    units = project.units if named is None else [choose_unit(project, named)]
    files = SettingsSchemas(project).files(None if named is None else units[0])
    problems: list[Diagnostic] = []
    for unit in units:
        try:
            own = _own_models(project, unit).items()
            files |= schema_files({f"{unit.name}.{config}": [model] for config, model in own})
        except TypedflowError as error:
            problems += error.diagnostics
    if problems:
        raise TypedflowError(problems)
    return files


def _own_models(project: LoadedProject, unit: Unit) -> dict[str, type[BaseModel]]:
    unit_file(project, unit)
    try:
        with contextlib.redirect_stdout(sys.stderr):
            return kind_named(unit.kind).models(project, unit)
    except TypedflowError:
        raise
    except (Exception, SystemExit) as error:  # noqa: BLE001 # the user's file decides what is raised
        message = f"importing {unit.file} fails: {type(error).__name__}: {error}"
        raise TypedflowError([import_failed(message, raised_at(error) or Location(unit.file))]) from None


def _reject_foreign(folder: Path, project: LoadedProject, names: Iterable[str]) -> None:
    message = "the file was not written by `typedflow schema export`, which does not overwrite other files"
    hint = "write the schemas to another directory: `--output DIR`"
    places = [Location(display_name(folder / name, project.root)) for name in names]
    if places:
        raise ArgumentError(unwritable_file(message, place, hint=hint) for place in places)
