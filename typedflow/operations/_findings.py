"""Findings of many variants as one list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from typedflow.values import Diagnostic

_MOST_BINDINGS = 5


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
