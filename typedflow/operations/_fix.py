"""Try fixes, and write the fixed files."""

from __future__ import annotations

from pathlib import Path

from typedflow.check import Judge, TriedFixes, try_fixes
from typedflow.values import Location, Report, TypedflowError
from typedflow.workspace import Edit, apply_edits, exact_text, read_source, unwritable_file


def find_fixes(report: Report, before: Report, judge: Judge) -> TriedFixes:
    """Return the fixes of a report's findings that cause no other finding.

    ``before`` is the judge's report without any fix; it may cover more than ``report`` does.
    """
    names = dict.fromkeys(item.location.name for item in report.diagnostics if item.fix and item.location)
    sources = {name: read_source(Path(name)) for name in names}
    return try_fixes(report.diagnostics, before, sources, judge)


def write_fixes(fixes: TriedFixes) -> None:
    """Write all fixed files or none: the fixes were tried together, so a file that has changed since invalidates all.

    Raises:
        TypedflowError: ``unwritable-file``.
    """
    edits, changed = [], []
    for name, text in fixes.texts.items():
        before = exact_text(Path(name))
        mark = "\ufeff" if before is not None and before.startswith("\ufeff") else ""
        edits.append(Edit(Path(name), before, mark + text))
        if before != mark + fixes.sources[name].text:
            changed.append(name)
    if changed:
        message, hint = "no file was fixed: this file has changed since it was checked", "run the command again"
        raise TypedflowError([unwritable_file(message, Location(name), hint=hint) for name in changed])
    apply_edits(edits)
