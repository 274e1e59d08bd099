"""Check projects, flows and settings files, and apply safe fixes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from typedflow.check import Options, TriedFixes, check, unknown_rules
from typedflow.operations._choose_variants import require_bindings, require_environment
from typedflow.operations._errors import argument_error, look_up_argument
from typedflow.operations._events import CheckAdvanced, CheckStarts, FixesTried, OnEvent, ignore_event
from typedflow.operations._fix import find_fixes, write_fixes
from typedflow.project import (
    BINDING_VARIABLE,
    LoadedProject,
    ManifestError,
    Target,
    Targets,
    named_environment,
    targets,
)
from typedflow.values import Report
from typedflow.workspace import variable


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """What is checked, and how; ``bindings`` are globs, ``select`` and ``ignore`` codes or names of rules.

    Units: ``timeout`` in seconds; ``jobs`` are processes, 0 one for each core.
    """

    bindings: tuple[str, ...] = ()
    environment: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    types: bool = False
    timeout: float | None = None
    jobs: int = 0
    cached: bool = True


@dataclass(frozen=True, slots=True)
class Checked:
    """The report of a check, the selected rules (none: all), and the manifests that are invalid.

    ``fixes`` are the fixes that were tried, if they were requested.
    """

    report: Report
    selected: tuple[str, ...] = ()
    broken: tuple[ManifestError, ...] = ()
    fixes: TriedFixes = field(default_factory=lambda: TriedFixes({}, (), {}))


def check_paths(
    paths: Iterable[Path],
    options: CheckOptions = CheckOptions(),
    *,
    preview: bool = False,
    fix: bool = False,
    on_event: OnEvent = ignore_event,
) -> Checked:
    """Check projects, flows or settings files, by their paths.

    With ``preview``, return what ``fix`` would change; with ``fix``, change it, and return the report of what remains.

    Raises:
        ArgumentError: a path, a rule, a binding or an environment does not exist.
        TypedflowError: a file to fix cannot be written; mypy is requested and cannot run.
    """
    _require_rules((*options.select, *options.ignore))
    asked = look_up_argument(lambda: targets(paths))
    return _check(asked, options, preview=preview, fix=fix, on_event=on_event)


def check_project(project: LoadedProject, options: CheckOptions = CheckOptions()) -> Report:
    """Return the report of a check of one project.

    Raises:
        ArgumentError: a rule, a binding or an environment does not exist.
    """
    _require_rules((*options.select, *options.ignore))
    asked = Targets([Target(project, is_whole=True)], [], [])
    return _check(asked, options, preview=False, fix=False, on_event=ignore_event).report


def _check(asked: Targets, options: CheckOptions, *, preview: bool, fix: bool, on_event: OnEvent) -> Checked:
    found, alone, broken = asked
    chosen = _options(asked, options, on_event)

    def run(targets: Sequence[Target], some: Options, broken: Sequence[ManifestError] = (), *, types: bool) -> Report:
        def tell(done: int, total: int) -> None:
            on_event(CheckAdvanced(done, total))

        return check(targets, alone, some, broken=broken, types=types, progress=tell)

    report = run(found, chosen, broken, types=options.types)
    done = Checked(report, () if broken else _selected(found, chosen), tuple(broken))
    if not preview and not fix:
        return done
    whole = [Target(target.project, is_whole=True) for target in found]
    wide = replace(chosen, bindings=(), environment=None)  # a shared file serves other variants, too
    is_known = (whole, wide) == (found, chosen) or not any(item.fix for item in report.diagnostics)
    before = report if is_known else run(whole, wide, types=False)

    def judge(drafts: Mapping[str, str]) -> Report:
        return run(whole, replace(wide, drafts=drafts), types=False)

    fixes = find_fixes(report, before, judge)
    on_event(FixesTried(fixes))
    if fix:
        write_fixes(fixes)
        if fixes.texts:
            report = run(found, chosen, broken, types=options.types)
        report = replace(report, diagnostics=tuple(replace(item, fix=None) for item in report.diagnostics))
    return replace(done, report=report, fixes=fixes)


def _require_rules(names: tuple[str, ...]) -> None:
    for name, meant in unknown_rules(names).items():
        hint = f"did you mean `{meant}`?" if meant else "`typedflow rule --all` lists the rules"
        raise argument_error(f"there is no rule `{name}`", hint=hint)


def _options(asked: Targets, options: CheckOptions, on_event: OnEvent) -> Options:
    """Return the options of the check; TYPEDFLOW_BINDING and TYPEDFLOW_ENV are used without an argument.

    An environment or a binding that no project has is an error, if each manifest is valid. A variable does not apply
    to flows without a project.
    """
    by_variable = variable(BINDING_VARIABLE) if not options.bindings else None
    bindings = (by_variable,) if by_variable else options.bindings
    projects = [target.project for target in asked.projects]
    named = None
    for project in projects:
        named = named_environment(project, options.environment)
        require_environment(project, named)
    if not asked.broken and (projects or not by_variable):
        require_bindings(projects, bindings, BINDING_VARIABLE if by_variable else "--binding")
    on_event(CheckStarts(tuple(projects), named, by_variable or None))
    return Options(
        bindings=bindings,
        environment=named.name if named else None,
        select=options.select,
        ignore=options.ignore,
        timeout=options.timeout,
        jobs=options.jobs,
        cached=options.cached,
    )


def _selected(found: list[Target], options: Options) -> tuple[str, ...]:
    """Return the rules that the caller or a manifest selects; none if all apply."""
    own = (name for target in found for name in target.project.manifest.check.select)
    return options.select or tuple(dict.fromkeys(own))
