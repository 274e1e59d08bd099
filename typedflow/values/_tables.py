"""Tables as they are declared: their columns, and whether they are somebody else's."""

from dataclasses import dataclass

from typedflow.values._column_types import ColumnType


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column. A type that the portable language does not have is None: nothing is known about its values.

    ``name`` is as SQL writes it: ``metricA`` matches every case where the dialect ignores it. In double quotes
    (``"metricA"``), and where it is not a plain identifier, it is exact.
    """

    name: str
    type: ColumnType | None = None
    is_nullable: bool = True

    @property
    def bare_name(self) -> str:
        """The name without its double quotes, as Python has it: in a row, and in what selects columns."""
        name = self.name
        return name[1:-1].replace('""', '"') if name[1:-1] and name[0] == name[-1] == '"' else name


@dataclass(frozen=True, slots=True)
class TableColumns:
    """The columns of a table, in their order; an external table is only read."""

    columns: tuple[TableColumn, ...]
    is_external: bool = False
