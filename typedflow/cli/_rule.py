"""``typedflow rule``: what a code means, why it is found, and what to write instead."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from typedflow.cli import _parser

if TYPE_CHECKING:
    from typedflow.check import Explanation
    from typedflow.operations import ArgumentError

_EXAMPLES = """\
examples:
  typedflow rule TF302
  typedflow rule unknown-key
  typedflow rule --all
  typedflow rule --all --format markdown > docs/diagnostics.md

keys of the JSON: version (1), and code, name, summary and markdown of the rule; with --all rules, each with these
"""
_HEADERS = ("CODE", "NAME", "FINDS")


def add(commands: _parser.Commands) -> None:
    """Add the command."""
    parser = _parser.add_command(commands, "rule", run, "explain a rule", _EXAMPLES)
    which = parser.add_mutually_exclusive_group(required=True)
    text = "a rule's code or name, as a finding has it"
    _parser.completed(which.add_argument("rule", metavar="RULE", nargs="?", help=text), "rules")
    which.add_argument("--all", action="store_true", help="all rules: a line each, or whole in markdown and json")
    parser.add_argument("--format", choices=("text", "markdown", "json"), default="text", help="default: text")


def run(arguments: argparse.Namespace) -> int:
    """Print one rule, or all."""
    from typedflow.check import explained, explanations

    if arguments.all:
        _print_all(explanations(), arguments.format)
        return 0
    found = explained(arguments.rule)
    if found is None:
        raise _unknown(arguments.rule)
    _print_one(found, arguments.format)
    return 0


def _unknown(name: str) -> ArgumentError:
    from typedflow.operations import argument_error
    from typedflow.values import RULES, did_you_mean

    label = did_you_mean(name, [part for rule in RULES.values() for part in rule])
    return argument_error(f"there is no rule `{name}`", hint=label or "`typedflow rule --all` lists the rules")


def _print_one(item: Explanation, format: str) -> None:  # noqa: A002 # the option's name
    from typedflow.check import section
    from typedflow.cli._console import put, put_json

    if format == "json":
        put_json({"version": 1, **_fields(item)})
    elif format == "markdown":
        put(section(item))
    else:
        put(f"{item.rule.code} {item.rule.name}\n\n{item.text}\n")


def _print_all(items: Sequence[Explanation], format: str) -> None:  # noqa: A002 # the option's name
    from typedflow.check import page
    from typedflow.cli._console import put, put_json, put_table

    if format == "json":
        put_json({"version": 1, "rules": [_fields(item) for item in items]})
    elif format == "markdown":
        put(page(items))
    else:
        put_table(_HEADERS, [(*item.rule, item.summary) for item in items])


def _fields(item: Explanation) -> dict[str, str]:
    return {"code": item.rule.code, "name": item.rule.name, "summary": item.summary, "markdown": item.markdown}
