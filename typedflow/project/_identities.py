"""Identities: one label for each variant, with the project, the branch, the binding and the unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

from pydantic import BaseModel

from typedflow.project._kinds import Unit
from typedflow.project._project import LoadedProject
from typedflow.project._variant import Resolved, Variant
from typedflow.values import DEFAULT_BINDING, RULES, Diagnostic, Related, TypedflowError

M = TypeVar("M", bound=BaseModel)

_Instance = tuple[Unit, str]
"""A unit under a binding."""


class Identities:
    """The identities of a project's variants: ``demo.branch_main.EXP_01.training``.

    The project's name and the branch are left out where they are not known, the binding where a unit has none. If the
    project has a name, no two of its variants have the same identity.
    """

    def __init__(self, project: LoadedProject, branch: str | None = None) -> None:
        """Use a branch instead of the one that is checked out."""
        self._project, self._branch = project, branch
        self._units: dict[str, list[Unit]] = {}
        for unit in project.units:
            self._units.setdefault(unit.name, []).append(unit)

    def of(self, variant: Variant) -> str:
        """Return the identity of a variant.

        Raises:
            TypedflowError: ``same-identity``: another variant has it, too.
        """
        unit = next(each for each in self._units[variant.unit] if each.kind == variant.kind)
        if self._project.manifest.project is not None:
            for other in self._same(unit, variant.binding):
                raise TypedflowError([self._collision((unit, variant.binding), other)])
        return ".".join((*self._start, _label(unit, variant.binding)))

    def label(self, resolved: Resolved[M]) -> Resolved[M]:
        """Return a resolved variant with its identity; without one if the project has no name, and git is not asked.

        Raises:
            TypedflowError: ``same-identity``.
        """
        if self._project.manifest.project is None:
            return resolved
        return replace(resolved, variant=replace(resolved.variant, identity=self.of(resolved.variant)))

    def collisions(self) -> Iterator[Diagnostic]:
        """Yield a finding for each two units that have variants with one identity; none if the project has no name."""
        reported = set[frozenset[Unit]]()
        for unit in self._project.units if self._project.manifest.project is not None else ():
            # Of two names, the longer one contains a dot; only units of two kinds have the same name.
            if "." not in unit.name and len(self._units[unit.name]) == 1:
                continue
            bindings: tuple[str, ...] = ()
            with suppress(TypedflowError):  # a declared binding that does not exist: that is another finding
                bindings = self._project.bindings(unit)
            for binding in dict.fromkeys((*bindings, DEFAULT_BINDING)):  # which needs no declaration
                for other in self._same(unit, binding):
                    if (pair := frozenset((unit, other[0]))) not in reported:
                        reported.add(pair)
                        yield self._collision((unit, binding), other)

    @cached_property
    def _start(self) -> tuple[str, ...]:
        name, branch = self._project.manifest.project, self._branch or self._project.checked_out.branch
        return (*([name] if name else []), *([_branch_part(branch)] if branch else []))

    def _same(self, unit: Unit, binding: str) -> Iterator[_Instance]:
        """Yield the variants of other units that have the label of this one."""
        parts = _label(unit, binding).split(".")
        for at in range(len(parts)):
            rest, name = ".".join(parts[:at]), ".".join(parts[at:])
            for other in self._units.get(name, ()):
                if other != unit and self._is_bound(other, rest):
                    yield other, rest or DEFAULT_BINDING

    def _is_bound(self, unit: Unit, binding: str) -> bool:
        """Return whether a unit has a variant under a binding; empty: one without a binding."""
        if not binding or not unit.bindings:
            return not binding and not unit.bindings
        if binding == DEFAULT_BINDING:
            return True
        return binding in self._project.files.bindings and unit.has_glob_for(binding)

    def _collision(self, one: _Instance, other: _Instance) -> Diagnostic:
        place, name = self._project.place(*other[0].path), self._project.manifest.project
        label = _label(*one)
        return Diagnostic(
            RULES["same-identity"],
            f"{_shown(one)} and {_shown(other)} have the same identity in the project `{name}`: `{label}`",
            self._project.place(*one[0].path),
            hint="rename one of them",
            related=(Related("conflicts with", place),) if place else (),
        )


def _label(unit: Unit, binding: str) -> str:
    return f"{binding}.{unit.name}" if unit.bindings else unit.name


def _branch_part(branch: str) -> str:
    return f"branch_{re.sub(r'[^a-z0-9_]', '_', branch.lower())}"


def _shown(instance: _Instance) -> str:
    unit, binding = instance
    under = f" under the binding `{binding}`" if unit.bindings else ""
    return f"the {unit.kind} `{unit.name}`{under}"
