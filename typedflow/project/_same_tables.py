"""Tables that would be one table in the engine: names there differ, whatever their case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from typedflow.project._environment import ChosenEnvironment
from typedflow.project._project import LoadedProject
from typedflow.project._resolve_table import resolve_table
from typedflow.project._table_file import Table
from typedflow.project._tables import DeclaredTable
from typedflow.project._variant import Variant
from typedflow.values import RULES, Diagnostic, Related, TypedflowError


class _Named(NamedTuple):
    """A table under a binding, and its name in the engine."""

    table: DeclaredTable
    variant: Variant
    name: str


def same_tables(project: LoadedProject, environments: Sequence[str | None]) -> Iterator[Diagnostic]:
    """Yield a finding for each two tables that have the same name in the engine in one of some environments.

    Tables that do not resolve are skipped: what is wrong with them is found where they are resolved.
    """
    units = project.tables.units
    if len(units) < 2 and not any(unit.bindings for unit in units):  # noqa: PLR2004 # one alone is like no other
        return
    reported = set[tuple[str, str]]()
    for environment in environments:
        known: dict[str, _Named] = {}
        for each in _names(project, environment):
            first = known.setdefault(each.name.lower(), each)
            pair = (first.variant.unit, each.variant.unit)
            if first is not each and pair not in reported:
                reported.add(pair)
                yield _finding(first, each)


def _names(project: LoadedProject, environment: str | None) -> Iterator[_Named]:
    for unit in project.tables.units:
        with suppress(TypedflowError):
            for binding in project.bindings(unit):
                with suppress(TypedflowError):
                    resolved = resolve_table(project, unit, binding, ChosenEnvironment(environment))
                    if isinstance(resolved.config, Table):
                        yield _Named(project.tables.declared(unit), resolved.variant, resolved.config.table)


def _finding(first: _Named, other: _Named) -> Diagnostic:
    whose = [_shown(each) for each in (first, other)]
    same = f"`{other.name}`" if first.name == other.name else f"`{first.name}` and `{other.name}`, which are the same"
    place = first.table.place("table")
    return Diagnostic(
        RULES["same-table"],
        f"{whose[0]} and {whose[1]} have the same name in the engine: {same}",
        other.table.place("table"),
        hint="give each its own name, or remove one of them",
        related=(Related("conflicts with", place),) if first.table is not other.table else (),
        cases=(other.variant.case,),
    )


def _shown(each: _Named) -> str:
    under = f" under the binding `{each.variant.binding}`" if each.table.unit.bindings else ""
    return f"the table `{each.variant.unit}`{under}"
