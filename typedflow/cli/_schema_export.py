"""``typedflow schema export``: the JSON Schemas of a project's configs, as files."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from typedflow.cli import _parser

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pydantic import BaseModel

    from typedflow.project import Project
    from typedflow.values import Diagnostic

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
_SUFFIX = ".schema.json"
_MANIFEST = "typedflow.schema.json"  # what `typedflow schema install` writes beside them


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
    _parser.completed(parser.add_argument("--flow", metavar="FLOW", help=text), "flows")


def run(arguments: argparse.Namespace) -> int:
    """Write the schemas, or name those that would be written."""
    from typedflow.cli._chosen import command_line, opened
    from typedflow.cli._console import put_lines
    from typedflow.schema import is_exported, schema_texts
    from typedflow.workspace import display_name, read_tree, write_tree

    project = opened(arguments)
    folder = project.root / arguments.output
    texts = command_line(lambda: schema_texts(_models(project, arguments.flow), draft=arguments.draft))
    found = command_line(lambda: read_tree(folder, _SUFFIX))
    changed = {name: text for name, text in texts.items() if found.get(name) != text}
    ours = [name for name, text in found.items() if is_exported(text)]
    _refuse_foreign(folder, project, [name for name in changed if name in found and name not in ours])
    stale = [] if arguments.flow else [name for name in ours if name not in {*texts, _MANIFEST} and "/" not in name]
    if not arguments.check:
        command_line(lambda: write_tree(folder, changed, stale))
    put_lines(display_name(folder / name, project.root) for name in (*changed, *stale))
    return _judged(folder, project, found, {**dict.fromkeys(stale), **changed}) if arguments.check else 0


def _judged(folder: Path, project: Project, found: dict[str, str], today: dict[str, str | None]) -> int:
    from typedflow.cli._console import report
    from typedflow.cli._findings import exit_code
    from typedflow.schema import drift
    from typedflow.workspace import display_name

    names = sorted(today)
    findings = [drift(display_name(folder / name, project.root), found.get(name), today[name]) for name in names]
    report(findings, project.root)
    return exit_code(findings)


def _models(project: Project, flow: str | None) -> dict[str, type[BaseModel]]:
    """Give the models of a project's configs, or of one flow's, by the names of their schemas.

    Raises:
        TypedflowError: what is wrong with the settings' model; ``unknown-flow``; ``import-failed`` of each flow.
    """
    from typedflow.cli._promises import SETTINGS
    from typedflow.values import TypedflowError

    models = {SETTINGS: project.model}
    problems: list[Diagnostic] = []
    for name in project.manifest.flows if flow is None else [flow]:
        try:
            models |= {f"{name}.{config}": model for config, model in _own_models(project, name).items()}
        except TypedflowError as error:
            problems += error.diagnostics
    if problems:
        raise TypedflowError(problems)
    return models


def _own_models(project: Project, flow: str) -> dict[str, type[BaseModel]]:
    import contextlib
    import sys

    from typedflow.cli._promises import own_models
    from typedflow.values import Location, TypedflowError, raised_at
    from typedflow.workspace import import_failed

    file = project.unit(flow).file
    try:
        with contextlib.redirect_stdout(sys.stderr):
            return own_models(project, flow)
    except TypedflowError:
        raise
    except (Exception, SystemExit) as error:  # noqa: BLE001 # the user's file decides what is raised
        message = f"importing {file} fails: {type(error).__name__}: {error}"
        raise TypedflowError([import_failed(message, raised_at(error) or Location(file))]) from None


def _refuse_foreign(folder: Path, project: Project, names: Iterable[str]) -> None:
    from typedflow.cli._chosen import CommandLineError
    from typedflow.values import Location
    from typedflow.workspace import display_name, unwritable_file

    message = "the file is not from `typedflow schema export`, which overwrites no other"
    hint = "write the schemas to another directory: `--output DIR`"
    places = [Location(display_name(folder / name, project.root)) for name in names]
    if places:
        raise CommandLineError(unwritable_file(message, place, hint=hint) for place in places)
