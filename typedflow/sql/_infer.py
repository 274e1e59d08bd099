"""The type of an expression whose columns are resolved, as far as it is certain in every dialect."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlglot import exp

from typedflow.sql._model import Context, Output
from typedflow.sql._types import column_type
from typedflow.values import MAX_DIGITS, ColumnType

_DEEPEST = 100
_NUMBER = re.compile(r"\d+(?:\.\d*)?|\.\d+")
_WHOLE, _FLOATS = {"int", "bigint"}, {"float", "double"}
_BIGINT, _DOUBLE, _DECIMAL = ColumnType("bigint"), ColumnType("double"), ColumnType("decimal")
_BOOL, _TEXT, _DATE = ColumnType("bool"), ColumnType("text"), ColumnType("date")

#: Expressions whose type does not depend on their arguments.
_FIXED: dict[ColumnType, tuple[type[exp.Expr], ...]] = {
    _BOOL: (exp.Predicate, exp.Connector, exp.Not, exp.Boolean),
    _BIGINT: (exp.Count, exp.CountIf, exp.ApproxDistinct, exp.RowNumber, exp.Rank, exp.DenseRank),
    _DOUBLE: (exp.Stddev, exp.StddevPop, exp.StddevSamp, exp.Variance, exp.VariancePop, exp.PercentRank, exp.CumeDist),
    _TEXT: (exp.Upper, exp.Lower, exp.Trim, exp.ConcatWs, exp.Initcap),
    _DATE: (exp.CurrentDate,),
}
#: What has the type of its first argument.
_SAME: tuple[type[exp.Expr], ...] = (
    *(exp.Min, exp.Max, exp.AnyValue, exp.Lag, exp.Lead, exp.FirstValue, exp.LastValue, exp.Neg, exp.Nullif, exp.Abs),
    *(exp.Paren, exp.Alias, exp.Window, exp.Filter, exp.IgnoreNulls, exp.RespectNulls),
)
_TEXTS = (exp.DPipe, exp.Concat, exp.Substring, exp.Left, exp.Right, exp.Replace)
_ARITHMETIC = (exp.Add, exp.Sub, exp.Mul, exp.Div, exp.IntDiv, exp.Mod)
#: Where the quotient of whole numbers is whole, or a decimal.
_WHOLE_QUOTIENT, _DECIMAL_QUOTIENT = {"postgres", "trino"}, {"snowflake"}


def output_type(context: Context, output: Output, depth: int = 0) -> ColumnType | None:
    """Return the type of a column of a result, or None where it is not certain."""
    if output.is_typed or output.type is not None or depth > _DEEPEST:
        return output.type
    output.is_typed = True
    if output.branches:
        output.type = _common([output_type(context, each, depth + 1) for each in output.branches if not _is_null(each)])
    elif output.node is not None:
        output.type = infer(context, output.node, depth + 1)
    return output.type


def infer(context: Context, node: exp.Expr, depth: int = 0) -> ColumnType | None:
    """Return the type of an expression, or None where it is not certain; digits are known of some decimals only."""
    if depth > _DEEPEST:
        return None
    if isinstance(node, exp.Column):
        return _of_column(context, node, depth)
    if isinstance(node, exp.Literal):
        return _TEXT if node.is_string else _digits(node)
    if isinstance(node, exp.Cast):
        return column_type(node.to)
    for kind, classes in _FIXED.items():
        if isinstance(node, classes):
            return kind
    return _of_arguments(context, node, depth + 1)


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
    return isinstance(bare, exp.Cast | exp.Literal)


def bare_expression(node: exp.Expr) -> exp.Expr:
    """Return an expression without its alias, parentheses and sign."""
    while isinstance(node, exp.Alias | exp.Paren | exp.Neg):
        node = node.this
    return node


def is_null(node: exp.Expr | None) -> bool:
    """Return whether an expression is NULL, or NULL of a type."""
    return isinstance(node.this if isinstance(node, exp.Cast) else node, exp.Null)


def _is_null(output: Output) -> bool:
    return output.node is not None and is_null(bare_expression(output.node))


def _of_column(context: Context, column: exp.Column, depth: int) -> ColumnType | None:
    if context.is_placeholder(column):
        return context.parameters.get(column.name[1:])
    output = context.columns.get(id(column))
    return output_type(context, output, depth + 1) if output is not None else None


def _of_arguments(context: Context, node: exp.Expr, depth: int) -> ColumnType | None:
    """Return the type of an expression that depends on those in it."""
    if isinstance(node, _SAME):
        return None if node.expressions else infer(context, node.this, depth)  # `max(a, n)` is a list
    if isinstance(node, _ARITHMETIC):
        return _arithmetic(context, node, depth)
    if isinstance(node, exp.Sum | exp.Avg):
        kind = _number(infer(context, node.this, depth))
        return _DOUBLE if kind == _BIGINT and isinstance(node, exp.Avg) else kind
    if isinstance(node, exp.Coalesce | exp.Greatest | exp.Least | exp.Case | exp.If):
        return _common([infer(context, each, depth) for each in _choices(node) if not is_null(each)])
    if isinstance(node, _TEXTS):
        return _TEXT if infer(context, node.this or node.expressions[0], depth) == _TEXT else None
    return _of_query(context, node, depth)


def _of_query(context: Context, node: exp.Expr, depth: int) -> ColumnType | None:
    result = context.results.get(id(node))
    return output_type(context, result.outputs[0], depth) if result and result.outputs else None


def _choices(node: exp.Expr) -> list[exp.Expr]:
    """Return the expressions one of which is the value of another."""
    if isinstance(node, exp.Case):
        found = [*(each.args.get("true") for each in node.args.get("ifs") or ()), node.args.get("default")]
    elif isinstance(node, exp.If):
        found = [node.args.get("true"), node.args.get("false")]
    else:
        found = [node.this, *node.expressions]
    return [each for each in found if each is not None]


def _arithmetic(context: Context, node: exp.Expr, depth: int) -> ColumnType | None:
    left, right = (_number(infer(context, each, depth)) for each in (node.this, node.expression))
    if left is None or right is None:
        return None
    kind = _common([left, right])
    if kind != _BIGINT or not isinstance(node, exp.Div) or context.dialect in _WHOLE_QUOTIENT:
        return kind
    return _DECIMAL if context.dialect in _DECIMAL_QUOTIENT else _DOUBLE


def _number(kind: ColumnType | None) -> ColumnType | None:
    """Return the type of what is computed with numbers of a type; None for what is not a number."""
    if kind is None:
        return None
    return (
        _BIGINT
        if kind.name in _WHOLE
        else _DOUBLE
        if kind.name in _FLOATS
        else _DECIMAL
        if kind.name == "decimal"
        else None
    )


def _common(kinds: Sequence[ColumnType | None]) -> ColumnType | None:
    """Return the type that a value of one of some types has, if it is certain."""
    if None in kinds or not kinds:
        return None
    if len(set(kinds)) == 1:
        return kinds[0]
    numbers = {_number(kind) for kind in kinds}
    if None in numbers:
        return None
    return next(kind for kind in (_DOUBLE, _DECIMAL, _BIGINT) if kind in numbers)


def _digits(literal: exp.Literal) -> ColumnType | None:
    """Return the type of a number such as ``1.50``: zeros at its end do not count."""
    if not _NUMBER.fullmatch(literal.name):
        return _DOUBLE
    whole, point, fraction = literal.name.partition(".")
    fraction = fraction.rstrip("0")
    digits = len(whole.lstrip("0")) + len(fraction)
    if not point:
        return _BIGINT
    return ColumnType("decimal", max(digits, 1), len(fraction)) if digits <= MAX_DIGITS else _DECIMAL
