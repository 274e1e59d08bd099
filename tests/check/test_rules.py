"""The rules as a whole: each is explained in a file of its own, and can be found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from typedflow.check import Explanation, explained, explanations, page
from typedflow.values import RULES

ROOT = Path(__file__).parents[2]
ALL = explanations()
_FENCE = re.compile(r"^```(\w+)\n# (\S+|in flow\.py)\n.*?^```$|^```console\n\$ .*?^```$", re.MULTILINE | re.DOTALL)


def test_every_rule_has_a_file_and_every_file_a_rule() -> None:
    """A rule's file has its kebab name, in Python's spelling."""
    files = {file.stem for file in (ROOT / "typedflow/check/rules").glob("[!_]*.py")}
    assert files == {name.replace("-", "_") for name in RULES}


def test_every_rule_can_be_reported() -> None:
    """Each name stands somewhere in the code that reports it."""
    sources = (file for file in (ROOT / "typedflow").rglob("*.py") if file.name != "_rules.py")
    code = "".join(file.read_text(encoding="utf-8") for file in sources)
    composed = {"unknown-binding", "unknown-environment"}  # put together from parts
    assert {name for name in RULES if f'"{name}"' not in code} - composed == set()


@pytest.mark.parametrize("item", ALL, ids=lambda item: item.rule.name)
def test_a_docstring_says_what_why_and_what_instead(item: Explanation) -> None:
    """First what is found, in a line; then why; then examples; then what to write instead. It has no headings."""
    prose = re.sub(r"^```.*?^```$", "", item.markdown, flags=re.MULTILINE | re.DOTALL)
    paragraphs = [part for part in prose.split("\n\n") if part.strip()]
    assert item.summary.endswith(".")
    assert item.summary == paragraphs[0]
    assert not paragraphs[1].startswith("Instead")
    assert sum(part.startswith("Instead, ") for part in paragraphs) == 1
    assert not re.search(r"^#", prose, re.MULTILINE)


@pytest.mark.parametrize("item", ALL, ids=lambda item: item.rule.name)
def test_an_example_names_its_file(item: Explanation) -> None:
    """Each fenced block begins with the file that it is about, or is a command."""
    assert item.markdown.count("```") == 2 * len(_FENCE.findall(item.markdown))


@pytest.mark.parametrize("name", ["TF302", "tf302", "unknown-key", "Unknown-Key"])
def test_a_rule_is_found_by_code_and_name(name: str) -> None:
    """Case does not matter."""
    found = explained(name)
    assert found is not None
    assert found.rule == RULES["unknown-key"]


@pytest.mark.parametrize("name", ["TF3", "TF999", "unknown", ""])
def test_a_rule_that_is_none(name: str) -> None:
    """The beginning of a code is no rule."""
    assert explained(name) is None


def test_examples_are_indented_for_a_terminal() -> None:
    """Fences are for Markdown; a terminal shows examples by their indentation."""
    item = Explanation(RULES["unknown-key"], "What.\n\n```yaml\n# a.yaml\n\nb: 1\n```\n\nInstead, this.")
    assert item.text == "What.\n\n    # a.yaml\n\n    b: 1\n\nInstead, this."


def test_the_page_has_a_heading_for_each_family() -> None:
    """Families are second-level headings, in the order of their codes."""
    headings = [line for line in page(ALL).splitlines() if line.startswith("## ")]
    assert headings[0] == "## Reading text"
    assert len(headings) == len({item.rule.code[:3] for item in ALL})


def test_the_documentation_is_generated() -> None:
    """docs/diagnostics.md is what `typedflow rule --all --format markdown` prints."""
    assert (ROOT / "docs/diagnostics.md").read_text(encoding="utf-8") == page(ALL)
