"""``typedflow stubs``: write type stubs for Metaflow where type checkers find them."""

from __future__ import annotations

import argparse

from typedflow.cli import _parser

_EXAMPLES = """\
mypy needs `mypy_path = "typings"`; docs/type-checkers.md has the settings of ty and pyrefly, too.
Files that this command did not write are never overwritten: if one is in the way, nothing is written.

examples:
  typedflow stubs                    write them to typings/metaflow, where Pylance and pyright look
  typedflow stubs types              write them to types/metaflow
  typedflow stubs --check            write nothing; exit with 1 if they are missing or not current
"""
_DIRECTORY = "typings"


def add(commands: _parser.Commands) -> None:
    """Add the command."""
    parser = _parser.add_command(commands, "stubs", run, "write type stubs for Metaflow", _EXAMPLES)
    parser.add_argument("directory", metavar="DIR", nargs="?", help=f"the directory (default: {_DIRECTORY})")
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if stubs are not current")


def run(arguments: argparse.Namespace) -> int:
    """Write the stubs, or name those that would be written."""
    from pathlib import Path

    from typedflow.cli._console import put_lines, say
    from typedflow.cli._exit_codes import FINDINGS
    from typedflow.operations import write_stubs

    folder = Path(arguments.project or ".") / (arguments.directory or _DIRECTORY) / "metaflow"
    found = write_stubs(folder, check=arguments.check)
    files = (*found.changed, *found.stale)
    put_lines(file.as_posix() for file in files)
    if arguments.check and files:
        say("these are missing or not current: run `typedflow stubs` with the same DIR")
        return FINDINGS
    return 0
