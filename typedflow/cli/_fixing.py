"""``typedflow check --fix`` and ``--diff``: mending what needs no person."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typedflow.check import Judge, Mends
    from typedflow.values import Report, Source


def tried(report: Report, before: Report, judge: Judge) -> Mends:
    """Return the mends of a report's findings that hold, and say which do not.

    ``before`` is what the judge finds without any; it may look at more than the report does.
    """
    from pathlib import Path

    from typedflow.check import try_mends
    from typedflow.cli._console import say
    from typedflow.project import display_name, working_directory
    from typedflow.values import format_path

    mends = try_mends(report.diagnostics, before, _sources(report), judge)
    for item, reason in mends.refused:
        file = display_name(Path(item.location.name), working_directory()) if item.location else ""
        key = f"`{format_path(item.path or ())}`"
        say(f"did not mend {key} in {file}: then {reason.rule.code} {reason.rule.name}: {reason.message}")
    return mends


def preview(mends: Mends, report: Report) -> int:
    """Print what would change as a unified diff; 1 where there is something."""
    from pathlib import Path

    from typedflow.check import difference
    from typedflow.cli._console import put, say
    from typedflow.project import display_name, working_directory

    sources = _sources(report)
    for name, text in mends.texts.items():
        patch = difference(display_name(Path(name), working_directory()), sources[name].text, text)
        put(masked := _masked(patch))
        if masked != patch:
            say("secrets are masked in this patch, which cannot be applied; --fix changes the files")
    if not mends.texts:
        say("--fix would change nothing")
    return 1 if mends.texts else 0


def _masked(patch: str) -> str:
    """Return a patch without the secrets in its lines."""
    from typedflow.values import blotted

    lines = patch.split("\n")
    return "\n".join(line if line[:3] in {"---", "+++"} else line[:1] + blotted(line[1:]) for line in lines)


def write(mends: Mends) -> None:
    """Write the mended files, all or none."""
    from pathlib import Path

    from typedflow.cli._console import say
    from typedflow.project import display_name, working_directory, write_all

    write_all({Path(name): text for name, text in mends.texts.items()})
    for name in mends.texts:
        say(f"mended {display_name(Path(name), working_directory())}")


def _sources(report: Report) -> dict[str, Source]:
    from pathlib import Path

    from typedflow.project import read_source

    names = dict.fromkeys(item.location.name for item in report.diagnostics if item.fix and item.location)
    return {name: read_source(Path(name)) for name in names}
