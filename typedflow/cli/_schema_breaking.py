"""``typedflow schema breaking``: report what changes of models and tables since a git revision break."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from typedflow.cli import _parser

if TYPE_CHECKING:
    from pathlib import Path

    from typedflow.operations import ModelChanges, PlacedChange
    from typedflow.schema import Direction
    from typedflow.values import Location

_EXAMPLES = """\
It answers two questions: do the old files fit the current model (files), and can the old model read what the current
one writes (readers)? A change is breaking, risky (a default changed, or its effect is unknown) or safe. The settings of
each binding are also validated against the current model.

Tables are compared, too: a change breaks what writes their rows (files), or what reads them (readers).

exit codes: 0 nothing breaks (risky changes are allowed unless --strict is given), 1 something breaks, or a binding does
not fit the current model, 2 an invalid command line, or a revision without the project or its model

keys of the JSON: version (2), against, changes (each with kind, direction, config, path, keyword, message, old, new,
hint, place and was), diagnostics (errors in settings files, as in `typedflow check --format json`), skipped (flows that
cannot be imported, and tables whose files could not be read: these are not compared). The config of a table is
`table:NAME`.

examples:
  typedflow schema breaking --against main                         since the branch main
  typedflow schema breaking --against v1.2 --direction files       only: do the files of that version still fit?
  typedflow schema breaking --against "$(git merge-base main HEAD)" --format json
"""


def add(commands: _parser.Commands) -> None:
    """Add the command."""
    summary = "report what changes of models and tables since a git revision break"
    parser = _parser.add_command(commands, "breaking", run, summary, _EXAMPLES)
    parser.add_argument("--against", metavar="REF", required=True, help="compare with this branch, tag or commit")
    directions = ("files", "readers", "both")
    parser.add_argument("--direction", choices=directions, default="both", help="what may break (default: both)")
    parser.add_argument("--strict", action="store_true", help="also exit with 1 for risky changes")
    parser.add_argument("--all", action="store_true", help="also show safe changes")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="output format (default: text)")


def run(arguments: argparse.Namespace) -> int:
    """Compare, and print what changed."""
    from typedflow.cli._console import say
    from typedflow.cli._open import open_named_project
    from typedflow.operations import compare_models

    project = open_named_project(arguments)
    found = compare_models(project, against=arguments.against, directions=_directions(arguments.direction))
    if arguments.format == "json":
        _put_json(found, project.root)
    else:
        _put_text(found, project.root, every=arguments.all)
    for flow, reason in found.skipped.items():
        say(f"`{flow}` cannot be imported, so its own configs are not compared: {reason}")
    for table, reason in found.unread.items():
        say(f"the file of `{table}` is broken, so its columns are not compared: {reason}")
    return 1 if found.is_breaking(strict=arguments.strict) else 0


def _directions(name: str) -> list[Direction]:
    from typedflow.schema import Direction

    return list(Direction) if name == "both" else [Direction(name)]


def _put_text(found: ModelChanges, root: Path, *, every: bool) -> None:
    from typedflow.cli._console import put, put_lines, say
    from typedflow.render import text
    from typedflow.schema import Kind
    from typedflow.workspace import terminal

    width, color = terminal(sys.stdout)
    unsafe = [placed.diagnostic for placed in found.changes if placed.change.kind is not Kind.SAFE]
    put(text([*unsafe, *found.diagnostics], width=width, color=color, root=root))
    safe = found.of_kind(Kind.SAFE)
    put_lines(f"{_prefix(placed)}safe: {placed.change.message}" for placed in safe if every)
    say(_summary(found))


def _prefix(placed: PlacedChange) -> str:
    place = placed.place or placed.was
    return f"{place}: " if place else ""


def _summary(found: ModelChanges) -> str:
    from typedflow.schema import Kind

    numbers = [f"{len(found.of_kind(kind))} {kind.value}" for kind in Kind]
    changes = f"{', '.join(numbers[:-1])} and {numbers[-1]} changes" if found.changes else "no change"
    problems = len(found.diagnostics)
    settings = f"; {problems} problem{'' if problems == 1 else 's'} in settings files" if problems else ""
    return f"{changes} since {found.ref}{settings}"


def _put_json(found: ModelChanges, root: Path) -> None:
    import json

    from typedflow.cli._console import put_json
    from typedflow.render import report
    from typedflow.values import Report

    diagnostics = json.loads(report(Report(found.diagnostics), format="json", root=root))["diagnostics"]
    changes = [_data(placed) for placed in found.changes]
    data = {
        "version": 2,
        "against": found.ref,
        "changes": changes,
        "diagnostics": diagnostics,
        "skipped": [*found.skipped, *found.unread],
    }
    put_json(data)


def _data(placed: PlacedChange) -> dict[str, Any]:
    from typedflow.schema import format_change_path

    change = placed.change
    return {
        "kind": change.kind.value,
        "direction": change.direction.value,
        "config": placed.config,
        "path": format_change_path(change.path),
        "keyword": change.keyword,
        "message": change.message,
        "old": change.old,
        "new": change.new,
        "hint": change.hint or None,
        "place": _file_and_line(placed.place),
        "was": _file_and_line(placed.was),
    }


def _file_and_line(place: Location | None) -> dict[str, Any] | None:
    return {"file": place.name, "line": place.span.line if place.span else None} if place else None
