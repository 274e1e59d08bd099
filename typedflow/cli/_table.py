"""``typedflow table``: the commands about tables."""

from __future__ import annotations

from typedflow.cli import _parser, _table_types

_EXAMPLES = """\
examples:
  typedflow table types                        write the Python module with the types of the tables
  typedflow table types --check                fail if it is not current
"""
_COMMANDS = (_table_types,)


def add(commands: _parser.Commands) -> None:
    """Add the group of commands."""
    summary = "write the types of tables"
    description = "Write the types of tables."
    parser = commands.add_parser("table", help=summary, description=description, epilog=_EXAMPLES)
    _parser.global_options(parser)
    parser.set_defaults(parser=parser)
    group = parser.add_subparsers(dest="table_command", metavar="COMMAND", required=True, title="commands")
    for command in _COMMANDS:
        command.add(group)
