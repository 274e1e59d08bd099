"""Explanations of rules: Markdown files that are shipped with the package, one a rule."""

from collections.abc import Iterable
from importlib.resources import files

from typedflow.values import RULES, Explanation, Rule


def explanations(rules: Iterable[Rule] = tuple(RULES.values())) -> list[Explanation]:
    """Return the explanations of some rules; by default of all, in the order of their codes."""
    return [Explanation(rule, _read(f"{rule.code}-{rule.name}.md")) for rule in rules]


def explanations_introduction() -> str:
    """Return what the page about all rules begins with."""
    return _read("introduction.md")


def _read(name: str) -> str:
    return (files("typedflow") / "explanations" / name).read_text(encoding="utf-8")
