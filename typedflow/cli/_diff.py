"""``typedflow diff``: the settings in which two variants, compiled configs or runs of a flow differ."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from typedflow.cli import _parser

if TYPE_CHECKING:
    from typedflow.project import Side
    from typedflow.values import KeyPath, Location

_EXAMPLES = """\
examples:
  typedflow diff training EXP_01 EXP_02
  typedflow diff training EXP_01@dev EXP_01@prod
  typedflow diff training EXP_01 Training/1795611183559
  typedflow diff training EXP_01 .typedflow/compiled/training.EXP_01.5f680d187297.json --format json
  typedflow diff training EXP_01 typedflow.lock
  typedflow diff training main:EXP_01 EXP_01
  typedflow diff training argo-workflows:EXP_01 EXP_01

A side is a binding (with @ and an environment, where it is another), that binding at a git revision (REV:), what was
deployed of it (TARGET:), the lock file (the same variant there), a compiled config (*.json), or the pathspec of a run.

exit codes: 0 no difference, 1 differences or findings, 2 a wrong command line

keys of the JSON: version (1), flow, sides (two names), same (how many settings do not differ), and changed: each with
path and sides; each of these with value and origin, or null where the setting is not there
"""


def add(commands: _parser.Commands) -> None:
    """Add the command."""
    parser = _parser.add_command(commands, "diff", run, "compare the settings of two variants or runs", _EXAMPLES)
    _parser.flow_argument(parser, help="the flow whose settings are compared")
    for name in ("one", "other"):
        text = "a binding (NAME, NAME@ENV), REV:NAME, TARGET:NAME, typedflow.lock, a compiled config, or FLOW/RUN"
        _parser.completed(parser.add_argument(name, metavar="SIDE", help=text), "bindings")
    parser.add_argument("--format", choices=("text", "json", "markdown"), default="text", help="default: text")


def run(arguments: argparse.Namespace) -> int:
    """Print what differs."""
    from typedflow.cli._chosen import chosen_flow, opened
    from typedflow.cli._console import say
    from typedflow.cli._diff_sides import sides_of
    from typedflow.project import changed

    project = opened(arguments)
    flow = chosen_flow(project, arguments.flow)
    sides = sides_of(project, flow, arguments.one, arguments.other)
    paths = changed(*sides)
    same = len({path for side in sides for path in side.leaves}) - len(paths)
    _print(flow, sides, paths, same, arguments.format)
    say(f"{len(paths)} of {len(paths) + same} settings differ")
    return 1 if paths else 0


def _print(flow: str, sides: tuple[Side, Side], paths: list[KeyPath], same: int, format: str) -> None:  # noqa: A002
    from typedflow.cli._console import put, put_json, put_table
    from typedflow.render import markdown
    from typedflow.values import format_path

    names = [side.name for side in sides]
    if format == "json":
        rows = [{"path": format_path(path), "sides": [_data(side, path) for side in sides]} for path in paths]
        data = {"version": 1, "flow": flow, "sides": names, "same": same, "changed": rows}
        put_json(data)
        return
    cells = [(format_path(path), *(_cell(side, path) for side in sides)) for path in paths]
    if format == "markdown":
        put(markdown(("setting", *names), cells))
    elif cells:
        put_table(("SETTING", *names), cells)


def _data(side: Side, path: KeyPath) -> dict[str, Any] | None:
    if path not in side.leaves:
        return None
    value, origin = side.leaves[path]
    return {"value": value, "origin": str(origin) if origin else None}


def _cell(side: Side, path: KeyPath) -> str:
    """Give a value as JSON, with the line that it is from."""
    from typedflow.render import json_line

    if path not in side.leaves:
        return "-"
    value, origin = side.leaves[path]
    return json_line(value) + (f" ({_line(origin)})" if origin else "")


def _line(origin: Location) -> str:
    return f"{origin.name}:{origin.span.line}" if origin.span else origin.name
