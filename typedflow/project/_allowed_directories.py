"""The directories that a project may take files from: its own, and those that its manifest allows."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from typedflow.values import RULES, Diagnostic, Location
from typedflow.workspace import display_name, is_folder, real_path


def places_within(root: Path, allowed: Sequence[str]) -> list[str]:
    """Return the directories that a project's files may be in: the root, and those that its manifest allows."""
    return [str(real_path(root / place)) for place in ("", *allowed)]


def outside(file: Path, places: Sequence[str]) -> str | None:
    """Return a file's real path, links followed, if it is outside all the directories; None if it is in one."""
    real = str(real_path(file))
    return None if any(real == place or real.startswith(place.rstrip(os.sep) + os.sep) for place in places) else real


def leads_outside(
    what: str, real: str, root: Path | None, place: Location | None, *, around: Path | None = None
) -> Diagnostic:
    """Return the finding for a path that leads out of its project; its hint names the directory to allow.

    ``around``: the path must stay in a directory, such as that of the settings, or in an allowed one.
    """
    name = f"{display_name(around, root)}/" if around else "the project"
    hint = f"move it into {name}"
    if root is not None:
        is_file = not is_folder(Path(real)) and Path(real).suffix
        directory = Path(os.path.relpath(Path(real).parent if is_file else real, root)).as_posix()
        hint += f', or allow its directory in the manifest: `outside = ["{directory}"]`'
    return Diagnostic(RULES["outside-project"], f"{what} leads to {real}, outside of {name}", place, hint=hint)
