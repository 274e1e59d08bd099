"""Explanations of rules, for a terminal and for the documentation."""

from __future__ import annotations

import re
from collections.abc import Iterable

from typedflow.values import Explanation

_FENCED = re.compile(r"^```\w+\n((?:(?!```).*\n)*)```$", re.MULTILINE)
_HEADING = re.compile(r"^## (\w+)\n\n", re.MULTILINE)
_FAMILIES = {
    "TF1": "Reading text",
    "TF2": "Merging",
    "TF3": "Validating",
    "TF4": "Expressions and flows",
    "TF5": "Projects and command lines",
    "TF6": "Schemas",
    "TF7": "Runs and deployments",
    "TF8": "Tables and SQL",
}


def explanation_text(item: Explanation) -> str:
    """Return an explanation for a terminal, with its examples indented."""
    text = _HEADING.sub(r"\1:\n", item.markdown.removeprefix("# "))
    return _FENCED.sub(lambda match: re.sub(r"^(?=.)", "    ", match[1].rstrip("\n"), flags=re.MULTILINE), text)


def explanations_page(introduction: str, items: Iterable[Explanation]) -> str:
    """Return the documentation page, with a heading for each family of rules."""
    parts, family = [introduction], ""
    for item in items:
        if family != item.rule.code[:3]:
            family = item.rule.code[:3]
            parts.append(f"## {_FAMILIES[family]}\n")
        parts.append("##" + _HEADING.sub(r"**\1**\n\n", item.markdown))
    return "\n".join(parts)
