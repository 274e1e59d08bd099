"""Reports of a check, for people, editors and CI."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from typedflow.render._text import text
from typedflow.values import Explanation, Report

REPORT_FORMATS = ("text", "concise", "json", "github", "gitlab", "junit", "sarif")


def report(
    found: Report,
    *,
    format: str,  # noqa: A002 # the option's name
    root: Path | None = None,
    width: int = 120,
    color: bool = False,
    version: str = "",
    strict: bool = False,
    explanations: Iterable[Explanation] = (),
) -> str:
    """Return a report in one of the ``REPORT_FORMATS``; files below the root are shown relative to it.

    Shape: ``width`` and ``color`` are for ``text``, ``version`` (typedflow's own) and ``explanations`` for ``sarif``;
    ``strict`` makes warnings failures, for ``junit``; the other formats have the severity of each finding.

    Raises:
        ValueError: unknown format.
    """
    if format == "text":
        return text(
            found.diagnostics, width=width, color=color, root=root, count=False, environments=found.environments
        )
    if format == "sarif":
        from typedflow.render._sarif import sarif

        return sarif(found, root, version, explanations)
    if format == "junit":
        from typedflow.render._junit import junit

        return junit(found, root, strict=strict)
    return _other(found, format, root)


def _other(found: Report, format_name: str, root: Path | None) -> str:
    # Each process prints one of them: no other is loaded.
    match format_name:
        case "concise":
            from typedflow.render._concise import concise as write
        case "json":
            from typedflow.render._report_json import report_json as write
        case "github":
            from typedflow.render._github import github as write
        case "gitlab":
            from typedflow.render._gitlab import gitlab as write
        case _:
            raise ValueError(f"format={format_name!r} is none of {', '.join(REPORT_FORMATS)}")
    return write(found, root)
