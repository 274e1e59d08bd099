"""``typedflow lock``: the settings of all variants as a file to review, which ``deploy --locked`` compares with."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from typedflow.cli import _parser

if TYPE_CHECKING:
    from typedflow.project import Project, Resolved
    from typedflow.values import Diagnostic

_EXAMPLES = """\
examples:
  typedflow lock                                  write typedflow.lock, of every flow, binding and environment
  typedflow lock --check                          fail where it differs from the settings
  typedflow diff training EXP_01 typedflow.lock   what has changed since
  typedflow deploy training --binding '*' --to argo-workflows --locked

The lock file has the whole settings of each variant, a setting a line, with their digest: whoever reviews a change sees
what it comes to. It is made of files alone: environment variables are left out.

exit codes: 0 written, or up to date; 1 findings, or with --check differences; 2 a wrong command line
"""


def add(commands: _parser.Commands) -> None:
    """Add the command."""
    parser = _parser.add_command(commands, "lock", run, "write the settings of all variants, to be reviewed", _EXAMPLES)
    parser.add_argument("--check", action="store_true", help="write nothing, and report what differs")


def run(arguments: argparse.Namespace) -> int:
    """Write the lock file, or compare it; what does not resolve is reported, and nothing is written then."""
    from typedflow.cli._chosen import opened
    from typedflow.cli._console import report, say
    from typedflow.cli._findings import exit_code
    from typedflow.project import LOCK, Lock, lock_text, open_project, refusals, write_lock
    from typedflow.values import merge_findings

    project = open_project(opened(arguments).root, {})
    findings: list[Diagnostic] = []
    resolved = list(_resolved(project, findings))
    for each in resolved:
        findings += refusals(each, project.root, project.manifest.public, f"`{LOCK}`")
    if arguments.check and not findings:
        lock = Lock(project.root)
        findings += [item for each in resolved for item in lock.problems(each, project.root)]
    report(merge_findings(findings), project.root)
    if findings:
        return exit_code(findings)
    if not arguments.check:
        write_lock(project.root, lock_text(resolved))
    say(f"{LOCK} {'is up to date' if arguments.check else 'written'}: {len(resolved)} variants")
    return 0


def _resolved(project: Project, findings: list[Diagnostic]) -> Iterator[Resolved[Any]]:
    """Resolve every variant, each environment for itself."""
    from typedflow.cli._attempts import attempts
    from typedflow.project import ChosenEnvironment
    from typedflow.values import TypedflowError

    for flow in project.manifest.flows:
        try:
            bindings = project.bindings(flow)
        except TypedflowError as error:
            findings += error.diagnostics
            continue
        for environment in project.possible_environments():
            for attempt in attempts(project, flow, bindings, ChosenEnvironment(environment)):
                findings += attempt.diagnostics
                if attempt.resolved is not None:
                    yield attempt.resolved
