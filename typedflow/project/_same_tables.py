"""Find tables of a project that are one table in the engine."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress

from typedflow.project._environment import ChosenEnvironment
from typedflow.project._kinds import Unit
from typedflow.project._project import LoadedProject
from typedflow.project._resolve_table import resolve_table
from typedflow.project._table_path import PLACEHOLDER, same_name
from typedflow.project._tables import DeclaredTable
from typedflow.values import Diagnostic, TypedflowError


def same_tables(project: LoadedProject) -> Iterator[Diagnostic]:
    """Yield a finding for each two tables that have one name in the engine, unless both are external.

    What is wrong with a table itself is another finding.
    """
    reported = set[frozenset[str]]()
    readable = list(_readable(project))
    names = {table.unit.name for table in _alike(readable)}
    alike = [table for table in readable if table.unit.name in names]
    for environment in project.possible_environments() if alike else ():
        known: dict[str, DeclaredTable] = {}
        for table in alike:
            for name in _names(project, table.unit, ChosenEnvironment(environment)):
                other = known.setdefault(name.lower(), table)
                pair = frozenset((table.unit.name, other.unit.name))
                if other is not table and pair not in reported and not _are_external(table, other):
                    reported.add(pair)
                    yield same_name(table, other, name)


def _readable(project: LoadedProject) -> Iterator[DeclaredTable]:
    for unit in project.tables.units:
        with suppress(TypedflowError):
            yield project.tables.declared(unit)


def _alike(tables: Sequence[DeclaredTable]) -> Iterator[DeclaredTable]:
    """Yield the tables whose last part may be that of another: most are told apart by it without any settings."""
    fixed: dict[str, list[DeclaredTable]] = {}
    open_ended: list[tuple[re.Pattern[str], DeclaredTable]] = []
    for table in tables:
        *before, last = PLACEHOLDER.split(table.content.table)[::2]
        end = last.rpartition(".")[2].lower()
        if before and "." not in last:
            open_ended.append((re.compile(f".*{re.escape(end)}"), table))
        else:
            fixed.setdefault(end, []).append(table)
    matched = {end for end in fixed if any(pattern.fullmatch(end) for pattern, _ in open_ended)}
    for end, found in fixed.items():
        if len(found) > 1 or end in matched:
            yield from found
    yield from (table for _, table in open_ended)


def _names(project: LoadedProject, unit: Unit, environment: ChosenEnvironment) -> Iterator[str]:
    bindings: Sequence[str] = ()
    with suppress(TypedflowError):
        bindings = project.bindings(unit)
    for binding in bindings:
        with suppress(TypedflowError):
            yield resolve_table(project, unit, binding, environment).config.model_dump()["table"]


def _are_external(one: DeclaredTable, other: DeclaredTable) -> bool:
    return one.content.external and other.content.external
