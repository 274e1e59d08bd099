"""A check as a whole: of projects, and of flows that stand for themselves; one report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from typedflow.check._codes import chosen
from typedflow.check._engine import Progress, check_files, check_project
from typedflow.check._gather import distinct
from typedflow.check._outcomes import Scope
from typedflow.check._types import type_findings
from typedflow.project import Target, is_there, read_source
from typedflow.values import Diagnostic, Excerpt, Location, Report, Span, TypedflowError, blotted


@dataclass(frozen=True, slots=True)
class Options:
    """How to check; a project's own options are added to ``select`` and ``ignore``, and give the ``timeout``.

    Units: ``timeout`` in seconds; ``jobs`` are processes, 0 one for each core.
    """

    bindings: tuple[str, ...] = ()
    environment: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    timeout: float | None = None
    jobs: int = 0
    cached: bool = True


def check(
    targets: Iterable[Target],
    files: Sequence[Path],
    options: Options,
    *,
    types: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Give everything that is wrong with some projects, and with flows that belong to none; with ``types`` mypy, too.

    Files are named by absolute paths, as far as they exist.

    Raises:
        TypedflowError: mypy is asked for and cannot run.
    """
    reports = [_of_target(target, options, types, progress) for target in targets]
    if files:
        reports.append(_of_files(files, options, types, progress))
    return Report(
        distinct(item for report in reports for item in report.diagnostics),
        sum(report.flows for report in reports),
        sum(report.variants for report in reports),
        sum(report.files for report in reports),
    )


_TIMEOUT = 60.0


def _of_files(files: Sequence[Path], options: Options, types: bool, progress: Progress | None) -> Report:  # noqa: FBT001
    """Check flows that belong to no project; mypy sees those of a folder together, as a script sees its neighbours."""
    report = check_files(files, timeout=options.timeout or _TIMEOUT, jobs=options.jobs, progress=progress)
    folders = dict.fromkeys(file.parent for file in files) if types else ()
    typed = [item for folder in folders for item in type_findings(folder, (f for f in files if f.parent == folder))]
    return replace(report, diagnostics=chosen((*report.diagnostics, *typed), options.select, options.ignore))


def _of_target(target: Target, options: Options, types: bool, progress: Progress | None) -> Report:  # noqa: FBT001
    project, own = target.project, target.project.manifest.check
    flows = list(project.manifest.flows if target.is_whole or target.files else target.flows)
    report = check_project(
        project,
        Scope(str(project.root), options.bindings, options.environment),
        flows,
        timeout=options.timeout or own.timeout,
        jobs=options.jobs,
        cached=options.cached,
        progress=progress,
    )
    typed = type_findings(project.root, (project.root / project.unit(name).file for name in flows)) if types else []
    found: Iterable[Diagnostic] = (located(item, project.root) for item in (*report.diagnostics, *typed))
    if target.files and not target.is_whole:
        found = (item for item in found if item.location and Path(item.location.name) in target.files)
    select = options.select or own.select
    return replace(report, diagnostics=chosen(found, select, (*own.ignore, *options.ignore)))


def located(item: Diagnostic, root: Path) -> Diagnostic:
    """Give a finding whose places are named by absolute paths, and that shows the line it is about."""
    related = tuple(replace(other, location=_absolute(other.location, root)) for other in item.related)
    return replace(item, location=_shown(_absolute(item.location, root)) if item.location else None, related=related)


def _absolute(place: Location, root: Path) -> Location:
    file = root / place.name
    return replace(place, name=str(file)) if is_there(file) else place


def _shown(place: Location) -> Location:
    """Give a place with its line; where only the line is known, all of it is meant."""
    span = place.span
    if span is None or place.excerpt is not None or not Path(place.name).is_absolute():
        return place
    try:
        line = read_source(Path(place.name)).text.split("\n")[span.line - 1].rstrip()
    except (TypedflowError, IndexError):
        return place
    if (span.column, span.end_column) == (1, 1) and line:
        span = Span(span.line, len(line) - len(line.lstrip()) + 1, span.line, len(line) + 1)
    return replace(
        place, span=span, excerpt=Excerpt(blotted(line), span.column - 1, max(span.column, span.end_column - 1))
    )
