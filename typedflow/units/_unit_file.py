"""The file of a unit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from typedflow.project import LoadedProject, Unit
from typedflow.values import TypedflowError
from typedflow.workspace import read_source


def unit_file(project: LoadedProject, unit: Unit) -> Path:
    """Return the file of a unit.

    Raises:
        TypedflowError: the file cannot be read; the finding is at its line of the manifest.
    """
    file = project.root / unit.file
    try:
        read_source(file, project.root)
    except TypedflowError as error:
        place = project.place(*unit.path, "file")
        raise TypedflowError(replace(item, location=place or item.location) for item in error.diagnostics) from None
    return file
