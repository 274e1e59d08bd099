"""``typedflow lock``: write the settings of all variants to a file for review; ``deploy --locked`` compares with it."""

from __future__ import annotations

import argparse

from typedflow.cli import _parser

_EXAMPLES = """\
The lock file has all settings of each variant, one per line, with their digest, so a reviewer sees the effect of a
change. It is made from files only: environment variables are ignored.

exit codes: 0 written, or up to date; 1 findings, or with --check differences; 2 an invalid command line

examples:
  typedflow lock                                  write typedflow.lock: every flow, binding and environment
  typedflow lock --check                          fail if it differs from the settings
  typedflow diff training EXP_01 typedflow.lock   show what has changed since
  typedflow deploy training --binding '*' --to argo-workflows --locked
"""


def add(commands: _parser.Commands) -> None:
    """Add the command."""
    summary = "write the settings of all variants to a file for review"
    parser = _parser.add_command(commands, "lock", run, summary, _EXAMPLES)
    parser.add_argument("--check", action="store_true", help="write nothing, and report what differs")


def run(arguments: argparse.Namespace) -> int:
    """Write the lock file, or compare it; if a variant does not resolve, report that and write nothing."""
    from typedflow.cli._console import report, say
    from typedflow.cli._exit_codes import exit_code
    from typedflow.cli._open import open_named_project
    from typedflow.operations import lock
    from typedflow.project import open_project

    project = open_project(open_named_project(arguments).root, {})
    done = lock(project, check=arguments.check)
    report(done.findings, project.root)
    if done.findings:
        return exit_code(done.findings)
    variants = f"{done.variants} variant{'' if done.variants == 1 else 's'}"
    say(f"{done.file.name} {'is up to date' if arguments.check else 'written'}: {variants}")
    return 0
