"""``typedflow stubs``: type stubs for Metaflow, written where type checkers find them."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from typedflow.cli import _parser

if TYPE_CHECKING:
    from pathlib import Path

_EXAMPLES = """\
examples:
  typedflow stubs                    write them to typings/metaflow, where Pylance and pyright look
  typedflow stubs types              write them to types/metaflow
  typedflow stubs --check            write nothing; exit with 1 where they are not there, or not current

mypy needs `mypy_path = "typings"`; docs/type-checkers.md has the settings of ty and pyrefly, too.
Files that are not from this command are never overwritten: where one is in the way, nothing is written.
"""
_DIRECTORY = "typings"
_SUFFIX = ".pyi"
_OURS = "# Made by typedflow's stubs/generate.py"


def add(commands: _parser.Commands) -> None:
    """Add the command."""
    parser = _parser.add_command(commands, "stubs", run, "write type stubs for Metaflow", _EXAMPLES)
    parser.add_argument("directory", metavar="DIR", nargs="?", help=f"where to (default: {_DIRECTORY})")
    parser.add_argument("--check", action="store_true", help="only tell whether the stubs are there, and current")


def run(arguments: argparse.Namespace) -> int:
    """Write the stubs, or name those that would be written."""
    from pathlib import Path

    from typedflow.cli._console import put_lines, say
    from typedflow.cli._findings import FINDINGS
    from typedflow.workspace import read_tree, write_tree

    folder = Path(arguments.project or ".") / (arguments.directory or _DIRECTORY) / "metaflow"
    shipped = _shipped()
    found = read_tree(folder, _SUFFIX)
    _refuse_foreign(folder, shipped, found)
    changed = {name: text for name, text in shipped.items() if found.get(name) != text}
    stale = [name for name, text in found.items() if name not in shipped and text.startswith(_OURS)]
    if not arguments.check:
        write_tree(folder, changed, stale)
    put_lines((folder / name).as_posix() for name in (*changed, *stale))
    if arguments.check and (changed or stale):
        say("these are missing or not current: run `typedflow stubs` with the same DIR")
        return FINDINGS
    return 0


def _shipped() -> dict[str, str]:
    """Give the stubs that this installation carries."""
    from typedflow.workspace import read_source, read_tree, stubs_folder

    folder = stubs_folder()
    read_source(folder / "__init__.pyi")  # an installation without stubs has none to write, and says so
    return read_tree(folder, _SUFFIX)


def _refuse_foreign(folder: Path, shipped: dict[str, str], found: dict[str, str]) -> None:
    from typedflow.cli._chosen import CommandLineError
    from typedflow.values import Location
    from typedflow.workspace import unwritable_file

    message = "the file is not from `typedflow stubs`, which overwrites no other"
    hint = "write the stubs to another directory: `typedflow stubs DIR`"
    foreign = [name for name, text in found.items() if name in shipped and not text.startswith(_OURS)]
    places = (Location((folder / name).as_posix()) for name in foreign)
    if foreign:
        raise CommandLineError(unwritable_file(message, place, hint=hint) for place in places)
