"""``typedflow runs``: the past runs of a flow, with their settings and results."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from typedflow.cli import _parser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from typedflow.cli._runs_columns import Column
    from typedflow.cli._runs_match import Match
    from typedflow.metaflow import PastRun
    from typedflow.project import Project

_EXAMPLES = """\
examples:
  typedflow runs training
  typedflow runs training --where 'config.model.alpha > 0.1 and run.successful'
  typedflow runs training --columns model.alpha,data.r2 --sort=-data.r2
  typedflow runs training --binding 'EXP_*' --since 2026-11-01 --limit 0 --format csv

A column is a setting's key path (model.alpha), a fact of the run (run.user), or an artifact of its last task (data.r2)
or what is in one (data.metrics.r2). A name that could be two of them is refused: write config.data.x for a setting,
artifacts.x for an artifact. Without --columns, the settings are shown in which the runs differ.

--where takes a Python expression over config (the settings), run (id, user, created, finished, successful, status,
tags, binding, environment) and data or artifacts. A run that lacks what it asks for does not match.

exit codes: 0 fine, also without any run, and where something of a run cannot be read, which standard error says;
1 --where fails for the runs that it was tried on; 2 a wrong command line

keys of the JSON: version (1), flow, class (of the flow), columns, and runs: each with id, pathspec, binding,
environment, status, created, user, values by column (null where the run lacks it), and masked, the columns of which
something is masked, since it may be a secret
"""


_MOST_COLUMNS = 12
_MOST_REASONS = 5


def add(commands: _parser.Commands) -> None:
    """Add the command."""
    parser = _parser.add_command(commands, "runs", run, "show past runs with their settings and results", _EXAMPLES)
    _parser.flow_argument(parser, help="the flow")
    parser.add_argument("--where", metavar="EXPRESSION", help="only runs for which this is true")
    parser.add_argument("--columns", metavar="NAMES", help="what to show of each run, separated by commas")
    text = "only bindings that match this glob; may be repeated"
    _parser.completed(parser.add_argument("--binding", metavar="GLOB", action="append", help=text), "bindings")
    text = "only this environment"
    _parser.completed(parser.add_argument("--env", metavar="NAME", help=text), "environments")
    parser.add_argument(
        "--since", metavar="DATE", type=_parser.moment, help="only runs that began at this date or later"
    )
    parser.add_argument("--sort", metavar="COLUMN", help="sort by a column; -COLUMN: the largest first")
    text = "show at most N (default: 20; 0: all)"
    parser.add_argument("--limit", metavar="N", type=_parser.integer(0), default=20, help=text)
    formats = ("text", "json", "markdown", "csv")
    parser.add_argument("--format", choices=formats, default="text", help="default: text")


def run(arguments: argparse.Namespace) -> int:
    """Judge what is asked for, then read the runs and print those that match."""
    from typedflow.cli._console import say
    from typedflow.cli._open import open_named_project
    from typedflow.cli._progress import progress
    from typedflow.cli._runs_columns import columns_of, differing
    from typedflow.cli._runs_match import Match
    from typedflow.metaflow import asked_flow, datastore_above, history
    from typedflow.operations import choose_flow, look_up_argument

    project = open_named_project(arguments)
    name = choose_flow(project, arguments.flow)
    _take_variables(arguments, project)
    public = project.manifest.public
    columns, order = (columns_of(text, project.model, public) for text in (arguments.columns, arguments.sort))
    match = Match(arguments, project.model)
    file = project.root / project.unit(name).file
    flow = look_up_argument(lambda: asked_flow(file, project.manifest.check.timeout)).name
    with progress("reading runs") as tell:
        past = history(flow, project.model, project.unit(name).config)
        found = _read(past, match, 0 if order else arguments.limit, tell)
    if order:
        found = order[0].sorted(found)
    shown = found[: arguments.limit] if arguments.limit else found
    columns = differing(shown, project.model, public) if columns is None else columns
    _print(name, flow, shown, _limited(columns, arguments), arguments.format)
    _say(shown, found, match, arguments.limit)
    _say_unreadable(shown, columns, found, order or ())
    above = datastore_above(project.root) if match.seen else None
    if above is not None:
        say(f"runs of {above}, above the project {project.root}")
    return 1 if match.is_failing else 0


def _take_variables(arguments: argparse.Namespace, project: Project) -> None:
    """Choose runs as variables say, where no option does; say so, as the runs that are left out are many."""
    from typedflow.cli._console import say
    from typedflow.cli._environment import say_environment
    from typedflow.project import BINDING_VARIABLE, named_binding, named_environment

    binding, environment = named_binding(project.environ), named_environment(project)
    if binding and not arguments.binding:
        arguments.binding = [binding]
        say(f"binding {binding}: {BINDING_VARIABLE}")
    if environment and arguments.env is None:
        arguments.env = environment.name
        say_environment(environment)


def _limited(columns: Sequence[Column], arguments: argparse.Namespace) -> Sequence[Column]:
    """Return the columns that a table has: some, where nobody has named any and a terminal shows them."""
    from typedflow.cli._console import say

    if arguments.columns is not None or arguments.format != "text" or len(columns) <= _MOST_COLUMNS:
        return columns
    say(f"{len(columns) - _MOST_COLUMNS} more settings differ; --columns names what to show")
    return columns[:_MOST_COLUMNS]


def _read(past: Iterable[PastRun], match: Match, limit: int, tell: Callable[[int, int | None], None]) -> list[PastRun]:
    """Read runs until there are as many as are to be shown, and one more."""
    found: list[PastRun] = []
    for count, each in enumerate(past, 1):
        tell(count, None)
        if match(each):
            found.append(each)
        if limit and len(found) > limit:
            break
    return found


def _print(name: str, flow: str, runs: Sequence[PastRun], shown: Sequence[Column], format: str) -> None:  # noqa: A002 # the option's name
    from typedflow.cli._console import put, put_json, put_table
    from typedflow.cli._runs_columns import FACTS
    from typedflow.render import comma_separated, markdown

    if format == "json":
        data = {"version": 1, "flow": name, "class": flow, "columns": [each.name for each in shown]}
        data["runs"] = [_row(each, shown) for each in runs]
        put_json(data)
        return
    headers = [each.name.removeprefix("run.").upper() for each in FACTS] + [each.name for each in shown]
    rows = [[each.cell(past) for each in (*FACTS, *shown)] for past in runs]
    if format == "markdown":
        put(markdown(headers, rows))
    elif format == "csv":
        put(comma_separated(headers, rows))
    elif rows:
        put_table(headers, rows)


def _row(past: PastRun, columns: Sequence[Column]) -> dict[str, object]:
    return {
        "id": past.id,
        "pathspec": past.pathspec,
        "binding": past.binding,
        "environment": past.environment,
        "status": past.status,
        "created": past.created.astimezone().isoformat(timespec="seconds"),
        "user": past.user,
        "values": {each.name: each.plain(past) for each in columns},
        "masked": [each.name for each in columns if each.is_masked(past)],
    }


def _say(shown: Sequence[PastRun], found: Sequence[PastRun], match: Match, limit: int) -> None:
    from typedflow.cli._console import say

    if not found and not match.is_failing:
        say("no run matches" if match.seen else "there is no run yet")
    if len(found) > len(shown):
        say(f"the first {limit} are shown; --limit 0 shows all")
    unread = [each for each in shown if each.problem]
    if unread:
        say(f"the settings of {len(unread)} cannot be read: {unread[0].pathspec}: {unread[0].problem}")
    for note in match.notes():
        say(note)


def _say_unreadable(
    shown: Sequence[PastRun], columns: Sequence[Column], found: Sequence[PastRun], order: Sequence[Column]
) -> None:
    """Print which cells are empty because what was stored cannot be read."""
    from typedflow.cli._console import say

    cells = [(each, column) for runs, some in ((shown, columns), (found, order)) for each in runs for column in some]
    reasons = [each.unreadable(past) for past, each in cells]
    reasons += [f"the binding of {each.pathspec} cannot be read: {each.lost}" for each in shown if each.lost]
    reasons += [f"the outcome of {each.pathspec} cannot be read: {each.outcome}" for each in shown if each.is_unknown]
    different = list(dict.fromkeys(reason for reason in reasons if reason))
    for reason in different[:_MOST_REASONS]:
        say(f"{reason}; its cells are shown as missing")
    if len(different) > _MOST_REASONS:
        say(f"{len(different) - _MOST_REASONS} more cannot be read")
