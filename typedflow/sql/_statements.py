"""Statements: queries, what writes into tables, and what is not checked."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from typedflow.sql._changes import judge_changes, note_write
from typedflow.sql._model import Context, Output, Result
from typedflow.sql._parse import Statement
from typedflow.sql._queries import resolve_query, with_tables
from typedflow.sql._results import with_names
from typedflow.sql._tables import table_parts
from typedflow.sql._target import Target, check_outputs
from typedflow.sql._types import column_type
from typedflow.sql._unknown_columns import report_unlisted
from typedflow.values import TableColumns

_QUERIES = (exp.Query, exp.Values, exp.Pivot)
_CHANGES = (exp.Update, exp.Delete, exp.Merge)


def judge_statements(context: Context, statements: Sequence[Statement], into: Target | None) -> None:
    """Judge the statements of a file in order; the rows of the last query are written ``into`` a table."""
    last: tuple[Result, Statement] | None = None
    is_all_checked = not context.has_unread
    for statement in statements:
        if isinstance(statement.tree, _QUERIES):
            last = resolve_query(context, statement.tree, None, {}), statement
        if not _judge_others(context, statement):
            _not_checked(context, statement)
            is_all_checked = False
    if into is not None and last is not None:
        check_outputs(context, last[0], into, last[1].head)
    elif into is not None and is_all_checked:
        place = statements[0].first if statements else (0, 0)
        message = f"no query in this file makes the rows of `{into.name}`"
        context.findings.add("missing-output", message, place, declared=[(into.name, "")])


def _judge_others(context: Context, statement: Statement) -> bool:
    """Judge what changes tables, in a statement or in its common table expressions; return whether all is judged."""
    tree = statement.tree
    if isinstance(tree, exp.Insert) and isinstance(tree.expression, exp.Query | exp.Values):
        _insert(context, tree, statement)
    elif isinstance(tree, exp.Create) and tree.kind in {"TABLE", "VIEW"}:
        _create(context, tree)
    elif isinstance(tree, _CHANGES):
        judge_changes(context, tree)
    elif not isinstance(tree, (*_QUERIES, exp.Semicolon)):
        return False
    for each in tree.find_all(exp.CTE):
        if isinstance(each.this, _CHANGES):
            judge_changes(context, each.this)
    return True


def _not_checked(context: Context, statement: Statement) -> None:
    """Report a statement that is not checked, and note what it changes."""
    tree = statement.tree
    if isinstance(tree, exp.Drop | exp.TruncateTable | exp.Alter):
        for table in tree.find_all(exp.Table):
            note_write(context, table, is_quiet=True)
    what = "a script" if tree is None else f"`{statement.tokens[0].text.upper()}`"
    context.findings.add("unchecked-sql", f"{what} is not checked", statement.first)


def _insert(context: Context, tree: exp.Insert, statement: Statement) -> None:
    tables = with_tables(context, tree, None, {})
    result = resolve_query(context, tree.expression, None, tables)
    schema = tree.this if isinstance(tree.this, exp.Schema) else None
    table = schema.this if schema else tree.this
    if not isinstance(table, exp.Table):
        _not_checked(context, statement)
        return
    target = note_write(context, table)
    if target is None or target[1].is_external or target[0] in context.broken:
        return
    name, declared = target
    columns = {context.names.declared(column.name): column for column in declared.columns}
    written = [each for each in schema.expressions if isinstance(each, exp.Identifier)] if schema else []
    for each in written:
        if context.names.key_of(each) not in columns:
            report_unlisted(context, each, name, [column.name for column in declared.columns])
    if tree.args.get("partition") or any(context.names.key_of(each) not in columns for each in written):
        return
    chosen = tuple(columns[context.names.key_of(each)] for each in written) or declared.columns
    into = Target(name, TableColumns(chosen), is_positional=not tree.args.get("by_name"))
    check_outputs(context, result, into, statement.head)
    if schema:
        left_out = Result([Output(column.name, context.names.declared(column.name)) for column in chosen])
        check_outputs(context, left_out, Target(name, declared), context.place(table))


def _create(context: Context, tree: exp.Create) -> None:
    """Note a table or a view that the file creates: later statements read it."""
    schema = tree.this if isinstance(tree.this, exp.Schema) else None
    table = schema.this if schema else tree.this
    names = [each for each in schema.expressions if isinstance(each, exp.ColumnDef | exp.Identifier)] if schema else []
    if isinstance(tree.expression, exp.Query | exp.Values):
        tables = with_tables(context, tree, None, {})
        result = with_names(context, resolve_query(context, tree.expression, None, tables), names)
    elif names:
        result = Result([_column(context, each) for each in names if isinstance(each, exp.ColumnDef)])
    else:
        result = Result([], [context.open(f"the columns of `{context.written(table)}`", context.place(table))])
    if note_write(context, table, is_quiet=True) is None and len(table_parts(table)) == 1:
        context.created[context.names.key_of(table.this)] = result


def _column(context: Context, column: exp.ColumnDef) -> Output:
    return Output(column.name, context.names.key_of(column.this), type=column_type(column.kind))
