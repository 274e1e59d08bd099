"""The type of an expression whose columns are resolved, as far as it is certain."""

from __future__ import annotations

import re

from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.annotate_types import annotate_types

from typedflow.sql._model import Context, Output
from typedflow.sql._tokens import is_placeholder
from typedflow.sql._types import column_type, data_type
from typedflow.values import MAX_DIGITS, ColumnType

_NUMBER = re.compile(r"\d*\.?\d*")

#: What returns its argument as it is, and all the digits of it.
_EXACT = (exp.Column, exp.Cast, exp.Literal, exp.Neg, exp.Min, exp.Max)
_DEEPEST = 50
#: What sqlglot's annotator raises for expressions that it does not expect.
_FAILURES = (SqlglotError, ValueError, TypeError, AttributeError, LookupError)


def output_type(context: Context, output: Output, depth: int = 0) -> ColumnType | None:
    """Return the type of a column of a result, or None where it is not certain."""
    if output.is_typed or output.type is not None or depth > _DEEPEST:
        return output.type
    output.is_typed = True
    if output.branches:
        kinds = {output_type(context, each, depth + 1) for each in output.branches}
        output.type = kinds.pop() if len(kinds) == 1 else None
    elif output.node is not None:
        output.type = infer(context, output.node, depth + 1)
    return output.type


def infer(context: Context, node: exp.Expr, depth: int = 0) -> ColumnType | None:
    """Return the type of an expression, or None where it is not certain. Digits are known of some decimals only."""
    bare = bare_expression(node)
    if isinstance(bare, exp.Column):
        return _column_type(context, bare, depth)
    if isinstance(bare, exp.Null):
        return None
    digits = _digits(bare)
    if digits is not None:
        return digits
    _set_types(context, bare, depth)
    try:
        annotate_types(bare, dialect=context.grammar, overwrite_types=False)
    except _FAILURES:
        return None
    kind = column_type(bare.type)
    return ColumnType("decimal") if kind and kind.name == "decimal" and not isinstance(bare, _EXACT) else kind


def element_type(context: Context, node: exp.Expr) -> ColumnType | None:
    """Return the type of the elements of a list, or None where it is not certain."""
    kind = infer(context, node)
    return kind.fields[0][1] if kind and kind.name == "list" else None


def is_exact(context: Context, output: Output, depth: int = 0) -> bool:
    """Return whether a number has the digits of its type: it is a declared column, a number, or cast."""
    if depth > _DEEPEST:
        return False
    if output.branches:
        return all(is_exact(context, each, depth + 1) for each in output.branches)
    if output.node is None:
        return True
    bare = bare_expression(output.node)
    if isinstance(bare, exp.Column):
        inner = context.columns.get(id(bare))
        return inner is not None and is_exact(context, inner, depth + 1)
    return isinstance(bare, exp.Cast) or _digits(bare) is not None


def is_null(node: exp.Expr | None) -> bool:
    """Return whether an expression is NULL, or NULL of a type."""
    return isinstance(node.this if isinstance(node, exp.Cast) else node, exp.Null)


def bare_expression(node: exp.Expr) -> exp.Expr:
    """Return an expression without its alias and parentheses."""
    while isinstance(node, exp.Alias | exp.Paren):
        node = node.this
    return node


def _column_type(context: Context, column: exp.Column, depth: int) -> ColumnType | None:
    if is_placeholder(column.name):
        return context.parameters.get(column.name[1:])
    output = context.columns.get(id(column))
    return output_type(context, output, depth + 1) if output is not None else None


def _digits(node: exp.Expr) -> ColumnType | None:
    """Return the type of a number such as ``-1.50``."""
    literal = node.this if isinstance(node, exp.Neg) else node
    if not isinstance(literal, exp.Literal) or literal.is_string or not _NUMBER.fullmatch(literal.name):
        return None
    whole, point, fraction = literal.name.partition(".")
    fraction = fraction.rstrip("0")
    digits = len(whole.lstrip("0")) + len(fraction)
    return ColumnType("decimal", max(digits, 1), len(fraction)) if point and digits <= MAX_DIGITS else None


def _set_types(context: Context, root: exp.Expr, depth: int) -> None:
    """Set the types of the columns and subqueries in an expression; those that are not known stay so."""
    stack = [root]
    while stack:
        node = stack.pop()
        kind: ColumnType | None = None
        if isinstance(node, exp.Column):
            kind = _column_type(context, node, depth)
        elif isinstance(node, exp.Query):
            result = context.results.get(id(node))
            kind = output_type(context, result.outputs[0], depth + 1) if result and result.outputs else None
        else:
            kind = ColumnType("decimal") if _digits(node) else None
            stack.extend(node.iter_expressions())
        if kind is not None:
            node.type = data_type(kind)
