"""What the tables of a project promise to their readers and writers, as their files declare it."""

from __future__ import annotations

from dataclasses import dataclass, field

from typedflow.project import LoadedProject
from typedflow.values import Location, TypedflowError


@dataclass(frozen=True, slots=True)
class ColumnContract:
    """A column: its type as files write it, None if it is not known, and where it is declared."""

    type: str | None
    is_nullable: bool
    place: Location


@dataclass(frozen=True, slots=True)
class TableContract:
    """A table: its name in the engine, with placeholders, its columns by name, and where it is declared."""

    name: str
    place: Location
    is_external: bool = False
    partitioned_by: tuple[str, ...] = ()
    columns: dict[str, ColumnContract] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TableContracts:
    """The tables of a project by name; ``unread`` has those whose files are broken, each with the reason."""

    tables: dict[str, TableContract] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)


def table_contracts(project: LoadedProject) -> TableContracts:
    """Return what the tables of a project promise."""
    found = TableContracts()
    if not any(unit.kind == "table" for unit in project.units):
        return found
    for unit in project.tables.units:
        try:
            table = project.tables.declared(unit)
        except TypedflowError as error:
            found.unread[unit.name] = error.diagnostics[0].message
            continue
        columns = {
            each.name: ColumnContract(
                None if each.type is None else str(each.type),
                each.is_nullable,
                table.place("columns", each.name, key=True),
            )
            for each in table.columns.columns
        }
        content = table.content
        found.tables[unit.name] = TableContract(
            content.table, table.place("table"), content.external, content.partitioned_by, columns
        )
    return found
