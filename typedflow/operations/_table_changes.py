"""Changes of tables, and whom they break: what writes rows (files), or what reads them (readers)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from typedflow.operations._table_contracts import TableContract, TableContracts
from typedflow.operations._table_differences import TableDifference, table_differences
from typedflow.schema import Change, Direction, Kind
from typedflow.values import Location

_GROUPS = {Direction.FILES: "writes", Direction.READERS: "reads"}
_EFFECTS = {Kind.BREAKING: "this breaks", Kind.RISKY: "this may break"}


@dataclass(frozen=True, slots=True)
class TableChange:
    """A change of a table, where it is declared now, and where it was; None where it is not."""

    table: str
    change: Change
    place: Location | None
    was: Location | None


def table_changes(old: TableContracts, new: TableContracts, directions: Collection[Direction]) -> Iterator[TableChange]:
    """Yield the changes of the tables that existed then, and whose files can be read then and now."""
    for name, before in old.tables.items():
        after = new.tables.get(name)
        if after is not None:
            for each in table_differences(name, before, after):
                yield from _changes(name, each, _affected(before, after, directions))
        elif name not in new.unread:
            yield from _changes(name, _gone(name, before), _affected(before, before, directions))


def _affected(old: TableContract, new: TableContract, directions: Collection[Direction]) -> list[Direction]:
    """Return those of the directions that a change of the table may affect: nothing writes an external one."""
    is_read_only = old.is_external and new.is_external
    return [each for each in directions if each is Direction.READERS or not is_read_only]


def _gone(name: str, old: TableContract) -> TableDifference:
    message = f"the table `{name}` is no longer declared"
    hint = "declare it until nothing reads or writes it"
    return TableDifference((), message, (Kind.BREAKING, Kind.BREAKING), (old.name, None), (None, old.place), hint)


def _changes(name: str, found: TableDifference, directions: Collection[Direction]) -> Iterator[TableChange]:
    """Yield a change for each group that it affects; one without a group if it is safe for all."""
    kinds = {each: found.kinds[0 if each is Direction.FILES else 1] for each in directions}
    unsafe = [each for each, kind in kinds.items() if kind is not Kind.SAFE]
    for direction in unsafe or list(kinds)[:1]:
        kind = kinds[direction]
        effect = f": {_EFFECTS[kind]} what {_GROUPS[direction]} it" if kind in _EFFECTS else ""
        hint = found.hint if kind in _EFFECTS else ""
        keyword = str(found.path[0]) if found.path else "table"
        change = Change(kind, direction, found.path, keyword, found.message + effect, *found.values, hint)
        yield TableChange(name, change, *found.places)
