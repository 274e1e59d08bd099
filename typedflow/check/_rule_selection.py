"""Select findings by rule: by code, by prefix of a code, or by name."""

from __future__ import annotations

from collections.abc import Iterable

from typedflow.values import RULES, Diagnostic, Rule, closest


def select_findings(
    diagnostics: Iterable[Diagnostic], select: Iterable[str], ignore: Iterable[str]
) -> tuple[Diagnostic, ...]:
    """Return the findings of selected rules (of all if none is named) that are not ignored."""
    wanted, unwanted = tuple(select), tuple(ignore)
    return tuple(
        item
        for item in diagnostics
        if (not wanted or any(_is(item.rule, name) for name in wanted))
        and not any(_is(item.rule, name) for name in unwanted)
    )


def unknown_rules(names: Iterable[str]) -> dict[str, str | None]:
    """Return the names that no rule has, each with the code or name that was probably meant."""
    known = [part for rule in RULES.values() for part in rule]
    return {name: closest(name, known) for name in names if not any(_is(rule, name) for rule in RULES.values())}


def _is(rule: Rule, name: str) -> bool:
    return rule.name == name or (name.startswith("TF") and rule.code.startswith(name))
