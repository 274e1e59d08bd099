"""``typedflow run``: compile the settings of a flow and start it with them."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from typedflow.cli import _parser

if TYPE_CHECKING:
    from typedflow.operations import Event

_EXAMPLES = """\
Everything after `--` is passed to Metaflow. If it names no Metaflow command, `run` is put before its options.

examples:
  typedflow run training --binding EXP_01
  typedflow run training --binding EXP_01 --set model.alpha=0.5 -- --max-workers 2
  typedflow run training --binding EXP_01 -- show
  typedflow run training --binding EXP_01 -- --datastore s3 argo-workflows create
"""


def add(commands: _parser.Commands) -> None:
    """Add the command."""
    parser = _parser.add_command(commands, "run", run, "compile the settings of a flow and run it", _EXAMPLES)
    parser.usage = (
        "typedflow run [-h] [--binding NAME] [--env NAME] [--set PATH=VALUE] [--project DIR] [--traceback] "
        "FLOW [-- METAFLOW ARGUMENTS]"
    )
    _parser.flow_argument(parser, help="the flow")
    _parser.binding_option(parser)
    _parser.settings_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Run the flow, and return its exit code."""
    from typedflow.cli._open import open_named_project
    from typedflow.operations import run as run_flow

    done = run_flow(
        open_named_project(arguments),
        unit=arguments.flow,
        binding=arguments.binding,
        environment=arguments.env,
        overrides=arguments.options,
        arguments=arguments.rest,
        on_event=_show,
    )
    return done.exit_code


def _show(event: Event) -> None:
    """Print the environment, and the command as a shell accepts it."""
    from typedflow.cli._console import say
    from typedflow.cli._environment import say_environment, say_variant
    from typedflow.operations import EnvironmentChosen, UnitStarts
    from typedflow.render import shell_line
    from typedflow.values import redact_line

    if isinstance(event, EnvironmentChosen):
        say_environment(event.environment)
    elif isinstance(event, UnitStarts):
        if not event.start.has_config:
            say("typedflow: `resume` uses the config of the run that it resumes; the current settings are ignored")
        else:
            say_variant(event.start.variant.identity, event.start.compiled.digest)
        say(f"$ {redact_line(shell_line(event.start.command))}")
