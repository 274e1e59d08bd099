"""``typedflow check``: report every mistake in a project before anything runs."""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from typedflow.cli import _parser

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from typedflow.values import Report

_EXAMPLES = """\
Each flow is imported in a separate process, and no step runs. `typedflow rule CODE` explains a finding.

exit codes: 0 no errors (with --strict: no warnings either), 1 errors (with --strict: or warnings), 2 an invalid
command line or an internal error

examples:
  typedflow check                                      every flow, binding and environment of the project
  typedflow check --binding 'EXP_*' --env prod         only some variants
  typedflow check flows/training.py                    only what concerns this flow
  typedflow check sql/features.sql                     only this file of SQL
  typedflow check --select TF3,TF4 --ignore TF205      only some rules: codes, prefixes of codes, names
  typedflow check --types                              also run mypy with typedflow's plugin
  typedflow check --diff                               show what --fix would change
  typedflow check --format sarif --output-file check.sarif
"""
_FORMATS = ("text", "concise", "json", "github", "gitlab", "junit", "sarif")


def add(commands: _parser.Commands) -> None:
    """Add the command."""
    summary = "report every mistake in a project before anything runs"
    parser = _parser.add_command(commands, "check", run, summary, _EXAMPLES)
    text = "projects, flows, tables, SQL or settings files (default: the current project)"
    parser.add_argument("paths", metavar="PATH", nargs="*", help=text)
    _parser.bindings_option(parser, "only bindings that match this glob; can be repeated")
    _parser.environment_option(parser, "only this environment (default: TYPEDFLOW_ENV, or all)")
    parser.add_argument("--select", metavar="CODES", action="append", default=[], help="apply only these rules")
    parser.add_argument("--ignore", metavar="CODES", action="append", default=[], help="ignore these rules")
    parser.add_argument("--types", action="store_true", help="also run mypy with typedflow's plugin")
    parser.add_argument("--strict", action="store_true", help="also exit with 1 for warnings")
    fixes = parser.add_mutually_exclusive_group()
    fixes.add_argument("--fix", action="store_true", help="apply safe fixes, and report the rest")
    fixes.add_argument("--diff", action="store_true", help="show what --fix would change, and change nothing")
    parser.add_argument("--format", choices=_FORMATS, default="text", help="output format (default: text)")
    parser.add_argument("--output-file", metavar="FILE", help="write the report to this file")
    text = "the number of processes (default: one for each core)"
    parser.add_argument("--jobs", metavar="N", type=_parser.integer(0), default=0, help=text)
    text = "how long a flow's code may take without a sign of life (default: 60)"
    parser.add_argument("--timeout", metavar="SECONDS", type=_seconds, help=text)
    parser.add_argument("--no-cache", action="store_true", help="ignore the cache, and do not write to it")


def _seconds(text: str) -> float:
    with suppress(ValueError):
        number = float(text)
        if 0 < number < float("inf"):
            return number
    raise argparse.ArgumentTypeError(f"must be a number of seconds greater than 0, not {text!r}")


def run(arguments: argparse.Namespace) -> int:
    """Check, apply fixes if requested, and print the report."""
    from pathlib import Path

    from typedflow.cli._check_display import check_display
    from typedflow.operations import CheckOptions, check_paths

    options = CheckOptions(
        bindings=tuple(arguments.binding),
        environment=arguments.env,
        select=_split(arguments.select),
        ignore=_split(arguments.ignore),
        types=arguments.types,
        timeout=arguments.timeout,
        jobs=arguments.jobs,
        cached=not arguments.no_cache,
    )
    paths = [Path(path) for path in arguments.paths or [arguments.project or "."]]
    with check_display() as show:
        done = check_paths(paths, options, preview=arguments.diff, fix=arguments.fix, on_event=show)
    if arguments.diff:
        from typedflow.cli._fixing import preview

        return preview(done.fixes, done.broken)
    if arguments.fix:
        from typedflow.cli._fixing import say_fixed

        say_fixed(done.fixes)
    _print(done.report, arguments, done.selected)
    return 1 if done.report.fails(strict=arguments.strict) else 0


def _split(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


def _print(report: Report, arguments: argparse.Namespace, selected: Sequence[str]) -> None:
    from pathlib import Path

    from typedflow.cli._console import put, say
    from typedflow.operations import look_up_argument
    from typedflow.render import report as rendered
    from typedflow.workspace import explanations, terminal, working_directory, write_atomically

    rules = {item.rule for item in report.diagnostics} if arguments.format == "sarif" else ()
    width, color = terminal(sys.stdout)
    text = rendered(
        report,
        format=arguments.format,
        root=working_directory(),
        width=width,
        color=color and not arguments.output_file,
        version=_version(),
        strict=arguments.strict,
        explanations=explanations(rules),
    )
    if arguments.output_file:
        look_up_argument(lambda: write_atomically(Path(arguments.output_file), text))
    else:
        put(text)
    for note in report.notes:
        say(note)
    say(_summary(report, selected))


def _version() -> str:
    from importlib.metadata import version

    return version("typedflow")


def _units(report: Report) -> Iterable[tuple[int, str]]:
    from typedflow.project import KINDS

    kinds = [kind for kind in KINDS if report.units.get(kind)] or ([] if report.sql_files else list(KINDS)[:1])
    return [(report.units.get(kind, 0), kind) for kind in kinds]


def _looked_at(report: Report) -> str:
    sql = [(report.sql_files, "SQL file")] if report.sql_files else []
    counts = [*_units(report), (report.variants, "variant"), *sql, (report.files, "settings file")]
    return ", ".join(_counted(number, noun) for number, noun in counts)


def _summary(report: Report, selected: Sequence[str]) -> str:
    looked = _looked_at(report)
    found = len(report.diagnostics)
    warnings = sum(item.severity.value == "warning" for item in report.diagnostics)
    fixable = sum(item.fix is not None for item in report.diagnostics)
    others = len(report.unchosen)
    plural, of = "" if found == 1 else "s", f" of {', '.join(selected)}"
    what = f"finding{plural}{of}" if selected else f"problem{plural}"
    advice = f"; --fix can fix up to {fixable}" if fixable else ""
    rest = f"; {others} other finding{' is' if others == 1 else 's are'} not shown" if others else ""
    if found and warnings == found and not selected:
        return f"{_counted(warnings, 'warning')} in {looked}{advice}{rest}"
    some = f" ({_counted(warnings, 'warning')})" if warnings else ""
    return f"{found or 'no'} {what}{some} in {looked}{advice}{rest}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
