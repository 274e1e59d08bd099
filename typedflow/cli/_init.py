"""``typedflow init``: a new project that works at once."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from typedflow.cli import _parser

if TYPE_CHECKING:
    from pathlib import Path

_EXAMPLES = """\
examples:
  typedflow init
  typedflow init experiments

Files that exist are never overwritten: where one is in the way, nothing is written. A .gitignore gets new lines.
"""
_NEXT = "typedflow run training --binding EXP_01"


def add(commands: _parser.Commands) -> None:
    """Add the command."""
    parser = _parser.add_command(commands, "init", run, "make a project that works at once", _EXAMPLES)
    parser.add_argument("directory", metavar="DIR", nargs="?", help="where to (default: here)")


def run(arguments: argparse.Namespace) -> int:
    """Write the files of a new project, or none."""
    from pathlib import Path

    from typedflow.cli._console import put_lines, say
    from typedflow.operations import init_project

    if arguments.project is not None and arguments.directory is not None:
        arguments.parser.error("--project and DIR are the same thing here: give one of them")
    root = Path(arguments.directory or arguments.project or ".")
    put_lines(file.as_posix() for file in init_project(root))
    say("", "Now run it:", f"  {_change_to(root)}{_NEXT}")
    return 0


def _change_to(root: Path) -> str:
    from typedflow.render import shell_line
    from typedflow.workspace import real_path, working_directory

    return "" if real_path(root) == real_path(working_directory()) else f"cd {shell_line([root.as_posix()])} && "
