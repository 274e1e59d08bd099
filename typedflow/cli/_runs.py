"""``typedflow runs``: the past runs of a flow, with their settings and results."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from typedflow.cli import _parser

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typedflow.operations import Column, FoundRuns, RunsWanted
    from typedflow.project import LoadedProject

_EXAMPLES = """\
A column is the key path of a setting (model.alpha), a fact of the run (run.user), or an artifact of its last task
(data.r2) or a part of one (data.metrics.r2). run.tables are the names in the engine of the tables that the run used,
run.tables.films is that of one. A name with two of these meanings is rejected: write config.data.x for a
setting, artifacts.x for an artifact. Without --columns, the columns are the settings in which the runs differ, or all
of a single run.

--where accepts a Python expression over config (the settings), run (id, user, created, finished, successful, status,
tags, binding, environment, identity, tables) and data or artifacts. A run without a value that the expression uses
does not match.

exit codes: 0 success, even if there are no runs or part of a run cannot be read (standard error says which); 1 --where
fails for every run that it was evaluated for; 2 an invalid command line

keys of the JSON: version (1), flow, class (of the flow), columns, and runs: each with id, pathspec, binding,
environment, identity, tables (their names in the engine by name, null if the flow has none), status, created, user,
values by column (null if the run lacks it), and masked, the columns with
a value that is masked because it may be a secret

examples:
  typedflow runs training
  typedflow runs training --where 'config.model.alpha > 0.1 and run.successful'
  typedflow runs training --columns model.alpha,data.r2 --sort=-data.r2
  typedflow runs training --binding 'EXP_*' --since 2026-11-01 --limit 0 --format csv
"""


_MOST_COLUMNS = 12
_MOST_REASONS = 5


def add(commands: _parser.Commands) -> None:
    """Add the command."""
    parser = _parser.add_command(commands, "runs", run, "show past runs with their settings and results", _EXAMPLES)
    _parser.flow_argument(parser, help="the flow")
    parser.add_argument("--where", metavar="EXPRESSION", help="only runs for which this expression is true")
    parser.add_argument("--columns", metavar="NAMES", help="the columns to show, separated by commas")
    _parser.bindings_option(parser, "only bindings that match this glob; can be repeated")
    _parser.environment_option(parser, "only this environment")
    parser.add_argument(
        "--since", metavar="DATE", type=_parser.moment, help="only runs that started on this date or later"
    )
    parser.add_argument("--sort", metavar="COLUMN", help="sort by a column; -COLUMN for descending order")
    text = "show at most N (default: 20; 0: all)"
    parser.add_argument("--limit", metavar="N", type=_parser.integer(0), default=20, help=text)
    formats = ("text", "json", "markdown", "csv")
    parser.add_argument("--format", choices=formats, default="text", help="output format (default: text)")


def run(arguments: argparse.Namespace) -> int:
    """Print the runs that match, and which parts of them cannot be read."""
    from typedflow.cli._open import open_named_project
    from typedflow.cli._progress import progress
    from typedflow.operations import choose_unit, find_runs
    from typedflow.units import runnable

    project = open_named_project(arguments)
    unit = choose_unit(project, arguments.flow, runnable)
    wanted = _wanted(project, arguments)
    with progress("reading runs") as tell:
        found = find_runs(
            project,
            unit,
            wanted,
            columns=arguments.columns,
            sort=arguments.sort,
            limit=arguments.limit,
            progress=tell,
        )
    _print(found, _limited(found, arguments), arguments.format)
    _say(found, arguments, project)
    return 1 if found.is_failing else 0


def _wanted(project: LoadedProject, arguments: argparse.Namespace) -> RunsWanted:
    """Return which runs are wanted, and print what variables have chosen, since that may exclude many runs."""
    from typedflow.cli._console import say
    from typedflow.cli._environment import say_environment
    from typedflow.operations import choose_runs
    from typedflow.project import BINDING_VARIABLE

    wanted = choose_runs(
        project,
        bindings=arguments.binding,
        environment=arguments.env,
        where=arguments.where,
        since=arguments.since,
    )
    if wanted.binding_by_variable:
        say(f"binding {wanted.binding_by_variable}: selected with {BINDING_VARIABLE}")
    if wanted.environment_by_variable:
        say_environment(wanted.environment_by_variable)
    return wanted


def _limited(found: FoundRuns, arguments: argparse.Namespace) -> Sequence[Column]:
    """Return the columns to show: only the first ones if the user chose none and the format is text."""
    from typedflow.cli._console import say

    columns = found.columns
    if arguments.columns is not None or arguments.format != "text" or len(columns) <= _MOST_COLUMNS:
        return columns
    say(f"{_more_settings(len(columns) - _MOST_COLUMNS, len(found))}; choose columns with --columns")
    return columns[:_MOST_COLUMNS]


def _more_settings(count: int, runs: int) -> str:
    if runs > 1:
        return "1 more setting differs" if count == 1 else f"{count} more settings differ"
    return "1 more setting is not shown" if count == 1 else f"{count} more settings are not shown"


def _print(found: FoundRuns, shown: Sequence[Column], format: str) -> None:  # noqa: A002 # the option's name
    from typedflow.cli._console import put, put_json, put_table
    from typedflow.operations import RUN_COLUMNS
    from typedflow.render import comma_separated, markdown

    if format == "json":
        data = {"version": 1, "flow": found.flow, "class": found.class_name, "columns": [each.name for each in shown]}
        put_json({**data, "runs": found.rows(shown)})
        return
    headers = [each.name.removeprefix("run.").upper() for each in RUN_COLUMNS] + [each.name for each in shown]
    rows = [[each.cell(past) for each in (*RUN_COLUMNS, *shown)] for past in found]
    if format == "markdown":
        put(markdown(headers, rows))
    elif format == "csv":
        put(comma_separated(headers, rows))
    elif rows:
        put_table(headers, rows)


def _say(found: FoundRuns, arguments: argparse.Namespace, project: LoadedProject) -> None:
    """Print what is not shown, and what cannot be read."""
    from typedflow.cli._console import say

    if not found.runs and not found.is_failing:
        say("no run matches" if found.searched else "there is no run yet")
    limit = arguments.limit
    if found.has_more:
        say(f"{'only the first is' if limit == 1 else f'the first {limit} are'} shown; --limit 0 shows all")
    unread = [each for each in found if each.problem]
    if unread:
        say(f"the settings of {len(unread)} cannot be read: {unread[0].pathspec}: {unread[0].problem}")
    for note in found.notes:
        say(note)
    unreadable = {**dict.fromkeys(found.unreadable), **dict.fromkeys(_unreadable_tables(found, arguments.format))}
    for reason in list(unreadable)[:_MOST_REASONS]:
        say(f"{reason}; its cells are shown as missing")
    if len(unreadable) > _MOST_REASONS:
        say(f"{len(unreadable) - _MOST_REASONS} more cannot be read")
    if found.above is not None:
        say(f"runs of {found.above}, above the project {project.root}")


def _unreadable_tables(found: FoundRuns, format: str) -> tuple[str, ...]:  # noqa: A002 # the option's name
    """Return why tables of runs cannot be read: only JSON always has them, so nothing else reads them for this."""
    return found.unreadable_tables() if format == "json" else ()
