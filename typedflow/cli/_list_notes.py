"""What ``typedflow list`` says beside the table, on standard error."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from typedflow.operations import Listing
    from typedflow.project import LoadedProject


def say_project(root: Path) -> None:
    """Print which project is listed if it is not in the working directory."""
    from typedflow.cli._console import say
    from typedflow.workspace import from_here, real_path, working_directory

    if real_path(root) != real_path(working_directory()):
        say(f"project {from_here(root)}")


def say_no_units(project: LoadedProject, table: str | None) -> None:
    """Print how to declare a unit in a project that has none, or none of the kind that has a table of the manifest."""
    from typedflow.cli._console import say
    from typedflow.project import KINDS, how_to_declare

    kinds = [name for name, kind in KINDS.items() if table in {None, kind.table}]
    say(f"the project has no {table or 'units'}; {how_to_declare(project.source.name, project.table, kinds)}")


def say_skipped(found: Listing) -> None:
    """Print how many files of each glob have no unit, so that none is missed in silence."""
    from typedflow.cli._console import say
    from typedflow.values import listed

    for each in found.skipped:
        count = len(each.files)
        files = "1 file of {} has" if count == 1 else f"{count} files of {{}} have"
        say(f"{files.format(each.glob)} no {each.kind}: {listed(each.files)}")
