"""Find a unit of a project by its name or by its file, and read the file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path

from typedflow.project._kinds import KINDS, Unit, nouns
from typedflow.project._shared_findings import unknown_flow
from typedflow.values import Diagnostic, KeyPath, Location, Source, TypedflowError, did_you_mean, listed
from typedflow.workspace import display_name, read_source, real_path

Place = Callable[[str], Location]
"""Returns the place of a table in the manifest."""
_KeyPlace = Callable[[KeyPath], Location | None]


def unit_named(units: Sequence[Unit], name: str, kinds: Collection[str], place: Place) -> Unit:
    """Return the unit that has a name, which ``kind:name`` tells from those of other kinds.

    Raises:
        TypedflowError: ``unknown-flow``.
    """
    kind, colon, rest = name.partition(":")
    wanted, short = ({kind}, rest) if colon and kind in kinds else (kinds, name)
    known = [unit for unit in units if unit.kind in kinds]
    found = [unit for unit in known if unit.name == short and unit.kind in wanted]
    if len(found) == 1:
        return found[0]
    noun, plural = nouns(known, kinds)
    table = place(KINDS[next(iter(kinds))].table)
    if found:
        hint = f"name its kind, too: {listed([f'{unit.kind}:{unit.name}' for unit in found])}"
        raise TypedflowError([unknown_flow(f"several {plural} have the name `{short}`", table, hint=hint)])
    from typedflow.values import redact_line

    names = [unit.name for unit in known]
    other = next((unit.kind for unit in units if unit.name == short), None)
    if other is not None and kinds != KINDS:
        message = f"`{redact_line(name)}` is a {other}, not a {noun}; the {plural}: {listed(names) or 'none'}"
        raise TypedflowError([unknown_flow(message, table)])
    message = f"`{redact_line(name)}` is not a {noun} of this project; its {plural}: {listed(names) or 'none'}"
    raise TypedflowError([unknown_flow(message, table, label=did_you_mean(name, names))])


def unit_with_file(units: Sequence[Unit], file: Path, root: Path, place: Place) -> Unit:
    """Return the unit that a file is.

    Raises:
        TypedflowError: ``unknown-flow``.
    """
    for unit in units:
        if real_path(root / unit.file) == real_path(file):
            return unit
    noun, _ = nouns(units)
    table = next(iter(KINDS.values())).table
    shown = display_name(file, root)
    hint = f'add `[{table}.{file.stem}]` with `file = "{shown}"`'
    raise TypedflowError([unknown_flow(f"no {noun} has the file `{shown}`", place(table), hint=hint)])


def unit_source(root: Path, unit: Unit, place: _KeyPlace) -> Source:
    """Return the source of a unit's file; ``place`` returns the place of a key path in the manifest.

    Raises:
        TypedflowError: the file cannot be read. A finding that has no line of the file is at the line of the manifest
            that names it, if there is one.
    """
    try:
        return read_source(root / unit.file, root)
    except TypedflowError as error:
        raise TypedflowError(_at_entry(item, unit, place) for item in error.diagnostics) from None


def _at_entry(item: Diagnostic, unit: Unit, place: _KeyPlace) -> Diagnostic:
    is_in_file = item.location is not None and item.location.span is not None
    where = None if unit.glob or is_in_file else place((*unit.path, "file"))
    return replace(item, location=where or item.location)
