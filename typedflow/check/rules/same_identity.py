"""TF522 same-identity: variants that cannot be told apart by their identities."""

from __future__ import annotations

from collections.abc import Iterator

from typedflow.check._facts import Facts
from typedflow.project import Identities
from typedflow.values import Diagnostic


def find(facts: Facts) -> Iterator[Diagnostic]:
    """Return the units that have a variant with the identity of another unit's."""
    yield from Identities(facts.project).collisions()
