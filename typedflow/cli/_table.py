"""``typedflow table``: the commands about tables."""

from __future__ import annotations

import argparse

from typedflow.cli import _parser, _table_apply, _table_import, _table_plan, _table_types

_EXAMPLES = """\
examples:
  typedflow table plan                         compare the tables with the engine's
  typedflow table apply                        create them, and add columns
  typedflow table import shop.titles           declare a table of the engine
  typedflow table types                        write the Python module with the types of the tables
  typedflow table types --check                fail if it is not current
"""
_COMMANDS = (_table_plan, _table_apply, _table_import, _table_types)


def add(commands: _parser.Commands) -> None:
    """Add the group of commands; alone it prints its help."""
    summary = "compare tables with the engine, create them, write their types"
    description = "Compare tables with the engine, create them, write their types."
    parser = commands.add_parser("table", help=summary, description=description, epilog=_EXAMPLES)
    _parser.global_options(parser)

    def run(_: argparse.Namespace) -> int:
        from typedflow.cli._console import put

        put(parser.format_help())
        return 0

    parser.set_defaults(parser=parser, run=run)
    group = parser.add_subparsers(dest="table_command", metavar="COMMAND", title="commands")
    for command in _COMMANDS:
        command.add(group)
