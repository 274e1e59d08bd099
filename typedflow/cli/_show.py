"""``typedflow show``: print the merged settings of a flow."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from typedflow.cli import _parser

if TYPE_CHECKING:
    from typedflow.render import Document

_EXAMPLES = """\
examples:
  typedflow show training --binding EXP_01
  typedflow show training --all-bindings --path model --format json
  typedflow show training --binding EXP_01 --origins
  typedflow show --env production --set model.alpha=0.5
"""


def add(commands: _parser.Commands) -> None:
    """Add the command."""
    parser = _parser.add_command(commands, "show", run, "print the merged settings of a flow", _EXAMPLES)
    _parser.flow_argument(parser, nargs="?", help="the flow (optional if the project has one flow)")
    bindings = parser.add_mutually_exclusive_group()
    _parser.binding_option(bindings)
    bindings.add_argument("--all-bindings", action="store_true", help="show every binding of the flow")
    _parser.settings_options(parser)
    parser.add_argument("--path", metavar="PATH", help="show only the values at this key path, such as model.conda")
    parser.add_argument("--origins", action="store_true", help="show where each value comes from, and what it shadows")
    parser.add_argument(
        "--format", choices=("yaml", "json", "toml"), default="yaml", help="output format (default: yaml)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the settings of the bindings that resolve, and report those that do not."""
    from typedflow.cli._console import report
    from typedflow.cli._environment import say_variant
    from typedflow.cli._exit_codes import exit_code
    from typedflow.cli._open import open_named_project
    from typedflow.operations import choose_key_path, show

    choose_key_path(arguments.path)  # an invalid path is invalid in any project
    project = open_named_project(arguments)
    shown = show(
        project,
        unit=arguments.flow,
        binding=arguments.binding,
        all_bindings=arguments.all_bindings,
        environment=arguments.env,
        overrides=arguments.options,
        path=arguments.path,
        with_origins=arguments.origins,
        with_masks=arguments.format != "json",
    )
    for each in shown.variants:
        say_variant(each.identity, each.digest)
    _print(shown.documents, arguments)
    report(shown.findings, project.root)
    return exit_code(shown.findings)


def _print(documents: dict[str, Document], arguments: argparse.Namespace) -> None:
    from typedflow.cli._console import put
    from typedflow.render import settings, settings_by_binding

    if arguments.all_bindings:
        put(settings_by_binding(documents, format=arguments.format))
    else:
        for document in documents.values():
            put(settings(document, format=arguments.format))
