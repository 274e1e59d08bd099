"""``typedflow rule``: what it prints, and what it says to a name that no rule has."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from typedflow.values import RULES

if TYPE_CHECKING:
    from tests.cli.conftest import Call

UNKNOWN_KEY = """\
TF302 unknown-key

A key is not a field of its model.

Why:
If typedflow ignored a misspelled key, the default would stay in effect. The rule also reports a field that one file
sets twice, once by its name and once by its alias.

Example:
    # settings/settings.configuration.EXP_02.yaml
    data: {targt: s5}

Instead:
Correct the key, or add the field to the model. In a project of several models, a settings file may have the fields of
the models of all flows that read it; an option must be a field of the flow that you run.
"""


@pytest.mark.parametrize("name", ["TF302", "unknown-key"])
def test_a_rule_is_printed(call: Call, name: str) -> None:
    """Code, name and explanation are data, whichever of the two is given; no project is needed."""
    done = call("rule", name)
    assert (done.code, done.out, done.err) == (0, UNKNOWN_KEY, "")


def test_a_rule_as_markdown(call: Call) -> None:
    """The file that explains it, as it is."""
    done = call("rule", "TF302", "--format", "markdown")
    assert done.out.startswith("# TF302 unknown-key\n\nA key is not a field of its model.\n")
    assert "```yaml\n" in done.out


def test_a_rule_as_json(call: Call) -> None:
    """Its parts, for a program."""
    found = json.loads(call("rule", "TF302", "--format", "json").out)
    assert list(found) == ["version", "code", "name", "summary", "markdown"]
    assert (found["version"], found["code"], found["name"]) == (1, "TF302", "unknown-key")
    assert found["summary"] == "A key is not a field of its model."


def test_all_rules_as_a_table(call: Call) -> None:
    """A line each, with what the rule reports."""
    done = call("rule", "--all")
    assert done.code == 0
    head, *lines = done.out.splitlines()
    assert head.split() == ["CODE", "NAME", "REPORTS"]
    assert [tuple(line.split()[:2]) for line in lines] == [tuple(rule) for rule in RULES.values()]


def test_all_rules_as_json(call: Call) -> None:
    """A list of what one rule has."""
    found = json.loads(call("rule", "--all", "--format", "json").out)
    assert [item["name"] for item in found["rules"]] == list(RULES)


def test_all_rules_as_markdown(call: Call) -> None:
    """The page of the documentation."""
    done = call("rule", "--all", "--format", "markdown")
    assert done.out.startswith("# Diagnostics\n")
    assert done.out.count("\n### TF") == len(RULES)


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("unknown-kee", "did you mean `unknown-key`?"),
        ("TF3022", "did you mean `TF302`?"),
        ("zzzzzz", "`typedflow rule --all` lists the rules"),
    ],
)
def test_a_rule_that_is_none(call: Call, name: str, advice: str) -> None:
    """An unknown rule is an invalid command line, with a suggestion."""
    done = call("rule", name)
    assert (done.code, done.out) == (2, "")
    assert done.err == f"error TF507 bad-option: there is no rule `{name}`\n  = help: {advice}\n"


@pytest.mark.parametrize("arguments", [(), ("TF302", "--all"), ("TF302", "--format", "toml")])
def test_a_wrong_command_line(call: Call, arguments: tuple[str, ...]) -> None:
    """Either one rule or all, in a format that there is."""
    done = call("rule", *arguments)
    assert (done.code, done.out) == (2, "")
    assert "usage: typedflow rule" in done.err


def test_the_help_has_examples(call: Call) -> None:
    """And the keys of the JSON."""
    done = call("rule", "--help")
    assert done.code == 0
    assert "typedflow rule TF302\n" in done.out
    assert "keys of the JSON" in done.out
