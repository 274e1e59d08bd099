"""``typedflow schema export``: write the JSON Schemas of a project's configs."""

from __future__ import annotations

import argparse

from typedflow.cli import _parser

_EXAMPLES = """\
Each config has two schemas: one for complete files, and one for overlays (bindings, environments), which requires no
keys and accepts `$merge`. The schema of a flow's own config is FLOW.CONFIG.schema.json. Files that this command did not
write are never overwritten: if one is in the way, nothing is written.

exit codes: 0 done, or nothing to do; 1 with --check, a schema is not current; 2 a model cannot be exported

examples:
  typedflow schema export                       write schemas/settings.schema.json and others
  typedflow schema export --draft 7             for tools that do not support JSON Schema 2020-12
  typedflow schema export --flow training       only the configs of this flow
  typedflow schema export --check               write nothing; report which schemas are not current
"""
_DIRECTORY = "schemas"


def add(commands: _parser.Commands) -> None:
    """Add the command."""
    parser = _parser.add_command(commands, "export", run, "write the JSON Schemas of the project's configs", _EXAMPLES)
    text = f"the directory for the schemas, relative to the project (default: {_DIRECTORY})"
    parser.add_argument("--output", metavar="DIR", default=_DIRECTORY, help=text)
    parser.add_argument(
        "--draft", choices=("2020-12", "7"), default="2020-12", help="the draft of JSON Schema (default: 2020-12)"
    )
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if a schema is not current")
    text = "only the configs of this flow"
    _parser.completed(parser.add_argument("--flow", metavar="FLOW", help=text), "units")


def run(arguments: argparse.Namespace) -> int:
    """Write the schemas, or name those that would be written."""
    from typedflow.cli._console import put_lines, report
    from typedflow.cli._exit_codes import exit_code
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
