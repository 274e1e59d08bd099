"""Check projects, and flows without a project, and return one report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from typedflow.check._engine import Progress, check_files, check_project
from typedflow.check._mypy import type_findings
from typedflow.check._rule_selection import select_findings
from typedflow.check._worker_messages import Scope
from typedflow.project import ManifestError, Target
from typedflow.values import Diagnostic, Environments, Location, Report, Span, TypedflowError, excerpt, merge_findings
from typedflow.workspace import drafts, is_file, is_there, read_source


@dataclass(frozen=True, slots=True)
class Options:
    """Options of a check; the manifest supplies the default of ``select`` and ``timeout``, and adds to ``ignore``.

    ``drafts`` maps absolute names of files to texts that replace their content; the check is then not cached.

    Units: ``timeout`` in seconds; ``jobs`` are processes, 0 one for each core.
    """

    bindings: tuple[str, ...] = ()
    environment: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    timeout: float | None = None
    jobs: int = 0
    cached: bool = True
    drafts: Mapping[str, str] = field(default_factory=dict)


def check(
    targets: Iterable[Target],
    files: Sequence[Path],
    options: Options,
    *,
    broken: Iterable[ManifestError] = (),
    types: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Return the findings for some projects, and for flows without a project; with ``types``, also those of mypy.

    Existing files are named by absolute paths. Errors of ``broken`` manifests are reported whatever is selected, since
    nothing else of their projects is checked.

    Raises:
        TypedflowError: mypy is requested and cannot run.
    """
    with drafts(options.drafts):  # excerpts are read from them here
        reports = [_of_target(target, options, types, progress) for target in targets]
        if files:
            reports.append(_of_files(files, options, types, progress))
        manifests = [located(replace(item, fix=None), error.root) for error in broken for item in error.diagnostics]
    return Report(
        merge_findings([*manifests, *(item for report in reports for item in report.diagnostics)]),
        _sum(report.units for report in reports),
        sum(report.variants for report in reports),
        sum(report.files for report in reports),
        merge_findings(item for report in reports for item in report.unchosen),
        tuple(note for report in reports for note in report.notes),
        frozenset(name for report in reports for name in report.with_project),
        _environments(reports),
        sum(report.sql_files for report in reports),
    )


def _sum(numbers: Iterable[Mapping[str, int]]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for each in numbers:
        found.update(each)
    return dict(found)


def _environments(reports: Iterable[Report]) -> Environments:
    """Return the environments of all reports; units of two projects may have one name."""
    found: dict[str, set[str | None]] = {}
    for report in reports:
        for name, environments in report.environments.items():
            found.setdefault(name, set()).update(environments)
    return found


_TIMEOUT = 60.0


def _of_files(files: Sequence[Path], options: Options, types: bool, progress: Progress | None) -> Report:  # noqa: FBT001
    """Check flows without a project; mypy runs once for each folder, since a script can import its neighbors."""
    scope = Scope("", drafts=options.drafts)
    report = check_files(files, scope, timeout=options.timeout or _TIMEOUT, jobs=options.jobs, progress=progress)
    folders = dict.fromkeys(file.parent for file in files) if types else ()
    typed = [item for folder in folders for item in type_findings(folder, (f for f in files if f.parent == folder))]
    return _chosen(report, [*report.diagnostics, *typed], options.select, options.ignore)


def _of_target(target: Target, options: Options, types: bool, progress: Progress | None) -> Report:  # noqa: FBT001
    project, own = target.project, target.project.manifest.check
    units = list(project.units if target.is_whole or target.has_settings else target.units)
    report = check_project(
        project,
        Scope(str(project.root), options.bindings, options.environment, options.drafts),
        units,
        {**(project.sql_files.globs if target.is_whole else {}), **target.sql},
        timeout=options.timeout or own.timeout,
        jobs=options.jobs,
        cached=options.cached and not options.drafts,
        progress=progress,
    )
    files = (project.root / unit.file for unit in units if unit.file.endswith(".py"))
    typed = type_findings(project.root, filter(is_file, files)) if types else []
    found = [located(item, project.root) for item in (*report.diagnostics, *typed)]
    only = set() if target.is_whole else set(target.files)
    return _chosen(report, found, options.select or own.select, (*own.ignore, *options.ignore), only)


def _chosen(
    report: Report,
    found: Sequence[Diagnostic],
    select: Iterable[str],
    ignore: Iterable[str],
    files: Collection[Path] = (),
) -> Report:
    """Return a report with the findings of selected rules (and files, if any); the others are in ``unchosen``."""
    here = [item for item in found if not files or (item.location and Path(item.location.name) in files)]
    shown = select_findings(here, select, ignore)
    taken = set(map(id, shown))
    return replace(report, diagnostics=shown, unchosen=tuple(item for item in found if id(item) not in taken))


def located(item: Diagnostic, root: Path) -> Diagnostic:
    """Return a finding with absolute paths and an excerpt of its line."""
    related = tuple(other._replace(location=_absolute(other.location, root)) for other in item.related)
    return replace(item, location=_shown(_absolute(item.location, root)) if item.location else None, related=related)


def _absolute(place: Location, root: Path) -> Location:
    file = root / place.name
    return place._replace(name=str(file)) if is_there(file) else place


def _shown(place: Location) -> Location:
    """Return a location with an excerpt; if only the line is known, the span is the whole line."""
    span = place.span
    if span is None or place.excerpt is not None or not Path(place.name).is_absolute():
        return place
    try:
        text = read_source(Path(place.name)).text
        line = text.split("\n")[span.line - 1].rstrip()
    except (TypedflowError, IndexError):
        return place
    if (span.column, span.end_column) == (1, 1) and line:
        span = Span(span.line, len(line) - len(line.lstrip()) + 1, span.line, len(line) + 1)
    return place._replace(span=span, excerpt=excerpt(text, span))
