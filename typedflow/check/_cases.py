"""A project's variants as a worker resolves them: once for all units that share them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from types import ModuleType
from typing import Any

from pydantic_core import to_json

from typedflow.check._facts import Facts
from typedflow.check._worker_messages import Scope
from typedflow.check.rules import of_cases
from typedflow.project import KINDS, ChosenEnvironment, LoadedProject, Unit, misnamed_variables, provenance_of, resolve
from typedflow.values import Case, Diagnostic, KeyPath, Related, TypedflowError


@dataclass(frozen=True, slots=True)
class Attempt:
    """A variant's stored form, and its findings.

    ``digest`` is the same for variants with equal stored forms; it is empty if a variant does not resolve.
    """

    stored: Any = None
    digest: bytes = b""
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass
class Cases:
    """Resolves variants and caches them by what they depend on: model, config's name, binding, environment."""

    project: LoadedProject
    scope: Scope
    _known: dict[tuple[str, str, str, str | None], Attempt] = field(default_factory=dict)

    def of(self, unit: Unit, bindings: Sequence[str] | None) -> Iterator[tuple[Case, Attempt]]:
        """Yield variants of a unit: some of its bindings, or all, in each environment.

        Raises:
            TypedflowError: what is wrong with the project itself, its model or the unit's bindings.
        """
        _ = self.project.model_of(unit)  # reported once, and not for every variant
        for binding in self.project.bindings(unit) if bindings is None else bindings:
            for environment in environments_of(self.project, self.scope):
                owner = unit.key if KINDS[unit.kind].has_own_config else unit.model
                key = owner, unit.config, binding, environment
                if key not in self._known:
                    self._known[key] = self._attempt(unit, binding, environment)
                yield Case(unit.name, binding, environment, unit.kind), self._known[key]

    def model_modules(self) -> Iterator[ModuleType]:
        """Yield the modules of the models that have been imported: shared files are judged by all of them."""
        for model in dict.fromkeys((*self.project.models.loaded, *self._readable.models.loaded)):
            if (module := sys.modules.get(model.__module__)) is not None:
                yield module

    @cached_property
    def _readable(self) -> LoadedProject:
        """The project without misnamed variables: they are reported once, and must not hide other findings."""
        unread = {item.location.name for item in misnamed_variables(self.project) if item.location}
        kept = {name: text for name, text in self.project.environ.items() if name not in unread}
        return replace(self.project, environ=kept) if unread else self.project

    def origin(self, case: Case, path: KeyPath) -> Related | None:
        """Return the origin of the setting at a key path in a variant that resolves."""
        unit = self.project.unit(case.unit, (case.kind,))
        resolved = resolve(self._readable, unit, case.binding, ChosenEnvironment(case.environment))
        found = provenance_of(resolved, self.project.root).leaves.get(path)
        return Related("default at" if found.is_default else "set at", found.origin) if found else None

    def _attempt(self, unit: Unit, binding: str, environment: str | None) -> Attempt:
        try:
            resolved = resolve(self._readable, unit, binding, ChosenEnvironment(environment))
            stored = resolved.stored
            is_settings = not KINDS[unit.kind].has_own_config
            found = tuple(of_cases(Facts(self._readable, cases=(resolved,)))) if is_settings else ()
            return Attempt(stored, sha256(to_json(stored)).digest(), found)
        except TypedflowError as error:
            return Attempt(diagnostics=error.diagnostics)


def environments_of(project: LoadedProject, scope: Scope) -> list[str | None]:
    """Return the environments that a git branch or an option can choose; None if a branch need not match a glob.

    Raises:
        TypedflowError: the settings directory cannot be read.
    """
    return project.possible_environments() if scope.environment is None else [scope.environment]
