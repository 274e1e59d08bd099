"""``typedflow rule``: explain a rule."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from typedflow.cli import _parser

if TYPE_CHECKING:
    from typedflow.operations import ArgumentError
    from typedflow.values import Explanation

_EXAMPLES = """\
keys of the JSON: version (1), and code, name, summary and markdown of the rule; with --all rules, each with these

examples:
  typedflow rule TF302
  typedflow rule unknown-key
  typedflow rule --all
  typedflow rule --all --format markdown > docs/diagnostics.md
"""
_HEADERS = ("CODE", "NAME", "REPORTS")


def add(commands: _parser.Commands) -> None:
    """Add the command."""
    summary = "explain a rule: what it reports, why, and what to write instead"
    parser = _parser.add_command(commands, "rule", run, summary, _EXAMPLES)
    which = parser.add_mutually_exclusive_group(required=True)
    text = "the code or the name of a rule"
    _parser.completed(which.add_argument("rule", metavar="RULE", nargs="?", help=text), "rules")
    which.add_argument(
        "--all", action="store_true", help="all rules: one line each, or full texts in markdown and json"
    )
    parser.add_argument(
        "--format", choices=("text", "markdown", "json"), default="text", help="output format (default: text)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print one rule, or all."""
    from typedflow.values import find_rule
    from typedflow.workspace import explanations

    if arguments.all:
        _print_all(explanations(), arguments.format)
        return 0
    rule = find_rule(arguments.rule)
    if rule is None:
        raise _unknown(arguments.rule)
    (item,) = explanations([rule])
    _print_one(item, arguments.format)
    return 0


def _unknown(name: str) -> ArgumentError:
    from typedflow.operations import argument_error
    from typedflow.values import RULES, did_you_mean

    label = did_you_mean(name, [part for rule in RULES.values() for part in rule])
    return argument_error(f"there is no rule `{name}`", hint=label or "`typedflow rule --all` lists the rules")


def _print_one(item: Explanation, format: str) -> None:  # noqa: A002 # the option's name
    from typedflow.cli._console import put, put_json
    from typedflow.render import explanation_text

    if format == "json":
        put_json({"version": 1, **_fields(item)})
    else:
        put(item.markdown if format == "markdown" else explanation_text(item))


def _print_all(items: Sequence[Explanation], format: str) -> None:  # noqa: A002 # the option's name
    from typedflow.cli._console import put, put_json, put_table
    from typedflow.render import explanations_page
    from typedflow.workspace import explanations_introduction

    if format == "json":
        put_json({"version": 1, "rules": [_fields(item) for item in items]})
    elif format == "markdown":
        put(explanations_page(explanations_introduction(), items))
    else:
        put_table(_HEADERS, [(*item.rule, item.summary) for item in items])


def _fields(item: Explanation) -> dict[str, str]:
    return {"code": item.rule.code, "name": item.rule.name, "summary": item.summary, "markdown": item.markdown}
