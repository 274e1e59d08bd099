"""``typedflow schema install``: editors that know the schemas of a project's files."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from typedflow.cli import _parser

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pydantic import BaseModel

    from typedflow.project import Project, SchemaFiles
    from typedflow.workspace import Edit

_EXAMPLES = """\
examples:
  typedflow schema install                           a line in each settings file that names its schema
  typedflow schema install --editor vscode           VS Code's settings instead, and no line in the files
  typedflow schema install --editor taplo --editor neovim
  typedflow schema install --dry-run                 what would change, as a patch, and change nothing
  typedflow schema install --remove                  take the lines out again (with --editor: its settings)

Global settings get the full schema, bindings and environments the overlay, typedflow.toml its own. Schemas that are
missing or not current are exported first. A second run changes nothing; what else is in a file stays as it is.

exit codes: 0 done, or nothing to do; 2 a wrong command line, or a file that cannot be edited: then none is
"""
_DRAFT_7 = '"$schema": "http://json-schema.org/draft-07/schema#"'
_EDITORS = ("vscode", "taplo", "tombi", "pycharm", "neovim")


def add(commands: _parser.Commands) -> None:
    """Add the command."""
    parser = _parser.add_command(commands, "install", run, "tell editors the schemas of the settings files", _EXAMPLES)
    text = "write this editor's settings instead of lines in the files; may be repeated"
    parser.add_argument("--editor", choices=_EDITORS, action="append", default=[], help=text)
    parser.add_argument("--output", metavar="DIR", default="schemas", help="where the schemas are (default: schemas)")
    parser.add_argument("--remove", action="store_true", help="take out what this command has put in; schemas stay")
    parser.add_argument("--dry-run", action="store_true", help="show the changes as a patch, and make none")


def run(arguments: argparse.Namespace) -> int:
    """Plan all edits, then show or make them."""
    from typedflow.cli._chosen import command_line, opened
    from typedflow.workspace import apply_edits

    project = opened(arguments)
    edits = command_line(lambda: _edits(project, arguments))
    if arguments.dry_run:
        _show(edits)
    else:
        command_line(lambda: apply_edits(edits))
        _tell(edits, replacing=not arguments.remove)
    return 0


def _edits(project: Project, arguments: argparse.Namespace) -> list[Edit]:
    from typedflow.cli._chosen import wrong
    from typedflow.project import editor_edits, schema_edits

    if any(map(str.isspace, arguments.output)):
        raise wrong("editors end the name of a schema at a blank", option=f"--output {arguments.output}")
    files = _places(project.root / arguments.output)
    edits = editor_edits(project, files, arguments.editor, remove=arguments.remove)
    return edits if arguments.remove else [*schema_edits(_schemas(project, files), project.root), *edits]


def _show(edits: Iterable[Edit]) -> None:
    from typedflow.check import difference
    from typedflow.cli._console import put, say
    from typedflow.workspace import display_name, working_directory

    for edit in edits:
        lines = difference(display_name(edit.file, working_directory()), edit.before or "", edit.after or "")
        old, new, rest = lines.split("\n", 2)
        old, new = "--- /dev/null" if edit.before is None else old, "+++ /dev/null" if edit.after is None else new
        put(f"{old}\n{new}\n{rest}")
    if not edits:
        say("nothing to do")


def _tell(edits: list[Edit], *, replacing: bool) -> None:
    from typedflow.cli._console import put_lines, say
    from typedflow.project import schema_before
    from typedflow.workspace import display_name, working_directory

    for edit in edits:
        name = display_name(edit.file, working_directory())
        put_lines([name])
        replaced = schema_before(edit) if replacing else None
        if replaced is not None and replaced not in (edit.after or ""):
            say(f"{name}: it named the schema {replaced}")
    if not edits:
        say("nothing to do")


def _places(folder: Path) -> SchemaFiles:
    from typedflow.project import SchemaFiles

    names = ("settings.schema.json", "settings.overlay.schema.json", "typedflow.schema.json")
    return SchemaFiles(*(folder / name for name in names))


def _schemas(project: Project, files: SchemaFiles) -> dict[Path, str]:
    """Give the texts of a project's schemas, in the draft that those have which are there."""
    from typedflow.project import Manifest
    from typedflow.schema import Draft, schema_text
    from typedflow.workspace import exact_text

    def text(file: Path, model: type[BaseModel], *, overlay: bool = False) -> str:
        draft: Draft = "7" if _DRAFT_7 in (exact_text(file, project.root) or "") else "2020-12"
        return schema_text(model, overlay=overlay, draft=draft)

    return {
        files.full: text(files.full, project.model),
        files.overlay: text(files.overlay, project.model, overlay=True),
        files.manifest: text(files.manifest, Manifest),
    }
