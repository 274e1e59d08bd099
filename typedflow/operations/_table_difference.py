"""How a declared table differs from the engine's, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from typedflow.operations._table_targets import TableTarget

DifferenceKind: TypeAlias = Literal["missing-table", "missing-column", "type", "nullable", "not-declared"]
#: `create` and `add` are what typedflow can do about a table; `differs`: something is refused.
TableState: TypeAlias = Literal["same", "create", "add", "differs"]


@dataclass(frozen=True, slots=True)
class TableDifference:
    """A difference between a declared table and the engine's.

    ``declared`` and ``found`` are types or NULL-abilities, in the words of the file and of the engine. A refusal has a
    sentence as its ``reason``. A column that is not declared is no refusal, and nothing is done about it.
    """

    kind: DifferenceKind
    column: str | None = None
    declared: str | None = None
    found: str | None = None
    reason: str = ""

    @property
    def is_refused(self) -> bool:
        """Whether typedflow does not make the engine's table what is declared."""
        return bool(self.reason)


@dataclass(frozen=True)
class ComparedTable:
    """A table under a binding: its differences, and the statements that would make what is missing."""

    target: TableTarget
    differences: tuple[TableDifference, ...] = ()
    statements: tuple[str, ...] = ()

    @property
    def is_external(self) -> bool:
        """Whether the table is only read."""
        return self.target.declared.content.external

    @property
    def refused(self) -> tuple[TableDifference, ...]:
        """The differences that typedflow does nothing about, and should not be there."""
        return tuple(each for each in self.differences if each.is_refused)

    @property
    def state(self) -> TableState:
        """What the differences come to."""
        if self.refused:
            return "differs"
        kinds = {each.kind for each in self.differences}
        return "create" if "missing-table" in kinds else "add" if "missing-column" in kinds else "same"
