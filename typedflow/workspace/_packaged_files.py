"""Files that typedflow ships with its code: type stubs for Metaflow, and explanations of rules."""

from collections.abc import Iterable
from pathlib import Path

from typedflow.values import RULES, Explanation, Rule
from typedflow.workspace._files import first_existing

_PACKAGE = Path(__file__).parents[1]


def stubs_folder() -> Path:
    """Return the folder of the package ``metaflow`` in stubs: in a wheel inside typedflow, in a checkout next to it."""
    return first_existing(_PACKAGE / "stubs" / "metaflow", _PACKAGE.parent / "stubs" / "metaflow")


def explanations(rules: Iterable[Rule] = tuple(RULES.values())) -> list[Explanation]:
    """Return the explanations of some rules; by default of all, in the order of their codes."""
    return [Explanation(rule, _explanation_file(f"{rule.code}-{rule.name}.md")) for rule in rules]


def explanations_introduction() -> str:
    """Return the introduction of the page about all rules."""
    return _explanation_file("introduction.md")


def _explanation_file(name: str) -> str:
    return (_PACKAGE / "explanations" / name).read_text(encoding="utf-8")
