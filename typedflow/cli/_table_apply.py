"""``typedflow table apply``: create the project's tables, and add columns."""

from __future__ import annotations

import argparse

from typedflow.cli import _parser

_EXAMPLES = """\
Schemas and tables that are missing are created, and missing columns are added, all of a table in one transaction.
Nothing is dropped, and no column gets another type: such differences are listed as refused. External tables are only
compared. A second call changes nothing.

exit codes: 0 all tables are as declared, 1 something is refused, or findings in the project's files, 2 an invalid
command line, or the database cannot be used

keys of the JSON: those of `typedflow table plan`, as the tables were before; and left: the tables that are not reached
because the database failed

examples:
  typedflow table apply
  typedflow table apply predictions --binding 'EXP_*' --env production
  typedflow table apply --sql                   only print the statements
"""


def add(commands: _parser.Commands) -> None:
    """Add the command."""
    from typedflow.cli._table_plan import add_choice

    summary = "create the project's tables in the engine, and add columns"
    parser = _parser.add_command(commands, "apply", run, summary, _EXAMPLES)
    add_choice(parser)
    shown = parser.add_mutually_exclusive_group()
    text = "print the statements instead of executing them"
    shown.add_argument("--sql", "--dry-run", dest="sql", action="store_true", help=text)
    text = "output format (default: text)"
    shown.add_argument("--format", choices=("text", "json"), default="text", help=text)


def run(arguments: argparse.Namespace) -> int:
    """Change the engine's tables, or print the statements that would."""
    from typedflow.cli._console import report
    from typedflow.cli._exit_codes import FINDINGS, USAGE
    from typedflow.cli._open import open_named_project
    from typedflow.cli._progress import progress
    from typedflow.cli._table_plan import planned
    from typedflow.cli._table_text import put_applied, put_statements, say_chosen
    from typedflow.operations import apply_tables

    if arguments.sql:
        return FINDINGS if put_statements(planned(arguments).tables) else 0
    project = open_named_project(arguments)
    with progress("changing tables") as show:
        done = apply_tables(
            project,
            arguments.tables,
            bindings=arguments.binding,
            environment=arguments.env,
            on_event=say_chosen,
            on_progress=show,
        )
    put_applied(done, arguments.format)
    if done.failures:
        report(done.failures, project.root)
        return USAGE
    return FINDINGS if done.has_refused else 0
