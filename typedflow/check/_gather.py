"""Findings of many variants as few: a mistake in a global file is one mistake, whatever bindings have it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from typedflow.project import DEFAULT_BINDING
from typedflow.values import Diagnostic, Location, Rule, reading_order

Case = tuple[str, str | None]
"""A binding and an environment."""

_AND, _IN = ", ", " in "
_MOST = 5


@dataclass(slots=True)
class Findings:
    """Findings by what they say and where; each knows the cases that have it."""

    cases: int = 0
    _found: dict[tuple[Rule, str, Location | None], tuple[Diagnostic, dict[Case, None]]] = field(default_factory=dict)
    _environments: dict[str, set[str | None]] = field(default_factory=dict)

    def saw(self, case: Case) -> None:
        """Count a case, so that it is known whether a finding is in all environments of its binding."""
        self.cases += 1
        self._environments.setdefault(case[0], set()).add(case[1])

    def add(self, diagnostics: Iterable[Diagnostic], case: Case | None = None) -> None:
        """Add findings, of one case or of the whole."""
        for item in diagnostics:
            key = item.rule, item.message, item.location
            known, cases = self._found.setdefault(key, (replace(item, binding=None), {}))
            self._found[key] = _agreed(known, item), cases
            if case is not None:
                cases[case] = None

    def all(self) -> Iterator[Diagnostic]:
        """Give each finding once, in reading order."""
        found = [replace(item, binding=self._label(cases)) for item, cases in self._found.values()]
        return iter(sorted(found, key=reading_order))

    def _label(self, cases: Mapping[Case, None]) -> str | None:
        environments: dict[str, set[str | None]] = {}
        for binding, environment in cases:
            environments.setdefault(binding, set()).add(environment)
        names = [self._one(binding, found) for binding, found in environments.items()]
        return _AND.join(name for name in names if name != DEFAULT_BINDING) or None

    def _one(self, binding: str, found: set[str | None]) -> str:
        if found == self._environments.get(binding, found):
            return binding
        return binding + _IN + " and ".join(sorted(name or "no environment" for name in found))


def distinct(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Give the findings of several flows, each once with the bindings that have it, in reading order."""
    found: dict[tuple[Rule, str, Location | None], tuple[Diagnostic, dict[str, None]]] = {}
    for item in diagnostics:
        key = item.rule, item.message, item.location
        known, names = found.setdefault(key, (item, {}))
        found[key] = _agreed(known, item), names
        names.update(dict.fromkeys(item.binding.split(_AND) if item.binding else ()))
    merged = [replace(item, binding=_few(names)) for item, names in found.values()]
    return tuple(sorted(merged, key=reading_order))


def _agreed(known: Diagnostic, item: Diagnostic) -> Diagnostic:
    """Return a finding without its fix where another variant has another one, or none."""
    return known if known.fix == item.fix else replace(known, fix=None)


def _few(names: Mapping[str, None]) -> str | None:
    """Give the names of bindings; a binding that has a finding in every environment is named without any."""
    shown = sorted(name for name in names if name.partition(_IN)[0] == name or name.partition(_IN)[0] not in names)
    if len(shown) > _MOST:
        return f"{_AND.join(shown[:_MOST])} and {len(shown) - _MOST} more"
    return _AND.join(shown) or None
