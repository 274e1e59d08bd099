"""``typedflow new``: create parts of a project."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from typedflow.cli import _parser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typedflow.operations import Event, NewBinding

_EXAMPLES = """\
examples:
  typedflow new binding EXP_03                    a settings file with comments for all that can be set
  typedflow new binding EXP_03 --from EXP_01      the settings of another binding, and comments for the rest
"""
_OF_BINDING = """\
The file has a comment for each setting: its key and the value that it has without the binding, its type and where the
value is from. Without its first two characters, such a line sets the value. Lines that begin with `##` explain. With
sections in the manifest, there is a file for each. Existing files are never overwritten.

examples:
  typedflow new binding EXP_03
  typedflow new binding EXP_03 --from EXP_01
  typedflow new binding EXP_03 --flow training    only the settings of this flow
"""


def add(commands: _parser.Commands) -> None:
    """Add the group of commands."""
    summary = "create a binding"
    parser = commands.add_parser("new", help=summary, description="Create a binding.", epilog=_EXAMPLES)
    _parser.global_options(parser)
    parser.set_defaults(parser=parser)
    group = parser.add_subparsers(dest="new_command", metavar="COMMAND", required=True, title="commands")
    binding = _parser.add_command(group, "binding", run, "create the settings file of a new binding", _OF_BINDING)
    binding.add_argument("name", metavar="NAME", type=_parser.filled, help="the new binding")
    text = "the binding whose settings the file begins with"
    action = binding.add_argument("--from", dest="copy", type=_parser.filled, metavar="BINDING", help=text)
    _parser.completed(action, "bindings")
    text = "only the settings of this flow (default: of all flows that are instantiated under the binding)"
    _parser.completed(binding.add_argument("--flow", metavar="FLOW", help=text), "units")
    _parser.environment_option(binding)


def run(arguments: argparse.Namespace) -> int:
    """Write the files, and print what to do next."""
    from typedflow.cli._console import put_lines, say
    from typedflow.cli._open import open_named_project
    from typedflow.operations import new_binding
    from typedflow.values import listed
    from typedflow.workspace import display_name

    project = open_named_project(arguments)
    made = new_binding(
        project,
        arguments.name,
        copy=arguments.copy,
        unit=arguments.flow,
        environment=arguments.env,
        on_event=_show,
    )
    put_lines(display_name(file, project.root) for file in made.files)
    what = f"Set {listed(made.required)} there" if made.required else "Set values there"
    say("", f"{what}, then:", *(f"  {line}" for line in _next(made, arguments.project)))
    return 0


def _show(event: Event) -> None:
    """Print whose environment's values are shown."""
    from typedflow.cli._environment import say_environment
    from typedflow.operations import EnvironmentChosen

    if isinstance(event, EnvironmentChosen):
        say_environment(event.environment)


def _next(made: NewBinding, project: str | None) -> Iterator[str]:
    from typedflow.render import shell_line

    where = [] if project is None else ["--project", project]
    yield shell_line(["typedflow", *where, "show", made.units[0].name, "--binding", made.name])
    yield shell_line(["typedflow", *where, "check"])
