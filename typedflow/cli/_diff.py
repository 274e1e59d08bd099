"""``typedflow diff``: compare the settings of two variants, compiled configs or runs of a flow."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from typedflow.cli import _parser

if TYPE_CHECKING:
    from typedflow.operations import Difference, SettingValue

_EXAMPLES = """\
A side is a binding (@ENV chooses its environment), that binding at a git revision (REV:), its latest deployment
(TARGET:), the lock file (the same variant there), a compiled config (*.json), or the pathspec of a run.

exit codes: 0 no differences, 1 differences or findings, 2 an invalid command line

keys of the JSON: version (1), flow, sides (two names), same (the number of settings that are equal), and changed: each
with path and sides; each side has value and origin, or is null if the setting is missing there; masked (true) marks a
value that is masked because it may be a secret

examples:
  typedflow diff training EXP_01 EXP_02
  typedflow diff training EXP_01@dev EXP_01@prod
  typedflow diff training EXP_01 Training/1795611183559
  typedflow diff training EXP_01 .typedflow/compiled/flow.training.EXP_01.5f680d187297.json --format json
  typedflow diff training EXP_01 typedflow.lock
  typedflow diff training main:EXP_01 EXP_01
  typedflow diff training argo-workflows:EXP_01 EXP_01
"""


def add(commands: _parser.Commands) -> None:
    """Add the command."""
    parser = _parser.add_command(commands, "diff", run, "compare the settings of two variants or runs", _EXAMPLES)
    _parser.flow_argument(parser, help="the flow whose settings are compared")
    for name in ("one", "other"):
        text = "a binding (NAME, NAME@ENV), REV:NAME, TARGET:NAME, typedflow.lock, a compiled config, or FLOW/RUN"
        _parser.completed(parser.add_argument(name, metavar="SIDE", help=text), "bindings")
    parser.add_argument(
        "--format", choices=("text", "json", "markdown"), default="text", help="output format (default: text)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print what differs."""
    from typedflow.cli._console import say
    from typedflow.cli._open import open_named_project
    from typedflow.operations import choose_unit, diff

    project = open_named_project(arguments)
    found = diff(project, choose_unit(project, arguments.flow), arguments.one, arguments.other)
    _print(found, arguments.format)
    differing = len(found.changed)
    say(f"{differing} of {differing + found.same} settings differ")
    return 1 if differing else 0


def _print(found: Difference, format: str) -> None:  # noqa: A002 # the option's name
    from typedflow.cli._console import put, put_json, put_table
    from typedflow.render import markdown
    from typedflow.values import format_path

    if format == "json":
        changed = [{"path": format_path(each.path), "sides": list(map(_data, each.sides))} for each in found.changed]
        data = {"version": 1, "flow": found.flow, "sides": found.sides, "same": found.same, "changed": changed}
        put_json(data)
        return
    rows = [(format_path(each.path), *map(_text, each.sides)) for each in found.changed]
    if format == "markdown":
        put(markdown(("setting", *found.sides), rows))
    elif rows:
        put_table(("SETTING", *found.sides), rows)


def _data(found: SettingValue | None) -> dict[str, Any] | None:
    if found is None:
        return None
    mark = {"masked": True} if found.is_masked else {}
    return {"value": found.value, **mark, "origin": str(found.origin) if found.origin else None}


def _text(found: SettingValue | None) -> str:
    """Return a value as JSON, with the line that it is from."""
    from typedflow.render import json_line
    from typedflow.values import format_location

    if found is None:
        return "-"
    return json_line(found.value) + (f" ({format_location(found.origin, column=False)})" if found.origin else "")
