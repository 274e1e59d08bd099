"""``typedflow init``: create a project that runs immediately."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from typedflow.cli import _parser

if TYPE_CHECKING:
    from pathlib import Path

_EXAMPLES = """\
Existing files are never overwritten: if one of the files exists, nothing is written. Only a .gitignore gets new lines.

examples:
  typedflow init
  typedflow init experiments
"""
_NEXT = "typedflow run training --binding EXP_01"


def add(commands: _parser.Commands) -> None:
    """Add the command."""
    parser = _parser.add_command(commands, "init", run, "create a project that runs immediately", _EXAMPLES)
    parser.add_argument(
        "directory", metavar="DIR", nargs="?", help="the project's directory (default: the working directory)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write all files of a new project, or none."""
    from pathlib import Path

    from typedflow.cli._console import put_lines, say
    from typedflow.operations import init_project

    if arguments.project is not None and arguments.directory is not None:
        arguments.parser.error("--project and DIR mean the same: use only one of them")
    root = Path(arguments.directory or arguments.project or ".")
    put_lines(file.as_posix() for file in init_project(root))
    say("", "Now run it:", f"  {_change_to(root)}{_NEXT}")
    return 0


def _change_to(root: Path) -> str:
    from typedflow.render import shell_line
    from typedflow.workspace import real_path, working_directory

    return "" if real_path(root) == real_path(working_directory()) else f"cd {shell_line([root.as_posix()])} && "
