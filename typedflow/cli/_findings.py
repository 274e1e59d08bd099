"""Diagnostics of many variants as one list, and the exit code that they mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from typedflow.values import Diagnostic, Severity

FINDINGS = 1
USAGE = 2

# What can only be wrong with a command line (or with the environment that it is given in).
_USAGE_RULES = frozenset(
    {"no-project", "unknown-flow", "unknown-path", "bad-option", "unread-variable", "unknown-branch"}
)
_MOST_BINDINGS = 5


def exit_code(diagnostics: Iterable[Diagnostic]) -> int:
    """Return 2 where the command line is wrong, 1 where files, configs or models are, 0 for warnings or nothing."""
    found = [item for item in diagnostics if item.severity is Severity.ERROR]
    if any(map(_is_usage, found)):
        return USAGE
    return FINDINGS if found else 0


def _is_usage(diagnostic: Diagnostic) -> bool:
    place = diagnostic.location
    return diagnostic.rule.name in _USAGE_RULES or (place is not None and place.name.startswith("--"))


def gathered(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Give each finding once, with all the bindings that have it: a mistake in a global file is one mistake."""
    bindings: dict[Diagnostic, list[str]] = {}
    for diagnostic in diagnostics:
        known = bindings.setdefault(replace(diagnostic, binding=None), [])
        if diagnostic.binding is not None and diagnostic.binding not in known:
            known.append(diagnostic.binding)
    return [replace(diagnostic, binding=_named(names)) for diagnostic, names in bindings.items()]


def _named(bindings: list[str]) -> str | None:
    if len(bindings) <= _MOST_BINDINGS:
        return ", ".join(bindings) or None
    return f"{', '.join(bindings[:_MOST_BINDINGS])} and {len(bindings) - _MOST_BINDINGS} more"
