"""``typedflow table import``: declare a table of the engine."""

from __future__ import annotations

import argparse

from typedflow.cli import _parser

_EXAMPLES = """\
The file has the columns that the engine has, with their types. A column whose type typedflow does not have gets none,
and is not checked. An existing file is never replaced.

exit codes: 0 the file is written, 1 findings in the project's files, 2 an invalid command line, or the database cannot
be used

examples:
  typedflow table import shop.titles                     write schemas/titles.src.yaml
  typedflow table import shop.titles --name shop_titles
  typedflow table import shop.titles --to tables/titles.src.yaml
"""


def add(commands: _parser.Commands) -> None:
    """Add the command."""
    summary = "declare a table of the engine as an external one"
    parser = _parser.add_command(commands, "import", run, summary, _EXAMPLES)
    parser.add_argument("table", metavar="TABLE", type=_parser.filled, help="its name in the engine: schema.table")
    text = "its name in the project (default: the last part of TABLE)"
    parser.add_argument("--name", metavar="NAME", type=_parser.filled, help=text)
    text = "the file (default: NAME.src.yaml, where a glob of the manifest finds it)"
    parser.add_argument("--to", metavar="FILE", type=_parser.filled, help=text)
    _parser.environment_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the file, and print its name."""
    from pathlib import Path

    from typedflow.cli._console import put_lines, say
    from typedflow.cli._open import open_named_project
    from typedflow.cli._table_text import say_chosen
    from typedflow.operations import import_table
    from typedflow.workspace import from_here

    project = open_named_project(arguments)
    found = import_table(
        project,
        arguments.table,
        name=arguments.name,
        to=Path(arguments.to) if arguments.to else None,
        environment=arguments.env,
        on_event=say_chosen,
    )
    put_lines([from_here(found.file)])
    if found.left_out:
        say(f"columns that cannot be declared are left out: {', '.join(found.left_out)}")
    if not found.is_declared:
        say(f"no glob of {project.source.name} matches the file: declare it as `[tables.{found.name}]`")
    return 0
