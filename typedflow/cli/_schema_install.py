"""``typedflow schema install``: configure editors to use the schemas of a project's files."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from typedflow.cli import _parser

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typedflow.workspace import Edit

_EXAMPLES = """\
Global settings get the full schema, bindings and environments the overlay schema; typedflow.toml and tables have their
own. Schemas that are missing or not current are exported first. A second run changes nothing; other content of a file
stays as it is.

exit codes: 0 done, or nothing to do; 2 an invalid command line, or a file that cannot be edited: then no file is edited

examples:
  typedflow schema install                           add a line with its schema to each settings file
  typedflow schema install --editor vscode           write VS Code's settings instead; leave the files alone
  typedflow schema install --editor taplo --editor neovim
  typedflow schema install --dry-run                 show the changes as a patch, and change nothing
  typedflow schema install --remove                  remove the lines (with --editor: its settings)
"""
_EDITORS = ("vscode", "taplo", "tombi", "pycharm", "neovim")


def add(commands: _parser.Commands) -> None:
    """Add the command."""
    summary = "configure editors to use the schemas of the settings files"
    parser = _parser.add_command(commands, "install", run, summary, _EXAMPLES)
    text = "write this editor's settings instead of lines in the files; can be repeated"
    parser.add_argument("--editor", choices=_EDITORS, action="append", default=[], help=text)
    parser.add_argument("--output", metavar="DIR", default="schemas", help="where the schemas are (default: schemas)")
    parser.add_argument("--remove", action="store_true", help="remove what this command added, but keep the schemas")
    parser.add_argument("--dry-run", action="store_true", help="show the changes as a patch, and change nothing")


def run(arguments: argparse.Namespace) -> int:
    """Show or make all edits."""
    from typedflow.cli._open import open_named_project
    from typedflow.operations import install_schemas

    project = open_named_project(arguments)
    edits = install_schemas(
        project,
        editors=arguments.editor,
        output=arguments.output,
        remove=arguments.remove,
        dry_run=arguments.dry_run,
    )
    if arguments.dry_run:
        _show(edits)
    else:
        _tell(edits, replacing=not arguments.remove)
    return 0


def _show(edits: Sequence[Edit]) -> None:
    from typedflow.check import unified_patch
    from typedflow.cli._console import put, say
    from typedflow.workspace import display_name, working_directory

    for edit in edits:
        lines = unified_patch(display_name(edit.file, working_directory()), edit.before or "", edit.after or "")
        old, new, rest = lines.split("\n", 2)
        old, new = "--- /dev/null" if edit.before is None else old, "+++ /dev/null" if edit.after is None else new
        put(f"{old}\n{new}\n{rest}")
    if not edits:
        say("nothing to do")


def _tell(edits: Sequence[Edit], *, replacing: bool) -> None:
    from typedflow.cli._console import put_lines, say
    from typedflow.project import schema_before
    from typedflow.workspace import display_name, working_directory

    for edit in edits:
        name = display_name(edit.file, working_directory())
        put_lines([name])
        replaced = schema_before(edit) if replacing else None
        if replaced is not None and replaced not in (edit.after or ""):
            say(f"{name}: replaced the schema {replaced}")
    if not edits:
        say("nothing to do")
