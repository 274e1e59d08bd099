"""What the formats of reports share: how files are named, and what a finding says, printable and in a line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from typedflow.render._case_label import case_label
from typedflow.values import Diagnostic, Environments, Location, Related, printable

_NO_FILE = "."


def name_from(name: str, root: Path | None) -> str:
    """Return the name of a file from the root where it lies below it, and as it is elsewhere."""
    if root is not None and Path(name).is_absolute() and Path(name).is_relative_to(root):
        return Path(name).relative_to(root).as_posix()
    return name


def file_of(item: Diagnostic, root: Path | None = None) -> str:
    """Return the name of the file that a finding is in; the project's directory where it is in none."""
    return name_from(item.location.name, root) if item.location else _NO_FILE


def readable(item: Diagnostic, root: Path | None) -> Diagnostic:
    """Return a finding for people: its files named from the root, and every text but that of excerpts printable."""
    return replace(
        item,
        message=printable(item.message),
        location=_named(item.location, root) if item.location else None,
        label=printable(item.label),
        hint=printable(item.hint),
        related=tuple(_related(other, root) for other in item.related),
    )


def _related(other: Related, root: Path | None) -> Related:
    return Related(printable(other.role), _named(other.location, root), printable(other.detail))


def _named(place: Location, root: Path | None) -> Location:
    return replace(place, name=printable(name_from(place.name, root)))


def headline(item: Diagnostic, environments: Environments | None = None) -> str:
    """Return what a finding says, without its place: the message, the label and the cases."""
    said = f"{item.message}; {item.label}" if item.label else item.message
    cases = case_label(item.cases, environments)
    return f"{said} (binding {cases})" if cases else said
