"""How a table differs from what it was, and how severe that is for what writes it, and for what reads it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from typedflow.operations._table_contracts import ColumnContract, TableContract
from typedflow.schema import Kind
from typedflow.values import KeyPath, Location, fits_column_type, listed, parse_column_type

_KEEP = "keep the column, and add another one beside it"
_BREAKING, _RISKY, _SAFE = Kind.BREAKING, Kind.RISKY, Kind.SAFE


class TableDifference(NamedTuple):
    """A difference at a key path of a table's file.

    Shape: ``kinds`` is how severe it is for what writes the table, and for what reads it; ``values`` are the old and
    the new one, ``places`` where the file has it now, and had it.
    """

    path: KeyPath
    message: str
    kinds: tuple[Kind, Kind]
    values: tuple[object, object]
    places: tuple[Location | None, Location | None]
    hint: str = ""


def table_differences(name: str, old: TableContract, new: TableContract) -> Iterator[TableDifference]:
    """Yield the differences of a table, those of the table itself first."""
    yield from _of_table(name, old, new)
    for column in {**old.columns, **new.columns}:
        before, after = old.columns.get(column), new.columns.get(column)
        path, what = ("columns", column), f"the column `{column}` of `{name}`"
        if before is None and after is not None:
            yield _added(path, what, after)
        elif before is not None and after is None:
            hint = "keep the column until nothing reads or writes it"
            places, values = (None, before.place), (before.type, None)
            yield TableDifference(path, f"{what} was removed", (_BREAKING, _BREAKING), values, places, hint)
        elif before is not None and after is not None:
            yield from _of_column(path, what, before, after)


def _of_table(name: str, old: TableContract, new: TableContract) -> Iterator[TableDifference]:
    places = (new.place, old.place)
    if new.is_external and not old.is_external:
        message, hint = f"`{name}` has become external", "let what wrote it write another table"
        yield TableDifference(("external",), message, (_BREAKING, _SAFE), (False, True), places, hint)
    if new.name != old.name:
        message = f"`{name}` is `{new.name}` in the engine, and was `{old.name}`"
        hint = "rename or copy the table in the engine, too: its rows stay where they are"
        yield TableDifference(("table",), message, (_RISKY, _RISKY), (old.name, new.name), places, hint)
    if new.partitioned_by != old.partitioned_by:
        shown = [listed(each) if each else "nothing" for each in (new.partitioned_by, old.partitioned_by)]
        message = f"`{name}` is partitioned by {shown[0]}, and was by {shown[1]}"
        hint = "engines do not partition an existing table in another way: create it again"
        values = ([*old.partitioned_by], [*new.partitioned_by])
        yield TableDifference(("partitioned_by",), message, (_RISKY, _SAFE), values, places, hint)


def _added(path: KeyPath, what: str, new: ColumnContract) -> TableDifference:
    places, values = (new.place, None), (None, new.type)
    if new.is_nullable:
        return TableDifference(path, f"{what} is new", (_SAFE, _SAFE), values, places)
    message, hint = f"{what} is new, and cannot be null", "allow null until everything writes the column"
    return TableDifference(path, message, (_BREAKING, _SAFE), values, places, hint)


def _of_column(path: KeyPath, what: str, old: ColumnContract, new: ColumnContract) -> Iterator[TableDifference]:
    places = (new.place, old.place)
    if old.type != new.type:
        message = f"{what} is {_shown(new.type)}, and was {_shown(old.type)}"
        yield TableDifference(path, message, _retyped(old.type, new.type), (old.type, new.type), places, _KEEP)
    if old.is_nullable != new.is_nullable:
        kinds = (_SAFE, _BREAKING) if new.is_nullable else (_BREAKING, _SAFE)
        message = f"{what} {'can' if new.is_nullable else 'cannot'} be null now"
        yield TableDifference((*path, "nullable"), message, kinds, (old.is_nullable, new.is_nullable), places, _KEEP)


def _retyped(old: str | None, new: str | None) -> tuple[Kind, Kind]:
    """Return the kinds of a change of the type; what is not known is checked from now on, or not any longer."""
    if old is None or new is None:
        return _SAFE, _SAFE
    before, after = parse_column_type(old), parse_column_type(new)
    written, read = fits_column_type(before, after), fits_column_type(after, before)
    return _SAFE if written else _BREAKING, _SAFE if read else _BREAKING


def _shown(kind: str | None) -> str:
    return "without a type" if kind is None else f"`{kind}`"
