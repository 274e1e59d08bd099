"""``typedflow check``: every mistake of a project, before anything is deployed."""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from typedflow.cli import _parser

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from typedflow.check import Mends, Options
    from typedflow.project import ManifestError, Target, Targets
    from typedflow.values import Report

_EXAMPLES = """\
examples:
  typedflow check                                      every flow, binding and environment of the project
  typedflow check --binding 'EXP_*' --env prod         only some variants
  typedflow check flows/training.py                    only what concerns this flow
  typedflow check --select TF3,TF4 --ignore TF205      only some rules: codes, beginnings of codes, names
  typedflow check --types                              and what mypy finds with typedflow's plugin
  typedflow check --diff                               what --fix would change
  typedflow check --format sarif --output-file check.sarif

Flows are imported in processes of their own, and no step runs. `typedflow rule CODE` explains a finding.

exit codes: 0 no errors (with --strict: no warnings either), 1 errors (with --strict: or warnings), 2 a wrong command
line or an internal error
"""
_FORMATS = ("text", "concise", "json", "github", "gitlab", "junit", "sarif")


def add(commands: _parser.Commands) -> None:
    """Add the command."""
    parser = _parser.add_command(commands, "check", run, "find every mistake of a project", _EXAMPLES)
    text = "projects, flows or settings files (default: the project here)"
    parser.add_argument("paths", metavar="PATH", nargs="*", help=text)
    text = "only bindings that match this glob; may be repeated"
    action = parser.add_argument("--binding", metavar="GLOB", action="append", default=[], help=text)
    _parser.completed(action, "bindings")
    action = parser.add_argument("--env", metavar="NAME", help="only this environment (default: TYPEDFLOW_ENV, or all)")
    _parser.completed(action, "environments")
    parser.add_argument("--select", metavar="CODES", action="append", default=[], help="only these rules")
    parser.add_argument("--ignore", metavar="CODES", action="append", default=[], help="not these rules")
    parser.add_argument("--types", action="store_true", help="run mypy with typedflow's plugin, too")
    parser.add_argument("--strict", action="store_true", help="exit with 1 for warnings, too")
    fixes = parser.add_mutually_exclusive_group()
    fixes.add_argument("--fix", action="store_true", help="mend what can be mended safely, and report the rest")
    fixes.add_argument("--diff", action="store_true", help="show what --fix would change, and change nothing")
    parser.add_argument("--format", choices=_FORMATS, default="text", help="default: text")
    parser.add_argument("--output-file", metavar="FILE", help="write the report to this file")
    text = "processes (default: one for each core)"
    parser.add_argument("--jobs", metavar="N", type=_parser.integer(0), default=0, help=text)
    text = "how long a flow's code may say nothing (default: 60)"
    parser.add_argument("--timeout", metavar="SECONDS", type=_seconds, help=text)
    parser.add_argument("--no-cache", action="store_true", help="neither read nor write what earlier checks found")


def _seconds(text: str) -> float:
    with suppress(ValueError):
        number = float(text)
        if 0 < number < float("inf"):
            return number
    raise argparse.ArgumentTypeError(f"must be a number of seconds greater than 0, not {text!r}")


def run(arguments: argparse.Namespace) -> int:
    """Check, mend where that is asked for, and print the report."""
    from dataclasses import replace
    from pathlib import Path

    from typedflow.cli._chosen import command_line
    from typedflow.project import targets
    from typedflow.workspace import working_directory

    options = _options(arguments)
    option = _named_by(arguments)
    paths = [Path(path) for path in arguments.paths or [arguments.project or "."]]
    asked = command_line(lambda: targets(paths))
    found, alone, broken = asked
    arguments.root = working_directory()
    options = replace(options, environment=_environment(asked, options, option))
    report = _checked(found, alone, options, broken, types=arguments.types)
    if arguments.diff or arguments.fix:
        from typedflow.cli._fixing import preview, write

        mends = _mends(report, found, alone, options)
        if arguments.diff:
            return preview(mends, broken)
        write(mends)
        if mends.texts:
            report = _checked(found, alone, options, broken, types=arguments.types)
        report = replace(report, diagnostics=tuple(replace(item, fix=None) for item in report.diagnostics))
    _print(report, arguments, () if broken else _selected(found, options))
    return 1 if report.fails(strict=arguments.strict) else 0


def _mends(report: Report, found: list[Target], alone: list[Path], options: Options) -> Mends:
    """Return what mends a report, tried on the whole of its projects: a shared file serves other variants, too."""
    from dataclasses import replace

    from typedflow.cli._fixing import tried
    from typedflow.project import Target as Asked

    whole = [Asked(target.project, is_whole=True) for target in found]
    wide = replace(options, bindings=(), environment=None)
    is_known = (whole, wide) == (found, options) or not any(item.fix for item in report.diagnostics)
    before = report if is_known else _checked(whole, alone, wide, types=False)
    return tried(report, before, lambda texts: _checked(whole, alone, replace(wide, drafts=texts), types=False))


def _selected(found: list[Target], options: Options) -> tuple[str, ...]:
    """Return the rules that alone were asked for, on the command line or in a manifest."""
    own = (name for target in found for name in target.project.manifest.check.select)
    return options.select or tuple(dict.fromkeys(own))


def _options(arguments: argparse.Namespace) -> Options:
    from typedflow.check import Options, unknown
    from typedflow.cli._chosen import wrong
    from typedflow.project import BINDING_VARIABLE
    from typedflow.workspace import variable

    select, ignore = _split(arguments.select), _split(arguments.ignore)
    for name, meant in unknown((*select, *ignore)).items():
        hint = f"did you mean `{meant}`?" if meant else "`typedflow rule --all` lists the rules"
        raise wrong(f"there is no rule `{name}`", hint=hint)
    named = variable(BINDING_VARIABLE)
    return Options(
        bindings=tuple(arguments.binding or ([named] if named else [])),
        environment=arguments.env,
        select=select,
        ignore=ignore,
        timeout=arguments.timeout,
        jobs=arguments.jobs,
        cached=not arguments.no_cache,
    )


def _split(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


def _named_by(arguments: argparse.Namespace) -> str:
    """Return what names the bindings that are checked: the option, or a variable."""
    from typedflow.project import BINDING_VARIABLE
    from typedflow.workspace import variable

    return BINDING_VARIABLE if not arguments.binding and variable(BINDING_VARIABLE) else "--binding"


def _environment(asked: Targets, options: Options, option: str) -> str | None:
    """Return the one environment that is named, or None for all of them; say what is checked, and why.

    An environment or a binding that no project has is refused, if each manifest can be read; a variable is not meant
    for flows without a project.
    """
    from typedflow.cli._chosen import check_bindings, check_environment
    from typedflow.cli._console import say
    from typedflow.cli._environment import say_environments
    from typedflow.project import BINDING_VARIABLE, named_environment

    named = None
    projects = [target.project for target in asked.projects]
    for project in projects:
        named = named_environment(project, options.environment)
        check_environment(project, named)
    if not asked.broken and (projects or option != BINDING_VARIABLE):
        check_bindings(projects, options.bindings, option)
    if option == BINDING_VARIABLE:
        say(f"binding {options.bindings[0]}: {option}")
    say_environments(projects, named)
    return named.name if named else None


def _checked(
    found: list[Target], alone: list[Path], options: Options, broken: Iterable[ManifestError] = (), *, types: bool
) -> Report:
    from typedflow.check import check
    from typedflow.cli._progress import progress

    with progress("checking") as tell:
        return check(found, alone, options, broken=broken, types=types, progress=tell)


def _print(report: Report, arguments: argparse.Namespace, selected: Sequence[str]) -> None:
    from pathlib import Path

    from typedflow.cli._chosen import command_line
    from typedflow.cli._console import put, say
    from typedflow.render import report as rendered
    from typedflow.workspace import explanations, terminal, write_atomically

    rules = {item.rule for item in report.diagnostics} if arguments.format == "sarif" else ()
    width, color = terminal(sys.stdout)
    text = rendered(
        report,
        format=arguments.format,
        root=arguments.root,
        width=width,
        color=color and not arguments.output_file,
        version=_version(),
        strict=arguments.strict,
        explanations=explanations(rules),
    )
    if arguments.output_file:
        command_line(lambda: write_atomically(Path(arguments.output_file), text))
    else:
        put(text)
    for note in report.notes:
        say(note)
    say(_summary(report, selected))


def _version() -> str:
    from importlib.metadata import version

    return version("typedflow")


def _summary(report: Report, selected: Sequence[str]) -> str:
    looked = ", ".join(
        _counted(number, noun)
        for number, noun in ((report.flows, "flow"), (report.variants, "variant"), (report.files, "settings file"))
    )
    found = len(report.diagnostics)
    warnings = sum(item.severity.value == "warning" for item in report.diagnostics)
    fixable = sum(item.fix is not None for item in report.diagnostics)
    others = len(report.unchosen)
    plural, of = "" if found == 1 else "s", f" of {', '.join(selected)}"
    what = f"finding{plural}{of}" if selected else f"problem{plural}"
    advice = f"; --fix may mend {fixable}" if fixable else ""
    rest = f"; {others} other finding{' is' if others == 1 else 's are'} not shown" if others else ""
    if found and warnings == found and not selected:
        return f"{_counted(warnings, 'warning')} in {looked}{advice}{rest}"
    some = f" ({_counted(warnings, 'warning')})" if warnings else ""
    return f"{found or 'no'} {what}{some} in {looked}{advice}{rest}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
