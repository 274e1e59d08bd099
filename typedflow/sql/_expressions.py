"""Walks an expression: its columns, placeholders and subqueries."""

from __future__ import annotations

from sqlglot import exp

from typedflow.sql._columns import resolve_column
from typedflow.sql._model import Context, Scope
from typedflow.sql._placeholders import note_placeholder, report_misplaced, report_native

#: What has names that are not columns.
_SKIPPED = (exp.Hint, exp.DataType, exp.Columns, exp.JSONPath, exp.Var, exp.Literal)
_NAMED = (exp.PropertyEQ, exp.Kwarg)
_NATIVE = (exp.Placeholder, exp.Parameter, exp.SessionParameter)
_NONE: frozenset[str] = frozenset()


def resolve_expression(context: Context, scope: Scope, root: object) -> None:
    """Resolve each column in an expression, and each query; unknown ones are reported. Other values have none."""
    stack = [(root, _NONE)] if isinstance(root, exp.Expr) else []
    while stack:
        node, local = stack.pop()
        if isinstance(node, _SKIPPED):
            continue
        if isinstance(node, exp.Column):
            _column(context, scope, node, local)
        elif isinstance(node, exp.Query):
            context.results[id(node)] = context.resolve(context, node, scope, scope.tables)
        elif isinstance(node, exp.Identifier):
            if context.is_placeholder(node):
                report_misplaced(context, node)
        elif isinstance(node, _NATIVE):
            report_native(context, node)
        else:
            stack.extend(_children(context, node, local))


def _column(context: Context, scope: Scope, column: exp.Column, local: frozenset[str]) -> None:
    if context.is_placeholder(column):
        note_placeholder(context, column)
    elif isinstance(column.this, _NATIVE):
        report_native(context, column.this)
    elif isinstance(column.this, exp.Star):
        for each in column.this.iter_expressions():
            resolve_expression(context, scope, each)
    else:
        resolve_column(context, scope, column, local)


def _children(context: Context, node: exp.Expr, local: frozenset[str]) -> list[tuple[exp.Expr, frozenset[str]]]:
    """Return the parts of a node to walk, with the parameters of lambdas that they see."""
    if isinstance(node, exp.Lambda):
        return [(node.this, local | {context.names.key_of(each) for each in node.expressions})]
    if isinstance(node, exp.Comprehension):
        inner = local | {context.names.key_of(each) for each in (node.expression, node.args.get("position")) if each}
        return [
            (node.args["iterator"], local),
            *((each, inner) for each in (node.this, node.args.get("condition")) if each),
        ]
    if isinstance(node, _NAMED):
        return [(node.expression, local)]
    if isinstance(node, exp.Dot) and isinstance(node.expression, exp.Func) and context.dialect != "duckdb":
        return [(node.expression, local)]  # `schema.function(x)`
    return [(each, local) for each in node.iter_expressions(reverse=True)]
