"""``typedflow lock``: the settings of all variants as a file to review, which ``deploy --locked`` compares with."""

from __future__ import annotations

import argparse

from typedflow.cli import _parser

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
    from typedflow.cli._console import report, say
    from typedflow.cli._findings import exit_code
    from typedflow.cli._open import open_named_project
    from typedflow.operations import lock
    from typedflow.project import open_project

    project = open_project(open_named_project(arguments).root, {})
    done = lock(project, check=arguments.check)
    report(done.findings, project.root)
    if done.findings:
        return exit_code(done.findings)
    say(f"{done.file.name} {'is up to date' if arguments.check else 'written'}: {done.variants} variants")
    return 0
