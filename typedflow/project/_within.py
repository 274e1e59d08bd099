"""Where a project takes files from: its own directory, and those that its manifest allows."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from typedflow.project._paths import is_folder
from typedflow.values import RULES, Diagnostic, Location


def places_within(root: Path, allowed: Sequence[str]) -> list[str]:
    """Give the directories that a project's files may be in: the root, and what its manifest allows, from the root."""
    return [os.path.realpath(root / place) for place in ("", *allowed)]


def outside(file: Path, places: Sequence[str]) -> str | None:
    """Give where a file really is, links followed, when that is below none of some directories."""
    real = os.path.realpath(file)
    return None if any(real == place or real.startswith(place.rstrip(os.sep) + os.sep) for place in places) else real


def leads_outside(what: str, real: str, root: Path, place: Location | None) -> Diagnostic:
    """Give the finding that something leads out of its project; a directory to allow is named from the root."""
    is_file = not is_folder(Path(real)) and Path(real).suffix
    directory = Path(os.path.relpath(Path(real).parent if is_file else real, root)).as_posix()
    return Diagnostic(
        RULES["outside-project"],
        f"{what} leads to {real}, outside of the project",
        place,
        hint=f'move it into the project, or allow its directory in the manifest: `outside = ["{directory}"]`',
    )
