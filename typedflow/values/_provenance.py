"""Where the values of a config are from, leaf by leaf: as origins while layers merge, as locations for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from typedflow.values._origins import Location, Origin
from typedflow.values._paths import KeyPath

#: An ``Origin``, whose line nobody has asked for yet, or the ``Location`` that was computed from it.
P = TypeVar("P", Origin, Location)


@dataclass(frozen=True, slots=True)
class LeafOrigin(Generic[P]):
    """Where a leaf's value comes from and what it shadows, the nearest first; a default's origin is its declaration.

    ``through`` are the places of the directives that bring it from there, ``$ref`` and ``$include``, the nearest first.
    """

    origin: P
    shadows: tuple[P, ...] = ()
    is_default: bool = False
    through: tuple[P, ...] = ()


@dataclass(frozen=True, slots=True)
class RemovedLeaf(Generic[P]):
    """A leaf that a lower layer set and a higher one took away, and why."""

    path: KeyPath
    origin: P
    by: P
    reason: str


@dataclass(frozen=True, slots=True)
class Provenance(Generic[P]):
    """The origins of a tree's leaves, and the leaves that were removed. Empty mappings and lists count as leaves."""

    leaves: Mapping[KeyPath, LeafOrigin[P]] = field(default_factory=dict)
    removed: tuple[RemovedLeaf[P], ...] = ()
