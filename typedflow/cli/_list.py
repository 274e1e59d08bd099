"""``typedflow list``: the units of a project, their bindings, and what each resolves to."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from typedflow.cli import _parser

if TYPE_CHECKING:
    from collections.abc import Iterable

    from typedflow.operations import Event, ListedUnit, ListedVariant, Listing

_EXAMPLES = """\
An identity consists of the project, the branch, the binding and the flow: `demo.branch_main.EXP_01.training`; a part
that is not known, or that a flow does not have, is left out. The digest is that of the compiled config: equal settings
have equal digests. If the branch chooses the environment and no branch is known, environment and digest are `?`.

keys of the JSON: version (2), project (its name, or null), environment, and units: each with kind (`flow`), name, file,
config, bound and bindings; each of those with binding, identity, valid, and digest (null where the binding does not
resolve); with the environment `?`, valid is null, too; and skipped: for each glob of the manifest, its kind, glob and
the files that have no unit

A table has PATH, its name in the engine, in place of the identity; in the JSON, each of its bindings has table, and the
table has external (null if its file is invalid).

A flow without bindings has `-` in the table; its binding is called `default`, also in the JSON.

examples:
  typedflow list
  typedflow list tables
  typedflow list --env production
  typedflow list --format json
"""
_UNKNOWN = "?"
_KINDS = {"flows": "flow", "tables": "table"}
#: A table's identity is its name in the engine.
_PATH = "PATH"
_HEADERS = ("BINDING", "ENVIRONMENT", "IDENTITY", "DIGEST", "FILE")


def add(commands: _parser.Commands) -> None:
    """Add the command."""
    summary = "list the flows of a project, their bindings and identities"
    parser = _parser.add_command(commands, "list", run, summary, _EXAMPLES)
    text = "only units of this kind (default: all)"
    parser.add_argument("kind", metavar="KIND", nargs="?", choices=tuple(_KINDS), help=f"{text}: {', '.join(_KINDS)}")
    _parser.environment_option(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="output format (default: text)")


def run(arguments: argparse.Namespace) -> int:
    """Print every variant of the project; those that do not resolve are listed as invalid, and reported."""
    from typedflow.cli._console import report
    from typedflow.cli._exit_codes import exit_code
    from typedflow.cli._list_notes import say_no_units, say_project, say_skipped
    from typedflow.cli._open import open_named_project
    from typedflow.operations import list_project

    project = open_named_project(arguments)
    say_project(project.root)
    found = list_project(project, kind=_KINDS.get(arguments.kind), environment=arguments.env, on_event=_show)
    _print(found, project.manifest.project, arguments.format)
    say_skipped(found)
    if not found.units:
        say_no_units(project, arguments.kind)
    report(found.findings, project.root)
    return exit_code(found.findings)


def _show(event: Event) -> None:
    """Print the environment that is listed, or that it is unknown, and what to do."""
    from typedflow.cli._console import say
    from typedflow.cli._environment import say_environment
    from typedflow.operations import EnvironmentChosen, EnvironmentUnknown

    if isinstance(event, EnvironmentChosen):
        say_environment(event.environment)
    elif isinstance(event, EnvironmentUnknown):
        say(f"environment {_UNKNOWN}: {event.diagnostic.message}; {event.diagnostic.hint}")


def _print(found: Listing, project: str | None, format: str) -> None:  # noqa: A002 # the option's name
    from typedflow.cli._console import put, put_json, put_table

    shown = found.environment.name if found.environment else _UNKNOWN
    if format == "json":
        skipped = [{"kind": each.kind, "glob": each.glob, "files": each.files} for each in found.skipped]
        data = {"version": 2, "project": project, "environment": shown}
        put_json({**data, "units": list(map(_data, found.units)), "skipped": skipped})
        return
    for number, kind in enumerate(dict.fromkeys(unit.kind for unit in found.units)):
        units = [unit for unit in found.units if unit.kind == kind]
        if number:
            put("\n")
        headers = [_PATH if kind == "table" and header == "IDENTITY" else header for header in _HEADERS]
        put_table((kind.upper(), *headers), _rows(units, shown))


def _rows(units: Iterable[ListedUnit], shown: str | None) -> list[tuple[str, ...]]:
    return [
        (
            unit.name,
            _binding(unit, each),
            shown or "-",
            (each.table if unit.kind == "table" else each.identity) or _UNKNOWN,
            each.digest or _problem(each),
            unit.file,
        )
        for unit in units
        for each in unit.variants
    ]


def _data(unit: ListedUnit) -> dict[str, Any]:
    rows: list[dict[str, Any]] = [
        {"binding": each.binding, "identity": each.identity, "valid": each.is_valid, "digest": each.digest}
        for each in unit.variants
    ]
    if unit.kind == "table":
        rows = [{**row, "table": each.table} for row, each in zip(rows, unit.variants, strict=True)]
    about = {"kind": unit.kind, "name": unit.name, "file": unit.file, **unit.description}
    return {**about, "bound": unit.is_bound, "bindings": rows}


def _binding(unit: ListedUnit, variant: ListedVariant) -> str:
    return variant.binding if unit.is_bound else "-"


def _problem(variant: ListedVariant) -> str:
    return _UNKNOWN if variant.is_valid is None else "invalid"
