"""The Markdown files that explain rules: one a rule, all of one shape, shipped with the package."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from typedflow.values import RULES, Explanation
from typedflow.workspace import explanations, explanations_introduction

ALL = explanations()
SECTIONS = ["Why", "Example", "Instead"]
#: A file, lines for the flow of the introduction, or a command.
_BLOCK = re.compile(
    r"```(?:(?:yaml|toml|json|python)\n# (?:in flow\.py|[\w./]+)\n|sql\n-- [\w./]+\n|console\n\$ )(?:(?!```).*\n)*```"
)
_PICTURE = re.compile(r"\b(?:house|room|floor|door|guest|street|mend)s?\b", re.IGNORECASE)


def test_every_rule_has_a_file_and_every_file_a_rule() -> None:
    """A file is named by the code and the name of its rule."""
    found = {file.name for file in (files("typedflow") / "explanations").iterdir()}
    assert found == {"introduction.md", *(f"{code}-{name}.md" for code, name in RULES.values())}


def test_explanations_of_some_rules_are_read_alone() -> None:
    """In the order asked for."""
    rules = [RULES["unknown-key"], RULES["invalid-syntax"]]
    assert [item.rule for item in explanations(rules)] == rules


@pytest.mark.parametrize("item", ALL, ids=lambda item: item.rule.name)
def test_an_explanation_has_a_title_a_summary_and_three_sections(item: Explanation) -> None:
    """The summary is one sentence on one line; no section is empty."""
    head, *sections = re.split(r"^## (\w+)\n\n", item.markdown, flags=re.MULTILINE)
    title, summary = head.strip().split("\n\n")
    assert title == f"# {item.rule.code} {item.rule.name}"
    assert summary == item.summary
    assert re.fullmatch(r"[^\n]+[^.]\.", summary)
    assert sections[::2] == SECTIONS
    assert all(text.strip() for text in sections[1::2])
    assert re.sub(r"\n\n", "", _BLOCK.sub("", sections[3])).strip() == "", "examples alone"


@pytest.mark.parametrize(
    "text", [*(item.markdown for item in ALL), explanations_introduction()], ids=lambda text: text[2:7]
)
def test_explanations_are_readable_in_a_terminal(text: str) -> None:
    """Lines fit, code in prose is on one line, and words are those of the documentation."""
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    assert [line for line in text.splitlines() if len(line) > 120] == []
    assert [line for line in prose.splitlines() if line.count("`") % 2] == []
    assert _PICTURE.findall(prose) == []
