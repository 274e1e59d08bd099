"""``typedflow table plan``: how the project's tables differ from the engine's."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from typedflow.cli import _parser

if TYPE_CHECKING:
    from typedflow.operations import TablesPlan

_EXAMPLES = """\
Nothing is changed. `create` and `add` is what `typedflow table apply` would do. `refuse` is what it would not do:
change a type, or whether values may be NULL, or add a column that must not be NULL to a table that may have rows. An
external table `differs` if the engine's has no such column, or one of another type. A column that only the engine has
is left alone, and is not a difference.

exit codes: 0 nothing differs, 1 something differs, or findings in the project's files, 2 an invalid command line, or
the database cannot be used

keys of the JSON: version (1), environment, dialect, and tables: each with name, binding, table (the name in the
engine), external, state (same, create, add, differs), differences: each with kind (missing-table, missing-column, type,
nullable, not-declared), column, declared, engine, refused and reason (null where there is none), and statements

examples:
  typedflow table plan
  typedflow table plan predictions --binding 'EXP_*' --env production
  typedflow table plan --format json
"""


def add(commands: _parser.Commands) -> None:
    """Add the command."""
    summary = "compare the project's tables with the engine's"
    parser = _parser.add_command(commands, "plan", run, summary, _EXAMPLES)
    add_choice(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="output format (default: text)")


def add_choice(parser: argparse.ArgumentParser) -> None:
    """Add what chooses tables, bindings and an environment."""
    text = "the tables (default: all)"
    _parser.completed(parser.add_argument("tables", metavar="NAME", nargs="*", help=text), "tables")
    _parser.bindings_option(parser, "only the bindings that match this glob; can be repeated (default: all)")
    _parser.environment_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print how the tables differ."""
    from typedflow.cli._exit_codes import FINDINGS
    from typedflow.cli._table_text import put_plan

    plan = planned(arguments)
    put_plan(plan, arguments.format)
    return 0 if plan.is_same else FINDINGS


def planned(arguments: argparse.Namespace) -> TablesPlan:
    """Compare the tables that a command line chooses with the engine's."""
    from typedflow.cli._open import open_named_project
    from typedflow.cli._progress import progress
    from typedflow.cli._table_text import say_chosen
    from typedflow.operations import plan_tables

    with progress("comparing tables") as show:
        return plan_tables(
            open_named_project(arguments),
            arguments.tables,
            bindings=arguments.binding,
            environment=arguments.env,
            on_event=say_chosen,
            on_progress=show,
        )
