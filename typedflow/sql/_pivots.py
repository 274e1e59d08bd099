"""PIVOT and UNPIVOT: the columns of a source, turned."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from typedflow.sql._expressions import resolve_expression
from typedflow.sql._model import Context, Output, Relation, Result, Scope

#: The values of a pivot that name its columns; with any other, the data does.
_STATIC = (exp.Literal, exp.Alias, exp.PivotAlias, exp.Column, exp.Tuple, exp.Boolean, exp.Null, exp.Neg, exp.Cast)


def apply_pivots(context: Context, scope: Scope, relation: Relation, pivots: Sequence[exp.Pivot]) -> Result:
    """Return the columns of a source after its pivots, and resolve what is in them."""
    result = relation.result
    for pivot in pivots:
        inner = Scope(scope.outer, scope.tables, [Relation(relation.path, relation.shown, result, relation.table)])
        result = _unpivot(context, inner, pivot) if pivot.args.get("unpivot") else _pivot(context, inner, pivot)
    return result


def _pivot(context: Context, scope: Scope, pivot: exp.Pivot) -> Result:
    source = scope.relations[0].result
    used: set[str] = set()
    for each in (*pivot.expressions, *(field.this for field in pivot.args.get("fields") or ())):
        resolve_expression(context, scope, each)
        used |= _keys(context, each)
    if not _is_static(pivot):
        place = context.place(pivot)
        return Result([], [context.open("the columns of a PIVOT whose values are not listed", place)])
    names = [Output(each.name, context.names.key_of(each)) for each in pivot.args.get("columns") or ()]
    return Result([*(each for each in source.outputs if each.key not in used), *names], source.unknown)


def _is_static(pivot: exp.Pivot) -> bool:
    fields = pivot.args.get("fields") or ()
    values = [each for field in fields for each in field.expressions]
    return bool(pivot.args.get("columns")) and bool(values) and all(isinstance(each, _STATIC) for each in values)


def _unpivot(context: Context, scope: Scope, pivot: exp.Pivot) -> Result:
    source = scope.relations[0].result
    used: set[str] = set()
    names: list[exp.Expr] = []
    for field in pivot.args.get("fields") or ():
        if not isinstance(field, exp.In):
            return Result([], [context.open("the columns of this UNPIVOT", context.place(pivot))])
        for each in field.expressions:
            column = each.this if isinstance(each, exp.PivotAlias | exp.Alias) else each
            resolve_expression(context, scope, column)
            used |= _keys(context, column)
        names.append(field.this)
    names.extend(pivot.expressions)
    kept = [each for each in source.outputs if each.key not in used]
    made = [Output(each.name, context.names.key_of(each)) for name in names for each in _identifiers(name)]
    return Result([*kept, *made], source.unknown)


def _keys(context: Context, node: exp.Expr) -> set[str]:
    return {context.names.key_of(each.this) for each in node.find_all(exp.Column)}


def _identifiers(node: exp.Expr) -> list[exp.Identifier]:
    return list(node.find_all(exp.Identifier))
