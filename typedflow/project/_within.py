"""Where a project takes files from: its own directory, and those that its manifest allows."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from typedflow.values import RULES, Diagnostic, Location


def outside(file: Path, root: Path, allowed: Sequence[str]) -> str | None:
    """Give where a file really is, when that is neither below the root nor below an allowed directory.

    Links are followed. ``allowed`` is relative to the root. What cannot be followed is for whoever reads it to report.
    """
    try:
        real = os.path.realpath(file)
        places = [os.path.realpath(root / place) for place in ("", *allowed)]
    except OSError:
        return None
    return None if any(real == place or real.startswith(place.rstrip(os.sep) + os.sep) for place in places) else real


def leads_outside(what: str, real: str, root: Path, place: Location | None) -> Diagnostic:
    """Give the finding that something leads out of its project; a directory to allow is named from the root."""
    directory = Path(os.path.relpath(real if Path(real).is_dir() else Path(real).parent, root)).as_posix()
    return Diagnostic(
        RULES["outside-project"],
        f"{what} leads to {real}, outside of the project",
        place,
        hint=f'move it into the project, or allow its directory in the manifest: `outside = ["{directory}"]`',
    )
