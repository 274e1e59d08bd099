"""What the formats of reports share: how files are named, and what a finding says in a line."""

from __future__ import annotations

from pathlib import Path

from typedflow.values import Diagnostic

_NO_FILE = "."


def name_from(name: str, root: Path | None) -> str:
    """Give the name of a file from the root where it lies below it, and as it is elsewhere."""
    if root is not None and Path(name).is_absolute() and Path(name).is_relative_to(root):
        return Path(name).relative_to(root).as_posix()
    return name


def file_of(item: Diagnostic, root: Path | None) -> str:
    """Give the name of the file that a finding is in; the project's directory where it is in none."""
    return name_from(item.location.name, root) if item.location else _NO_FILE


def headline(item: Diagnostic) -> str:
    """Give what a finding says, without its place: the message, the label and the binding."""
    said = f"{item.message}; {item.label}" if item.label else item.message
    return said if item.binding is None else f"{said} (binding {item.binding})"
