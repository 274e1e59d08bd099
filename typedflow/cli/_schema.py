"""``typedflow schema``: the commands about JSON Schemas."""

from __future__ import annotations

from typedflow.cli import _parser, _schema_breaking, _schema_export, _schema_install

_EXAMPLES = """\
examples:
  typedflow schema export                      write the schemas of the project's configs
  typedflow schema export --check              fail if they are not current
  typedflow schema install --editor vscode     let an editor complete and check settings files
  typedflow schema breaking --against main     report what changes of the models break
"""
_COMMANDS = (
    _schema_export,
    _schema_install,
    _schema_breaking,
)


def add(commands: _parser.Commands) -> None:
    """Add the group of commands."""
    summary = "export JSON Schemas, configure editors, find breaking changes"
    parser = commands.add_parser(
        "schema",
        help=summary,
        description="Export JSON Schemas, configure editors, find breaking changes.",
        epilog=_EXAMPLES,
    )
    _parser.global_options(parser)
    parser.set_defaults(parser=parser)
    group = parser.add_subparsers(dest="schema_command", metavar="COMMAND", required=True, title="commands")
    for command in _COMMANDS:
        command.add(group)
