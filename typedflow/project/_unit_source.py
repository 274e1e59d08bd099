"""Read the file of a unit, and place what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from typedflow.project._kinds import Unit
from typedflow.values import Diagnostic, KeyPath, Location, Source, TypedflowError
from typedflow.workspace import read_source


def unit_source(root: Path, unit: Unit, place: Callable[[KeyPath], Location | None]) -> Source:
    """Return the source of a unit's file; ``place`` returns the place of a key path in the manifest.

    Raises:
        TypedflowError: the file cannot be read. A finding that has no line of the file is at the line of the manifest
            that names it, if there is one.
    """
    try:
        return read_source(root / unit.file, root)
    except TypedflowError as error:
        raise TypedflowError(_at_entry(item, unit, place) for item in error.diagnostics) from None


def _at_entry(item: Diagnostic, unit: Unit, place: Callable[[KeyPath], Location | None]) -> Diagnostic:
    is_in_file = item.location is not None and item.location.span is not None
    where = None if unit.glob or is_in_file else place((*unit.path, "file"))
    return replace(item, location=where or item.location)
