"""Tables and how they differ from the engine's, as a tree of lines, as JSON and as SQL."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from typedflow.cli._console import put_json, put_lines, say
from typedflow.cli._environment import say_environment

if TYPE_CHECKING:
    from typedflow.operations import AppliedTables, ComparedTable, Event, TableDifference, TablesPlan

_WIDTH = 80
#: The words for what is not refused: what would be done, and what has been done.
_PLANNED = {"missing-table": "create", "missing-column": "add", "not-declared": "leave"}
_DONE = {"missing-table": "created", "missing-column": "added", "not-declared": "left"}


def say_chosen(event: Event) -> None:
    """Print the environment that is chosen, and why."""
    from typedflow.operations import EnvironmentChosen

    if isinstance(event, EnvironmentChosen):
        say_environment(event.environment)


def put_plan(plan: TablesPlan, format: str) -> None:  # noqa: A002 # the option's name
    """Write how tables differ, and what that comes to."""
    if format == "json":
        put_json(_data(plan))
        return
    put_lines(_lines(plan.tables, _PLANNED, "refuse"))
    made = _made(plan.tables, "would be created", "would be added")
    refused = _refused(plan.tables)
    same = [] if made or refused else [f"no differences in {_count(len(plan.tables), 'table')}"]
    say(", ".join([*made, *refused, *same]))


def put_applied(done: AppliedTables, format: str) -> None:  # noqa: A002 # the option's name
    """Write what has been done, and what that comes to."""
    if format == "json":
        put_json({**_data(done), "left": [_table(each) for each in done.left]})
        return
    put_lines(_lines(done.tables, _DONE, "refused"))
    made = _made(done.tables, "created", "added")
    same = [] if made or done.failures else [f"nothing to change in {_count(len(done.tables), 'table')}"]
    if parts := [*made, *same, *_refused(done.tables)]:
        say(", ".join(parts))
    if done.left:
        say(f"not changed: {', '.join(_title(each) for each in done.left)}")


def put_statements(tables: Sequence[ComparedTable]) -> bool:
    """Write the statements that would be executed, with what is refused as comments; return whether anything is."""
    for each in tables:
        refused = [f"-- {_title(each)}: refused: {_reason(item)}" for item in each.refused]
        put_lines([*refused, *(f"{statement};" for statement in each.statements)])
    return any(each.refused for each in tables)


def _data(found: TablesPlan | AppliedTables) -> dict[str, Any]:
    tables = [_table(each) for each in found.tables]
    return {"version": 1, "environment": found.environment, "dialect": found.dialect, "tables": tables}


def _table(each: ComparedTable) -> dict[str, Any]:
    return {
        "name": each.target.declared.unit.name,
        "binding": each.target.binding,
        "table": each.target.name,
        "external": each.is_external,
        "state": each.state,
        "differences": [_difference(item) for item in each.differences],
        "statements": each.statements,
    }


def _difference(item: TableDifference) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "column": item.column,
        "declared": item.declared,
        "engine": item.found,
        "refused": item.is_refused,
        "reason": item.reason or None,
    }


def _lines(tables: Iterable[ComparedTable], words: dict[str, str], refused: str) -> Iterator[str]:
    """Yield a line for each table, and one below for each difference."""
    for each in tables:
        kind = " (external)" if each.is_external else ""
        same = "" if each.differences else ": the same"
        yield f"{_title(each)}  {each.target.name}{kind}{same}"
        for item in each.differences:
            word = words[item.kind] if not item.is_refused else "differs" if each.is_external else refused
            margin = f"  {word:<8} "
            yield from wrap(
                margin + _what(item),
                _WIDTH,
                subsequent_indent=" " * len(margin),
                break_long_words=False,
                break_on_hyphens=False,
            )


def _title(each: ComparedTable) -> str:
    unit = each.target.declared.unit
    return f"{unit.name} {each.target.binding}" if unit.bindings else unit.name


def _what(item: TableDifference) -> str:
    if item.is_refused:
        return _reason(item)
    if item.kind == "missing-table":
        return f"the table, with the columns {item.declared}"
    if item.kind == "missing-column":
        return f"{item.column} {item.declared}"
    return f"{item.column} {item.found}, which is not declared"


def _reason(item: TableDifference) -> str:
    """Return why a difference is refused, with the column's name."""
    is_named = item.column is None or f"`{item.column}`" in item.reason
    return item.reason if is_named else f"{item.column}: {item.reason}"


def _made(tables: Iterable[ComparedTable], created: str, added: str) -> list[str]:
    """Return how many tables and columns are made, if any are."""
    made = Counter(item.kind for each in tables for item in each.differences if not item.is_refused)
    counts = ((made["missing-table"], "table", created), (made["missing-column"], "column", added))
    return [f"{_count(number, noun)} {verb}" for number, noun, verb in counts if number]


def _refused(tables: Iterable[ComparedTable]) -> list[str]:
    """Return how many differences are refused, if any are."""
    number = sum(len(each.refused) for each in tables)
    return [f"{_count(number, 'difference')} that typedflow does not change"] if number else []


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
