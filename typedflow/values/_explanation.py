"""The explanation of a rule, as data."""

from __future__ import annotations

from dataclasses import dataclass

from typedflow.values._rules import Rule


@dataclass(frozen=True, slots=True)
class Explanation:
    """A rule and its explanation in Markdown: what it reports, why, an example, and what to write instead."""

    rule: Rule
    markdown: str

    @property
    def summary(self) -> str:
        """What the rule reports, in one line."""
        return self.markdown.split("\n", 3)[2]
