"""Names of units that globs declare: no two units of a kind have one name, or one file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from typedflow.project._kinds import KINDS, Unit
from typedflow.project._shared_findings import bad_glob
from typedflow.values import Diagnostic, KeyPath, Location, Related, format_path
from typedflow.workspace import real_path


def equal_names(units: Sequence[Unit], root: Path, place: Callable[[KeyPath], Location]) -> Iterator[Diagnostic]:
    """Yield a finding for each unit of a glob that has the name, or the file, of another unit."""
    by_file: dict[tuple[str, Path], Unit] = {}
    by_name: dict[str, Unit] = {}
    for unit in units:
        file = real_path(root / unit.file)
        same_file = by_file.setdefault((unit.kind, file), unit)
        other = same_file if same_file is not unit else by_name.setdefault(unit.key, unit)
        if other is not unit and (unit.glob or other.glob):
            late, early = (unit, other) if unit.glob else (other, unit)
            yield _shared(late, early, place, has_file=same_file is other)


def _shared(unit: Unit, other: Unit, place: Callable[[KeyPath], Location], *, has_file: bool) -> Diagnostic:
    """Return the finding for a unit of a glob whose name, or file (``has_file``), another unit has."""
    noun, table = unit.kind, KINDS[unit.kind].table
    if has_file:
        message = f"`{unit.file}` is the {noun} `{unit.name}` of this glob, and `{format_path(other.path)}` declares it"
        hint = "remove one of the entries, or narrow the glob so that it does not match the file"
    else:
        message = f"two {table} would have the name `{unit.name}`: {other.file} and {unit.file}"
        hint = "rename one of the files, or narrow a glob"
    related = (Related("the other is declared at", place(other.path)),) if other.path != unit.path else ()
    return bad_glob(message, place(unit.path), hint=hint, related=related)
