"""``typedflow diff``: the settings in which two variants, compiled configs or runs of a flow differ."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

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
path and sides; each of these with value and origin, or null where the setting is not there; masked (true) stands
beside a value that may be a secret, and that is masked
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
    one, other = sides
    cells = [(path, _cell_of(one, path), _cell_of(other, path)) for path in paths]
    _print(flow, sides, cells, same, arguments.format)
    say(f"{len(paths)} of {len(paths) + same} settings differ")
    return 1 if paths else 0


class _Cell(NamedTuple):
    """What a side has at a key path: its value, masked where it may be a secret, and the line that it is from."""

    value: Any
    is_masked: bool
    origin: Location | None


def _cell_of(side: Side, path: KeyPath) -> _Cell | None:
    from typedflow.values import masked

    if path not in side.leaves:
        return None
    value, origin = side.leaves[path]
    is_masked = path in side.masked
    return _Cell(masked(value) if is_masked else value, is_masked, origin)


def _print(
    flow: str,
    sides: tuple[Side, Side],
    cells: Sequence[tuple[KeyPath, _Cell | None, _Cell | None]],
    same: int,
    format: str,  # noqa: A002 # the option's name
) -> None:
    from typedflow.cli._console import put, put_json, put_table
    from typedflow.render import markdown
    from typedflow.values import format_path

    names = [side.name for side in sides]
    if format == "json":
        changed = [{"path": format_path(path), "sides": [_data(one), _data(other)]} for path, one, other in cells]
        data = {"version": 1, "flow": flow, "sides": names, "same": same, "changed": changed}
        put_json(data)
        return
    rows = [(format_path(path), _text(one), _text(other)) for path, one, other in cells]
    if format == "markdown":
        put(markdown(("setting", *names), rows))
    elif rows:
        put_table(("SETTING", *names), rows)


def _data(cell: _Cell | None) -> dict[str, Any] | None:
    if cell is None:
        return None
    mark = {"masked": True} if cell.is_masked else {}
    return {"value": cell.value, **mark, "origin": str(cell.origin) if cell.origin else None}


def _text(cell: _Cell | None) -> str:
    """Return a value as JSON, with the line that it is from."""
    from typedflow.render import json_line
    from typedflow.values import format_location

    if cell is None:
        return "-"
    return json_line(cell.value) + (f" ({format_location(cell.origin, column=False)})" if cell.origin else "")
