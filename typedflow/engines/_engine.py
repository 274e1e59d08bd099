"""What engines and their callers exchange."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from typedflow.values import TableColumn

#: The parts of a table's name, as they are written: of ``demo.features``, ``("demo", "features")``.
TablePath = tuple[str, ...]

#: ``append`` adds rows, ``overwrite`` replaces all rows, ``replace-partitions`` those of the partitions written.
WriteMode = Literal["append", "overwrite", "replace-partitions"]


class EngineError(Exception):
    """What an engine refused, in a sentence that names no password."""


@dataclass(frozen=True, slots=True)
class EngineColumn:
    """A column as an engine has it; ``type`` is in the engine's words."""

    name: str
    type: str
    is_nullable: bool = True


@dataclass(frozen=True, slots=True)
class Selection:
    """Some columns of a table, and the rows in which columns equal values; a list of values stands for any of them."""

    table: TablePath
    columns: tuple[TableColumn, ...]
    where: Mapping[str, Any] = field(default_factory=dict)
