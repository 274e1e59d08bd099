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


def add(commands: _parser.Commands) -> None:
    """Add the command."""
    parser = _parser.add_command(commands, "init", run, "make a project that works at once", _EXAMPLES)
    parser.add_argument("directory", metavar="DIR", nargs="?", help="where to (default: here)")


def run(arguments: argparse.Namespace) -> int:
    """Write the files of a new project, or none."""
    from pathlib import Path

    from typedflow.cli._console import put_lines, say
    from typedflow.cli._starter import FILES, NEXT
    from typedflow.workspace import write_all

    if arguments.project is not None and arguments.directory is not None:
        arguments.parser.error("--project and DIR are the same thing here: give one of them")
    root = Path(arguments.directory or arguments.project or ".")
    files = {root / name: text for name, text in FILES.items()}
    _refuse_existing(files)
    ignore = root / ".gitignore"
    write_all({**files, ignore: _ignored(ignore)})
    put_lines(file.as_posix() for file in (*files, ignore))
    say("", "Now run it:", f"  {_change_to(root)}{NEXT}")
    return 0


def _refuse_existing(files: dict[Path, str]) -> None:
    from typedflow.values import Location, TypedflowError
    from typedflow.workspace import is_there, unwritable_file

    message = "the file is there already, and `init` overwrites nothing"
    hint = "make the project in another directory: `typedflow init DIR`"
    found = [file for file in files if is_there(file)]
    if found:
        places = (Location(file.as_posix()) for file in found)
        raise TypedflowError(unwritable_file(message, place, hint=hint) for place in places)


def _ignored(file: Path) -> str:
    """Give the text of .gitignore with what runs leave behind."""
    from typedflow.cli._starter import IGNORED
    from typedflow.workspace import is_there, read_source

    text = read_source(file).text if is_there(file) else ""
    lines = [line.rstrip("\r") for line in text.split("\n")]
    missing = [line for line in IGNORED if line not in lines]
    if text and not text.endswith("\n"):
        text += "\n"
    return text + "".join(f"{line}\n" for line in missing)


def _change_to(root: Path) -> str:
    from typedflow.render import shell_line
    from typedflow.workspace import real_path, working_directory

    return "" if real_path(root) == real_path(working_directory()) else f"cd {shell_line([root.as_posix()])} && "
