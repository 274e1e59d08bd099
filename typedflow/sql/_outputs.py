"""The columns of a SELECT: names, stars, and what engines call those without a name."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from typedflow.sql._model import Context, Output, Relation, Result, Scope, Unknown
from typedflow.sql._unknown_columns import report_missing, report_qualifier

#: Functions that make several columns of one, unless they have one name.
_SEVERAL = (exp.Explode, exp.Posexplode, exp.Inline, exp.Unnest, exp.Columns)


def select_result(context: Context, scope: Scope, select: exp.Select) -> Result:
    """Return the columns of a SELECT whose expressions are resolved."""
    result = Result([])
    for at, node in enumerate(select.expressions):
        part = output_of(context, scope, node, at)
        result.outputs += part.outputs
        result.unknown += part.unknown
    kind = str(select.args.get("kind") or "").upper()
    if kind == "STRUCT":
        return Result([Output(None, "")])
    if kind == "VALUE":
        return Result([], [context.open("the columns of `SELECT AS VALUE`", context.place(select))])
    return result


def output_of(context: Context, scope: Scope, node: exp.Expr, at: int) -> Result:
    """Return the columns of one expression of a SELECT, which is at an index."""
    if node.is_star:
        return _stars(context, scope, node)
    if isinstance(node, exp.Aliases):
        return Result([Output(each.name, context.names.key_of(each)) for each in node.aliases])
    if isinstance(node, exp.Alias):
        return Result([Output(node.alias, context.names.key_of(node.args["alias"]), node=node)])
    if isinstance(node, (*_SEVERAL, exp.QueryTransform)) or (context.dialect == "duckdb" and node.find(exp.Columns)):
        return _unknown(context, node)
    return Result([_output(context, node, at)], _broken(context, node))


def _output(context: Context, node: exp.Expr, at: int) -> Output:
    if isinstance(node, exp.Column) and isinstance(node.this, exp.Identifier) and not context.is_placeholder(node):
        return Output(node.name, context.names.key_of(node.this), node=node)
    if isinstance(node, exp.Dot):
        return Output(node.name, context.names.key(node.name, is_quoted=False), node=node)
    return Output(None, "", node=node, defaults=_default_names(context, node, at))


def _broken(context: Context, node: exp.Expr) -> list[Unknown]:
    """Return unknown columns where a column is wrong: what it was meant to be may be used around the query."""
    return [context.open("", (0, 0), is_silent=True)] if id(node) in context.reported else []


def _unknown(context: Context, node: exp.Expr) -> Result:
    place = context.place(node)
    return Result([], [context.open(f"the columns of `{_short(context, node)}`", place)])


def _stars(context: Context, scope: Scope, node: exp.Expr) -> Result:
    if isinstance(node, exp.Star):
        return _star(context, node, scope.visible(), scope)
    if isinstance(node, exp.Column):
        return _qualified_star(context, scope, node)
    return _unknown(context, node)


def _star(context: Context, star: exp.Expr, relations: Sequence[Relation], scope: Scope | None) -> Result:
    merged = dict(scope.merged) if scope else {}
    outputs: list[Output] = []
    for relation in relations:
        for output in relation.result.outputs:
            if scope is None or output.key not in scope.merged:
                outputs.append(output)
            elif output.key in merged:
                outputs.append(merged.pop(output.key))
    result = Result(outputs, [each for relation in relations for each in relation.result.unknown])
    _change(context, star, result, relations)
    return result


def _change(context: Context, star: exp.Expr, result: Result, relations: Sequence[Relation]) -> None:
    """Apply EXCEPT, REPLACE and RENAME to the columns of a star."""
    for each in _list(star.args.get("except_")):
        column = each.this if isinstance(each, exp.Column) else each
        _require(context, column, result, relations)
        key = context.names.key_of(column)
        result.outputs = [output for output in result.outputs if output.key != key]
    for argument in ("replace", "rename"):
        for each in _list(star.args.get(argument)):
            if not isinstance(each, exp.Alias):
                continue
            old = each.args["alias"] if argument == "replace" else each.this.this
            _require(context, old, result, relations)
            key = context.names.key_of(old)
            new = Output(each.alias, context.names.key_of(each.args["alias"]), node=each)
            result.outputs = [new if output.key == key else output for output in result.outputs]


def _require(context: Context, name: exp.Expr, result: Result, relations: Sequence[Relation]) -> None:
    """Report a column of EXCEPT and the like that is not there."""
    if result.find(context.names.key_of(name)) is None:
        if result.unknown:
            result.unknown[0].names[name.name] = None
        else:
            report_missing(context, name, relations)


def _list(value: object) -> list[exp.Expr]:
    return value if isinstance(value, list) else [value] if isinstance(value, exp.Expr) else []


def _qualified_star(context: Context, scope: Scope, node: exp.Column) -> Result:
    parts = [part for part in (node.args.get(each) for each in ("catalog", "db", "table")) if part]
    keys = tuple(context.names.key_of(part) for part in parts)
    for each in scope.chain():
        for relation in each.relations:
            if relation.path[-len(keys) :] == keys:
                return _star(context, node.this, [relation], None)
    relations = [relation for each in scope.chain() for relation in each.relations]
    is_column = any(relation.result.find(keys[0]) or relation.path[-1] == keys[0] for relation in relations)
    unknown = next((each for relation in relations for each in relation.result.unknown), None)
    if unknown is not None:
        unknown.names[parts[0].name] = None
    elif not is_column:
        report_qualifier(context, scope, parts)
        return Result([], [context.open("", (0, 0), is_silent=True)])
    return Result([], [context.open(f"the fields of `{_short(context, node)}`", context.place(node))])


def _default_names(context: Context, node: exp.Expr, at: int) -> frozenset[str]:
    """Return what engines call a column without a name, in keys."""
    found = [f"_col{at}", f"f{at}_", "?column?"]
    while isinstance(node, exp.Paren | exp.Window):
        node = node.this
    if isinstance(node, exp.Func):
        found.append(node.name if isinstance(node, exp.Anonymous) else node.sql_name())
    elif isinstance(node, exp.Case):
        found.append("case")
    if isinstance(node, exp.Cast | exp.Subquery):
        inner = node.this.selects[0] if isinstance(node, exp.Subquery) and node.selects else node.this
        found.append(inner.alias_or_name)
    return frozenset(context.names.key(name, is_quoted=False) for name in found if name)


def _short(context: Context, node: exp.Expr) -> str:
    return context.written(node)[:40]
