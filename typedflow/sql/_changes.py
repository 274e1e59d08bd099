"""Statements that change tables in place, and the tables that may not be changed."""

from __future__ import annotations

from sqlglot import exp

from typedflow.sql._expressions import resolve_expression
from typedflow.sql._model import Context, Relation, Result, Scope
from typedflow.sql._queries import with_tables
from typedflow.sql._sources import add_joins, add_source
from typedflow.sql._tables import declared_result, find_declared, is_name, report_table, table_parts
from typedflow.sql._unknown_columns import report_missing
from typedflow.values import TableColumns


def note_write(context: Context, table: exp.Expr, *, is_quiet: bool = False) -> tuple[str, TableColumns] | None:
    """Note that a table is written, and return it if it is declared; report an external one.

    An unknown one is reported, too, unless the caller is quiet or the file creates it.
    """
    if not isinstance(table, exp.Table) or not is_name(table):
        return None
    found = find_declared(context, table)
    context.named[id(table)] = found[0] if found else ""
    if found is None:
        is_created = context.names.key_of(table.this) in context.created
        if not is_quiet and not is_created and not context.has_unread:
            report_table(context, table)
        return None
    name, declared = found
    context.writes[name] = None
    if declared.is_external:
        message = f"`{name}` is external, so it is only read"
        context.findings.add("external-write", message, context.place(table), declared=[(name, "")])
    return found


def judge_changes(context: Context, tree: exp.Update | exp.Delete | exp.Merge) -> None:
    """Judge UPDATE, DELETE and MERGE."""
    scope = Scope(None, with_tables(context, tree, None, {}))
    table = tree.this
    target = _add_target(context, scope, table)
    for name in ("from_", "using"):
        value = tree.args.get(name)
        for each in value if isinstance(value, list) else [value]:
            source = each.this if isinstance(each, exp.From) else each
            if isinstance(source, exp.Expr):
                add_source(context, scope, source)
    if isinstance(table, exp.Table):
        add_joins(context, scope, table.args.get("joins") or ())
    for name in ("on", "where"):
        resolve_expression(context, scope, tree.args.get(name))
    if isinstance(tree, exp.Update):
        _assignments(context, scope, target, tree)
    whens = tree.args.get("whens")
    for when in whens.expressions if isinstance(whens, exp.Expr) else ():
        resolve_expression(context, scope, when.args.get("condition"))
        _action(context, scope, target, when.args.get("then"))


def _add_target(context: Context, scope: Scope, table: exp.Expr) -> Relation | None:
    """Add the table that is changed to the scope, and note that it is written."""
    found = note_write(context, table)
    if not isinstance(table, exp.Table) or not is_name(table):
        return None
    keys = tuple(context.names.key_of(part) for part in table_parts(table))
    if found is None:
        known = context.created.get(keys[-1])
        result = known or Result([], [context.open("", (0, 0), is_silent=True)])
    else:
        result = declared_result(context, table, found)
    name = found[0] if found else ""
    relation = Relation(keys, context.written(table.this), result, table=name, is_table=bool(found))
    if table.alias:
        alias = table.args["alias"].this
        relation.path, relation.shown = (context.names.key_of(alias),), context.written(alias)
    scope.relations.append(relation)
    return relation


def _action(context: Context, scope: Scope, target: Relation | None, action: exp.Expr | None) -> None:
    """Judge what a MERGE does with a row."""
    if isinstance(action, exp.Update):
        _assignments(context, scope, target, action)
    elif isinstance(action, exp.Insert):
        names = action.this
        for each in names.expressions if isinstance(names, exp.Tuple | exp.Schema) else ():
            _assigned(context, target, each)
        resolve_expression(context, scope, action.args.get("expression"))
        resolve_expression(context, scope, action.args.get("where"))


def _assignments(context: Context, scope: Scope, target: Relation | None, update: exp.Update) -> None:
    changes = update.args.get("expressions")
    for each in changes if isinstance(changes, list) else ():
        if isinstance(each, exp.EQ):
            _assigned(context, target, each.this)
            resolve_expression(context, scope, each.expression)
        else:
            resolve_expression(context, scope, each)


def _assigned(context: Context, target: Relation | None, node: exp.Expr) -> None:
    """Report a column that is set, and that the table does not have."""
    name = node.this if isinstance(node, exp.Column) else node
    if target is None or not isinstance(name, exp.Identifier) or target.result.unknown:
        return
    qualifier = node.args.get("table") if isinstance(node, exp.Column) else None
    if qualifier is not None and context.names.key_of(qualifier) != target.path[-1]:
        return  # a field of a struct
    if target.result.find(context.names.key_of(name)) is None:
        report_missing(context, name, [target])
