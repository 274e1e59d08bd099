"""``typedflow check --fix`` and ``--diff``: mending what needs no person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typedflow.check import Judge, Mends
    from typedflow.project import ManifestError
    from typedflow.values import Diagnostic, Report, Source


def tried(report: Report, before: Report, judge: Judge) -> Mends:
    """Return the mends of a report's findings that hold, and say which do not.

    ``before`` is what the judge finds without any; it may look at more than the report does.
    """
    from typedflow.check import try_mends
    from typedflow.cli._console import say
    from typedflow.values import format_path

    mends = try_mends(report.diagnostics, before, _sources(report), judge)
    for item, reason in mends.refused:
        key = f"`{format_path(item.path or ())}` in {_place(item, is_whole=False)}"
        then = f"{reason.rule.code} {reason.rule.name} at {_place(reason)}"
        say(f"did not mend {key}: then {then}: {reason.message}")
    return mends


def _place(item: Diagnostic, *, is_whole: bool = True) -> str:
    from pathlib import Path

    from typedflow.workspace import display_name, working_directory

    if item.location is None:
        return ""
    name = display_name(Path(item.location.name), working_directory())
    return str(replace(item.location, name=name)) if is_whole else name


def preview(mends: Mends, broken: list[ManifestError]) -> int:
    """Print what would change as a unified diff; 1 where there is something, or a manifest is broken."""
    from pathlib import Path

    from typedflow.check import difference
    from typedflow.cli._console import put, say
    from typedflow.cli._console import report as tell
    from typedflow.cli._masked_patch import masked_patch
    from typedflow.workspace import display_name, working_directory

    for error in broken:
        tell(error.diagnostics, error.root)
    for name, text in mends.texts.items():
        before = mends.sources[name].text
        patch = difference(display_name(Path(name), working_directory()), before, text)
        put(masked := masked_patch(patch, before, text))
        if masked != patch:
            say("secrets are masked in this patch, which cannot be applied; --fix changes the files")
    if not mends.texts:
        say("--fix would change nothing")
    return 1 if mends.texts or broken else 0


def write(mends: Mends) -> None:
    """Write the mended files, all or none: the mends were tried together, so none holds where a file has changed since.

    Raises:
        TypedflowError: ``unwritable-file``.
    """
    from pathlib import Path

    from typedflow.cli._console import say
    from typedflow.values import Location, TypedflowError
    from typedflow.workspace import Edit, apply_edits, display_name, exact_text, unwritable_file, working_directory

    edits, changed = [], []
    for name, text in mends.texts.items():
        before = exact_text(Path(name))
        mark = "\ufeff" if before is not None and before.startswith("\ufeff") else ""
        edits.append(Edit(Path(name), before, mark + text))
        if before != mark + mends.sources[name].text:
            changed.append(name)
    if changed:
        message, hint = "nothing is mended: the file has changed since it was checked", "run the command again"
        raise TypedflowError([unwritable_file(message, Location(name), hint=hint) for name in changed])
    apply_edits(edits)
    for name in mends.texts:
        say(f"mended {display_name(Path(name), working_directory())}")


def _sources(report: Report) -> dict[str, Source]:
    from pathlib import Path

    from typedflow.workspace import read_source

    names = dict.fromkeys(item.location.name for item in report.diagnostics if item.fix and item.location)
    return {name: read_source(Path(name)) for name in names}
