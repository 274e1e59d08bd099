"""The file of a unit."""

from __future__ import annotations

from pathlib import Path

from typedflow.project import LoadedProject, Unit, unit_source


def unit_file(project: LoadedProject, unit: Unit) -> Path:
    """Return the file of a unit.

    Raises:
        TypedflowError: the file cannot be read; the finding is at its line, or at that of the manifest that names it.
    """
    unit_source(project.root, unit, lambda path: project.place(*path))
    return project.root / unit.file
