"""``typedflow run``: compile the settings of a flow and start it with them."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from typedflow.cli import _parser

if TYPE_CHECKING:
    from pathlib import Path

    from typedflow.project import Project

_EXAMPLES = """\
examples:
  typedflow run training --binding EXP_01
  typedflow run training --binding EXP_01 --set model.alpha=0.5 -- --max-workers 2
  typedflow run training --binding EXP_01 -- show
  typedflow run training --binding EXP_01 -- --datastore s3 argo-workflows create

What follows `--` goes to Metaflow; `run` is put before its options where no Metaflow command is named.
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
    """Resolve, compile, say the command and run it; give its exit code."""
    from typedflow.cli._chosen import chosen_bindings, chosen_flow, opened
    from typedflow.cli._console import say
    from typedflow.cli._environment import chosen_environment, say_environment
    from typedflow.metaflow import command, environ_of, launch
    from typedflow.project import compile_config, resolve
    from typedflow.render import shell_line
    from typedflow.values import redact_line
    from typedflow.workspace import from_here

    project = opened(arguments)
    flow = chosen_flow(project, arguments.flow)
    (binding,) = chosen_bindings(project, flow, arguments.binding)
    environment = chosen_environment(project, arguments.env)
    file = _flow_file(project, flow)
    say_environment(environment)
    resolved = resolve(project, flow, binding, environment, arguments.options)
    compiled = compile_config(resolved, project.root)
    words = command(from_here(file), project.unit(flow).config, from_here(compiled.file), arguments.rest or ["run"])
    if "--config" not in words:
        say("typedflow: `resume` takes the config of the run that it resumes; the settings of today are left out")
    say(f"$ {redact_line(shell_line(words))}")
    return launch(words, environ=environ_of(resolved.variant, project.environ))


def _flow_file(project: Project, flow: str) -> Path:
    """Give the file of a flow; the manifest's line is to blame where it cannot be read."""
    from dataclasses import replace

    from typedflow.values import TypedflowError
    from typedflow.workspace import read_source

    file = project.root / project.unit(flow).file
    try:
        read_source(file, project.root)
    except TypedflowError as error:
        place = project.place("flows", flow, "file")
        raise TypedflowError(replace(item, location=place) for item in error.diagnostics) from None
    return file
