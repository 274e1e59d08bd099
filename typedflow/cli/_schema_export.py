"""``typedflow schema export``: the JSON Schemas of a project's configs, as files."""

from __future__ import annotations

import argparse

from typedflow.cli import _parser

_EXAMPLES = """\
examples:
  typedflow schema export                       write schemas/settings.schema.json and others
  typedflow schema export --draft 7             for tools that do not know JSON Schema 2020-12
  typedflow schema export --flow training       only what this flow takes
  typedflow schema export --check               write nothing; tell what is not current

Each config has two: one for files that hold everything, and one for overlays (bindings, environments), where nothing is
required and `$merge` is known. The configs that flows have of their own are FLOW.CONFIG.schema.json. Files that are not
from this command are never overwritten: where one is in the way, nothing is written.

exit codes: 0 done, or nothing to do; 1 with --check, where something is not current; 2 what cannot be exported
"""
_DIRECTORY = "schemas"


def add(commands: _parser.Commands) -> None:
    """Add the command."""
    parser = _parser.add_command(commands, "export", run, "write the JSON Schemas of the project's configs", _EXAMPLES)
    text = f"where to, from the project's directory (default: {_DIRECTORY})"
    parser.add_argument("--output", metavar="DIR", default=_DIRECTORY, help=text)
    parser.add_argument(
        "--draft", choices=("2020-12", "7"), default="2020-12", help="of JSON Schema (default: 2020-12)"
    )
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 where a schema is not current")
    text = "only the configs of this flow"
    _parser.completed(parser.add_argument("--flow", metavar="FLOW", help=text), "units")


def run(arguments: argparse.Namespace) -> int:
    """Write the schemas, or name those that would be written."""
    from typedflow.cli._console import put_lines, report
    from typedflow.cli._findings import exit_code
    from typedflow.cli._open import open_named_project
    from typedflow.operations import export_schemas

    project = open_named_project(arguments)
    options = {"output": arguments.output, "draft": arguments.draft, "flow": arguments.flow}
    found = export_schemas(project, **options, check=arguments.check)
    put_lines(found.files)
    if not arguments.check:
        return 0
    report(found.findings, project.root)
    return exit_code(found.findings)
