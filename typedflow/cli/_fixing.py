"""``typedflow check --fix`` and ``--diff``: mending what needs no person."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from typedflow.values import Report, Source


def preview(report: Report) -> int:
    """Print what would change as a unified diff; 1 where there is something."""
    from typedflow.check import difference
    from typedflow.cli._console import put, say
    from typedflow.project import display_name, working_directory

    changes = _changes(report)
    for file, (source, text) in changes.items():
        put(difference(display_name(file, working_directory()), source.text, text))
    if not changes:
        say("--fix would change nothing")
    return 1 if changes else 0


def mended(report: Report) -> bool:
    """Write the mended files, all or none; tell whether there were any."""
    from typedflow.cli._console import say
    from typedflow.project import display_name, working_directory, write_all

    changes = _changes(report)
    write_all({file: text for file, (_, text) in changes.items()})
    for file in changes:
        say(f"mended {display_name(file, working_directory())}")
    return bool(changes)


def _changes(report: Report) -> dict[Path, tuple[Source, str]]:
    """Give each file that can be mended, as it is and as it would be."""
    from pathlib import Path

    from typedflow.check import mended as mended_texts
    from typedflow.project import read_source

    fixable = [item for item in report.diagnostics if item.fix is not None and item.location is not None]
    sources = {item.location.name: read_source(Path(item.location.name)) for item in fixable if item.location}
    return {Path(name): (sources[name], text) for name, text in mended_texts(sources, fixable).items()}
