"""What rules are about, as their docstrings say it: for a terminal, and as the page of the documentation."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from importlib import import_module

from typedflow.values import RULES, Rule

_FENCED = re.compile(r"^```\w*\n((?:(?!```).*\n)*)^```$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Explanation:
    """A rule and its docstring: what it finds, why, examples, and what to write instead, in Markdown."""

    rule: Rule
    markdown: str

    @property
    def summary(self) -> str:
        """What the rule finds, in a line."""
        return self.markdown.partition("\n")[0]

    @property
    def text(self) -> str:
        """The docstring for a terminal: its examples are indented."""
        return _FENCED.sub(lambda match: _indented(match[1]), self.markdown)


def explained(name: str) -> Explanation | None:
    """Give the explanation of the rule that has a code or name; None where no rule has it."""
    wanted = next((rule for rule in RULES.values() if name.upper() == rule.code or name.lower() == rule.name), None)
    return _explanation(wanted) if wanted else None


def explanations() -> list[Explanation]:
    """Give the explanation of every rule, in the order of their codes."""
    return [_explanation(rule) for rule in RULES.values()]


def _explanation(rule: Rule) -> Explanation:
    module = import_module(f"typedflow.check.rules.{rule.name.replace('-', '_')}")
    return Explanation(rule, inspect.getdoc(module) or "")


def _indented(code: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in code.rstrip("\n").split("\n"))
