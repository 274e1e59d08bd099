"""``typedflow list``: the flows of a project, their bindings, and what each resolves to."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from typedflow.cli import _parser

if TYPE_CHECKING:
    from typedflow.cli._attempts import Attempt
    from typedflow.project import Project
    from typedflow.values import Diagnostic

_EXAMPLES = """\
examples:
  typedflow list
  typedflow list --env production
  typedflow list --format json

An identity names a flow, a binding and the digest of the compiled config: equal settings, equal identity.

keys of the JSON: version (1), environment, and units: each with name, file, config and bindings; each of those with
binding, valid, digest and identity (both null where the binding does not resolve)
"""
_HEADERS = ("FLOW", "BINDING", "ENVIRONMENT", "IDENTITY", "FILE")


def add(commands: _parser.Commands) -> None:
    """Add the command."""
    parser = _parser.add_command(commands, "list", run, "list flows, bindings and resolved identities", _EXAMPLES)
    _parser.environment_option(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


def run(arguments: argparse.Namespace) -> int:
    """Print every variant of the project; those that do not resolve are listed as invalid, and reported."""
    from typedflow.cli._chosen import check_environment, opened
    from typedflow.cli._console import report
    from typedflow.cli._findings import exit_code, gathered

    project = opened(arguments)
    check_environment(project, arguments.env)
    environment = arguments.env or project.branch_environment
    findings: list[Diagnostic] = []
    units = [_unit(project, name, environment, findings) for name in project.manifest.flows]
    _print({"version": 1, "environment": environment, "units": units}, arguments.format)
    report(gathered(findings), project.root)
    return exit_code(findings)


def _unit(project: Project, name: str, environment: str | None, findings: list[Diagnostic]) -> dict[str, Any]:
    from typedflow.cli._attempts import attempts
    from typedflow.values import TypedflowError

    unit = project.manifest.flows[name]
    rows = []
    try:
        for attempt in attempts(project, name, project.bindings(name), environment):
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


def _invalid(binding: str) -> dict[str, Any]:
    return {"binding": binding, "valid": False, "digest": None, "identity": None}


def _print(listing: dict[str, Any], format: str) -> None:  # noqa: A002 # the option's name
    import json

    from typedflow.cli._console import put, put_table

    if format == "json":
        put(json.dumps(listing, ensure_ascii=False, indent=2) + "\n")
        return
    rows = [
        (unit["name"], row["binding"], listing["environment"] or "-", row["identity"] or "invalid", unit["file"])
        for unit in listing["units"]
        for row in unit["bindings"]
    ]
    put_table(_HEADERS, rows)
