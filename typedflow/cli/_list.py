"""``typedflow list``: the flows of a project, their bindings, and what each resolves to."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from typedflow.cli import _parser

if TYPE_CHECKING:
    from typedflow.cli._attempts import Attempt
    from typedflow.project import ChosenEnvironment, Project
    from typedflow.values import Diagnostic

_EXAMPLES = """\
examples:
  typedflow list
  typedflow list --env production
  typedflow list --format json

An identity names a flow, a binding and the digest of the compiled config: equal settings, equal identity. Where the
branch chooses the environment and none is known, environment and identity are `?`.

keys of the JSON: version (1), environment, and units: each with name, file, config and bindings; each of those with
binding, valid, digest and identity (both null where the binding does not resolve); with the environment `?`, valid is
null, too
"""
_UNKNOWN = "?"
_HEADERS = ("FLOW", "BINDING", "ENVIRONMENT", "IDENTITY", "FILE")


def add(commands: _parser.Commands) -> None:
    """Add the command."""
    parser = _parser.add_command(commands, "list", run, "list flows, bindings and resolved identities", _EXAMPLES)
    _parser.environment_option(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


def run(arguments: argparse.Namespace) -> int:
    """Print every variant of the project; those that do not resolve are listed as invalid, and reported."""
    from typedflow.cli._chosen import opened
    from typedflow.cli._console import report
    from typedflow.cli._findings import exit_code
    from typedflow.values import merge_findings

    project = opened(arguments)
    environment = _environment(project, arguments.env)
    findings: list[Diagnostic] = []
    units = [_unit(project, name, environment, findings) for name in project.manifest.flows]
    shown = environment.name if environment else _UNKNOWN
    _print({"version": 1, "environment": shown, "units": units}, arguments.format)
    report(merge_findings(findings), project.root)
    return exit_code(findings)


def _environment(project: Project, named: str | None) -> ChosenEnvironment | None:
    """Return the environment that is listed, and say it; None where no branch is known, with what to do."""
    from typedflow.cli._console import say
    from typedflow.cli._environment import chosen_environment, say_environment
    from typedflow.values import TypedflowError

    try:
        chosen = chosen_environment(project, named)
    except TypedflowError as error:
        unknown = next((item for item in error.diagnostics if item.rule.name == "unknown-branch"), None)
        if unknown is None:
            raise
        say(f"environment {_UNKNOWN}: {unknown.message}; {unknown.hint}")
        return None
    say_environment(chosen)
    return chosen


def _unit(
    project: Project, name: str, environment: ChosenEnvironment | None, findings: list[Diagnostic]
) -> dict[str, Any]:
    from typedflow.cli._attempts import attempts
    from typedflow.values import TypedflowError

    unit = project.manifest.flows[name]
    rows = []
    try:
        bindings = project.bindings(name)
        if environment is None:
            rows = [_invalid(binding, valid=None) for binding in bindings]
        for attempt in attempts(project, name, bindings, environment) if environment else ():
            findings += attempt.diagnostics
            rows.append(_row(name, attempt, findings))
    except TypedflowError as error:  # a declared binding that has no file
        findings += error.diagnostics
        rows = [_invalid(binding) for binding in unit.bindings]
    return {"name": name, "file": unit.file, "config": unit.config, "bindings": rows}


def _row(flow: str, attempt: Attempt, findings: list[Diagnostic]) -> dict[str, Any]:
    from typedflow.project import identity
    from typedflow.values import TypedflowError

    if attempt.resolved is None:
        return _invalid(attempt.binding)
    try:
        digest = identity(attempt.resolved)
    except TypedflowError as error:
        findings += error.diagnostics
        return _invalid(attempt.binding)
    name = f"{flow}.{attempt.binding}.{digest}"
    return {"binding": attempt.binding, "valid": True, "digest": digest, "identity": name}


def _invalid(binding: str, *, valid: bool | None = False) -> dict[str, Any]:
    return {"binding": binding, "valid": valid, "digest": None, "identity": None}


def _print(listing: dict[str, Any], format: str) -> None:  # noqa: A002 # the option's name
    from typedflow.cli._console import put_json, put_table

    if format == "json":
        put_json(listing)
        return
    rows = [
        (unit["name"], row["binding"], listing["environment"] or "-", _identity(row), unit["file"])
        for unit in listing["units"]
        for row in unit["bindings"]
    ]
    put_table(_HEADERS, rows)


def _identity(row: dict[str, Any]) -> str:
    return _UNKNOWN if row["valid"] is None else row["identity"] or "invalid"
