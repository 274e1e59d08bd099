"""TF522 same-identity: variants that cannot be told apart by their identities; and tables, by their names."""

from __future__ import annotations

from collections.abc import Iterator

from typedflow.check._facts import Facts
from typedflow.project import Identities, same_tables
from typedflow.values import Diagnostic


def find(facts: Facts) -> Iterator[Diagnostic]:
    """Return the units that have a variant with the identity of another unit's, or a table of the engine in common."""
    yield from Identities(facts.project).collisions()
    if sum(unit.kind == "table" for unit in facts.project.units) > 1:
        yield from same_tables(facts.project)
