"""``typedflow table types``: write the Python module with the types of the tables."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from typedflow.cli import _parser

if TYPE_CHECKING:
    from pathlib import Path

    from typedflow.operations import WrittenTypes

_EXAMPLES = """\
The module has a class for each table: `Column`, the names of its columns, and `Row`, the type of its rows; and the
class `Tables` for `TablesMixin`. It is `tables.py` beside the file of the project's model, or the manifest's
`table_types`. No code of the project is imported. A file that this command did not write is never overwritten.

exit codes: 0 written, or up to date; 1 an error in a table's file, or with --check a file that is not current; 2 an
invalid command line, or another file is in the way

keys of the JSON: version (1), file, changed (with --check: whether it would be), classes (by the names of the tables),
diagnostics (as in `typedflow check --format json`)

examples:
  typedflow table types                        write flows/tables.py
  typedflow table types --check                write nothing; fail if it is not current
  typedflow table types --format json          which class each table has
"""


def add(commands: _parser.Commands) -> None:
    """Add the command."""
    summary = "write the Python module with the types of the tables"
    parser = _parser.add_command(commands, "types", run, summary, _EXAMPLES)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if the file is not current")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="output format (default: text)")


def run(arguments: argparse.Namespace) -> int:
    """Write the file, or report what differs."""
    from typedflow.cli._console import put_lines, report
    from typedflow.cli._exit_codes import exit_code
    from typedflow.cli._open import open_named_project
    from typedflow.operations import write_table_types
    from typedflow.workspace import display_name

    project = open_named_project(arguments)
    done = write_table_types(project, check=arguments.check)
    name = display_name(done.file, project.root)
    if arguments.format == "json":
        _put_json(done, name, project.root)
    else:
        put_lines([name] if done.is_changed else [])
        report(done.findings, project.root)
    return exit_code(done.findings)


def _put_json(done: WrittenTypes, name: str, root: Path) -> None:
    import json

    from typedflow.cli._console import put_json
    from typedflow.render import report
    from typedflow.values import Report

    found = json.loads(report(Report(done.findings), format="json", root=root))["diagnostics"]
    classes = dict(done.classes)
    put_json({"version": 1, "file": name, "changed": done.is_changed, "classes": classes, "diagnostics": found})
