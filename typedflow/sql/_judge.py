"""Judges a SQL file: what is wrong in it, and what it reads and writes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from typedflow.sql._context import new_context, read_statements
from typedflow.sql._dialects import Dialect
from typedflow.sql._findings import SqlFinding
from typedflow.sql._model import Context
from typedflow.sql._parse import Statement
from typedflow.sql._statements import judge_statements
from typedflow.sql._target import Target
from typedflow.sql._tokens import MAX_DEPTH, deep_stack
from typedflow.values import ColumnType, Source, TableColumns

#: As many names are in a message.
_MOST = 10


@dataclass(frozen=True, slots=True)
class SqlJudgement:
    """What is known about a SQL file: findings in the order of the text, tables by declared names, placeholders."""

    findings: tuple[SqlFinding, ...]
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()


def judge_sql(
    source: Source,
    dialect: Dialect,
    tables: Mapping[str, TableColumns],
    parameters: Collection[str] | Mapping[str, ColumnType | None] = (),
    into: Target | None = None,
    broken: Collection[str] = (),
) -> SqlJudgement:
    """Judge a SQL file against the tables of a project, by their names there, and the parameters that it gets.

    The rows of its last query are written ``into`` a table. What cannot be judged is a finding, too: ``unchecked-sql``.
    ``broken`` are tables without columns, for a reason that is reported elsewhere: nothing is said about theirs.
    """
    context = new_context(source.text, dialect, tables, parameters)
    context.broken = broken
    statements: list[Statement] = []
    try:
        with deep_stack():
            statements += read_statements(context)
            judge_statements(context, statements, into)
    except RecursionError:
        context.findings.add("unreadable-sql", f"this file is nested more than {MAX_DEPTH} levels deep", (0, 1))
    if into is not None and into.table.is_external:
        message = f"`{into.name}` is external, so it is only read"
        place = statements[-1].head if statements else (0, 0)
        context.findings.add("external-write", message, place, declared=[(into.name, "")])
    _report_unknown(context)
    return SqlJudgement(
        tuple(context.findings.sorted()), tuple(context.reads), tuple(context.writes), tuple(context.placeholders)
    )


def _listed(names: list[str]) -> str:
    """Return names of columns, and phrases that have spaces, for a message."""
    shown = [name if " " in name else f"`{name}`" for name in names[:_MOST]]
    return ", ".join(shown) + (f" and {len(names) - _MOST} more" if len(names) > _MOST else "")


def _report_unknown(context: Context) -> None:
    """Report what was accepted because the columns of a source are not known."""
    for unknown in context.unknown:
        if unknown.names and not unknown.is_silent:
            names = _listed(list(unknown.names))
            context.findings.add(
                "unchecked-sql", f"{unknown.label} are not known, so {names} is not checked", unknown.place
            )
