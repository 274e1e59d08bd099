"""FROM and JOIN: which sources a SELECT has, and their columns."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from typedflow.sql._expressions import resolve_expression
from typedflow.sql._merged import merge_common, merge_using
from typedflow.sql._model import Context, Relation, Result, Scope
from typedflow.sql._pivots import apply_pivots
from typedflow.sql._results import side_by_side, with_names
from typedflow.sql._tables import is_name, table_by_name, table_parts
from typedflow.sql._unnest import rows_of


def add_sources(context: Context, scope: Scope, select: exp.Expr) -> None:
    """Add the sources of a SELECT to its scope, from left to right, and resolve the conditions of its joins."""
    from_ = select.args.get("from_")
    if from_ is not None:
        add_source(context, scope, from_.this)
    rest = [*(select.args.get("joins") or ()), *(select.args.get("laterals") or ())]
    if select.args.get("laterals"):
        rest.sort(key=context.place)
    add_joins(context, scope, rest)


def add_source(context: Context, scope: Scope, node: exp.Expr) -> None:
    """Add a table, a subquery or a function in FROM, with the joins that hang on it."""
    if isinstance(node, exp.Subquery) and _is_join(node.this) and not node.alias:
        add_source(context, scope, node.this)
    else:
        scope.relations.append(_relation(context, scope, node))
    add_joins(context, scope, [*(node.args.get("joins") or ()), *(node.args.get("laterals") or ())])


def _is_join(node: exp.Expr) -> bool:
    """Return whether what is in parentheses is not a query, but ``(a JOIN b ON ...)``."""
    return isinstance(node, exp.Table) or (isinstance(node, exp.Subquery) and bool(node.args.get("joins")))


def add_joins(context: Context, scope: Scope, joins: Sequence[exp.Expr]) -> None:
    """Add the right side of each join, and resolve its condition; a LATERAL VIEW is one without."""
    for join in joins:
        if isinstance(join, exp.Lateral):
            add_source(context, scope, join)
            continue
        count = len(scope.relations)
        add_source(context, scope, join.this)
        resolve_expression(context, scope, join.args.get("on"))
        resolve_expression(context, scope, join.args.get("match_condition"))
        for name in join.args.get("using") or ():
            merge_using(context, scope, name, count)
        if str(join.args.get("method") or "").upper() == "NATURAL":
            merge_common(scope, count)
        if str(join.args.get("kind") or "").upper() in {"SEMI", "ANTI"}:
            for relation in scope.relations[count:]:
                relation.is_hidden = True


def _relation(context: Context, scope: Scope, node: exp.Expr) -> Relation:
    """Return a source by its alias, after its pivots."""
    relation = _source(context, scope, node)
    pivots = node.args.get("pivots") or ()
    if pivots:
        relation.result = apply_pivots(context, scope, relation, pivots)
        relation.is_table = False
    alias = (pivots[-1].args.get("alias") if pivots else None) or node.args.get("alias")
    if isinstance(alias, exp.TableAlias):
        columns = alias.columns
        name = alias.this or next(iter(columns), None)  # BigQuery's `UNNEST(...) AS x` is a column, and a source
        if isinstance(name, exp.Identifier):
            relation.path, relation.shown = (context.names.key_of(name),), context.written(name)
        if isinstance(node, exp.Table | exp.Subquery) and columns and not isinstance(node.this, exp.Func):
            relation.result = with_names(context, relation.result, columns)
    return relation


def _source(context: Context, scope: Scope, node: exp.Expr) -> Relation:
    if isinstance(node, exp.Table) and is_name(node):
        return _named(context, scope, node)
    if isinstance(node, exp.Subquery):
        return Relation(("",), "", _subquery(context, scope, node))
    if isinstance(node, exp.Lateral) and isinstance(node.this, exp.Query):
        return Relation(("",), "", context.resolve(context, node.this, scope, scope.tables))
    start, end = context.place(node)
    shown = "VALUES" if isinstance(node, exp.Values) else context.text[start:end].partition("(")[0]
    return Relation(("",), shown, rows_of(context, scope, node))


def _named(context: Context, scope: Scope, node: exp.Table) -> Relation:
    """Return a table by its name, or in some dialects ``FROM t, t.items``."""
    parts = table_parts(node)
    first = context.names.key_of(parts[0])
    if len(parts) > 1 and context.traits.has_array_joins and any(first == each.path[-1] for each in scope.relations):
        context.named[id(node)] = ""
        place = context.place(node)
        unknown = context.open(f"the fields of `{context.text[slice(*place)]}`", place)
        return Relation((context.names.key_of(parts[-1]),), context.written(parts[-1]), Result([], [unknown]))
    return table_by_name(context, scope, node)


def _subquery(context: Context, scope: Scope, node: exp.Subquery) -> Result:
    """Resolve a derived table; only in some dialects it sees what is left of it."""
    if _is_join(node.this):
        inner = Scope(scope.outer, scope.tables)
        add_source(context, inner, node.this)
        return side_by_side([relation.result for relation in inner.visible()])
    outer = scope if context.traits.has_implicit_lateral else scope.outer
    if isinstance(node.this, exp.Values):
        return rows_of(context, outer or Scope(None, scope.tables), node.this)
    return context.resolve(context, node, outer, scope.tables)
