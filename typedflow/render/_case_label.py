"""Labels of cases for people: bindings, and environments where they matter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from typedflow.values import DEFAULT_BINDING, Case, Environments, printable

_MOST = 5


def case_label(cases: Iterable[Case], environments: Environments | None = None) -> str:
    """Return ``EXP_01, EXP_02 in prod and 3 more``; empty if there is nothing to distinguish.

    ``environments`` are those in which each unit was checked: they are left out for a binding that has the finding in
    all of them. Without ``environments``, none is named.
    """
    bindings: dict[str, dict[str, set[str | None]]] = {}
    for case in cases:
        bindings.setdefault(case.binding, {}).setdefault(case.unit, set()).add(case.environment)
    labels = [_binding(name, bindings[name], environments or {}) for name in sorted(bindings)]
    return listed_few([label for label in labels if label != DEFAULT_BINDING])


def listed_few(names: Sequence[str]) -> str:
    """Return the first few names, and how many more there are."""
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return ", ".join(names[:_MOST]) + more


def _binding(name: str, units: dict[str, set[str | None]], environments: Environments) -> str:
    if any(found.issuperset(environments.get(unit, ())) for unit, found in units.items()):
        return _name(name)
    found = set().union(*units.values())
    return f"{_name(name)} in {' and '.join(sorted(_environment(each) for each in found))}"


def _environment(name: str | None) -> str:
    return "no environment" if name is None else _name(name)


def _name(name: str) -> str:
    """Return a name, in backticks if it could be read as more than one item of a list."""
    shown = printable(name)
    return shown if shown and not set(shown) & set(" ,`") else f"`{shown}`"
