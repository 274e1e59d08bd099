"""What the report formats share: names of files, and a finding's text on one printable line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from typedflow.render._case_label import case_label
from typedflow.values import Diagnostic, Environments, Location, Related, printable

_NO_FILE = "."


def relative_name(name: str, root: Path | None) -> str:
    """Return the name of a file, relative to the root if it is below it."""
    if root is not None and Path(name).is_absolute() and Path(name).is_relative_to(root):
        return Path(name).relative_to(root).as_posix()
    return name


def file_name(item: Diagnostic, root: Path | None = None) -> str:
    """Return the name of a finding's file; of the project's directory, if the finding has no file."""
    return relative_name(item.location.name, root) if item.location else _NO_FILE


def printable_finding(item: Diagnostic, root: Path | None) -> Diagnostic:
    """Return a finding for people: its files relative to the root, and all text except excerpts printable."""
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
    return place._replace(name=printable(relative_name(place.name, root)))


def headline(item: Diagnostic, environments: Environments | None = None) -> str:
    """Return the text of a finding without its location: the message, the label and the cases."""
    said = f"{item.message}; {item.label}" if item.label else item.message
    cases = case_label(item.cases, environments)
    return f"{said} (binding {cases})" if cases else said
