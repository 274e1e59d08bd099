"""Try and write the changes of files that mend findings."""

from __future__ import annotations

from pathlib import Path

from typedflow.check import Judge, Mends, try_mends
from typedflow.values import Location, Report, TypedflowError
from typedflow.workspace import Edit, apply_edits, exact_text, read_source, unwritable_file


def try_fixes(report: Report, before: Report, judge: Judge) -> Mends:
    """Return the mends of a report's findings that hold.

    ``before`` is what the judge finds without any; it may look at more than the report does.
    """
    names = dict.fromkeys(item.location.name for item in report.diagnostics if item.fix and item.location)
    sources = {name: read_source(Path(name)) for name in names}
    return try_mends(report.diagnostics, before, sources, judge)


def write_mends(mends: Mends) -> None:
    """Write the mended files, all or none: the mends were tried together, so none holds where a file has changed since.

    Raises:
        TypedflowError: ``unwritable-file``.
    """
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
