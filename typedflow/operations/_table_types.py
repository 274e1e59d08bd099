"""Write the Python module with the types of a project's tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from typedflow.operations._errors import ArgumentError, argument_error
from typedflow.project import LoadedProject, how_to_declare, table_types, table_types_drift, table_types_file
from typedflow.values import Diagnostic, Location
from typedflow.workspace import display_name, real_path, unwritable_file, write_atomically


@dataclass(frozen=True, slots=True)
class WrittenTypes:
    """The file with the types of tables, the names of their classes by those of the tables, and what was done.

    ``findings`` are what a check found; ``is_changed``: the file was written, or would be.
    """

    file: Path
    classes: Mapping[str, str]
    is_changed: bool = False
    findings: tuple[Diagnostic, ...] = ()


def write_table_types(project: LoadedProject, *, check: bool = False) -> WrittenTypes:
    """Write the types of a project's tables if they are not current; with ``check``, write nothing.

    No code of the project is imported: it may need what is written here.

    Raises:
        ArgumentError: there are no tables, nothing says where their types are, or another file is in the way.
        TypedflowError: what is wrong with the tables' files; the file cannot be written.
    """
    if not project.tables.units:
        hint = how_to_declare(project.source.name, project.table, ["table"])
        raise argument_error("the project has no tables", hint=hint)
    file = table_types_file(project)
    if file is None:
        message = "nothing says where to write the types: the project's model is not named by its file"
        hint = f'set `table_types` in {project.source.name}, as in `table_types = "flows/tables.py"`'
        raise argument_error(message, hint=hint)
    found = table_types(project, file)
    drift = table_types_drift(found, project.root)
    if drift is None or check:
        return WrittenTypes(file, found.classes, drift is not None, (drift,) if drift else ())
    if found.is_foreign:
        message = "the file was not written by `typedflow table types`, which does not overwrite other files"
        hint = f"rename this file, or set `table_types` in {project.source.name} to another one"
        raise ArgumentError([unwritable_file(message, Location(display_name(file, project.root)), hint=hint)])
    write_atomically(real_path(file), found.after)
    return WrittenTypes(file, found.classes, is_changed=True)
