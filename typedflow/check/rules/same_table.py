"""TF804 same-table: tables that are one table in the engine."""

from __future__ import annotations

from collections.abc import Iterator

from typedflow.check._facts import Facts
from typedflow.values import Diagnostic


def find(facts: Facts) -> Iterator[Diagnostic]:
    """Return the tables that have the name of another one in an environment."""
    project = facts.project
    if any(unit.kind == "table" for unit in project.units):
        from typedflow.project import same_tables

        yield from same_tables(project, project.possible_environments())
