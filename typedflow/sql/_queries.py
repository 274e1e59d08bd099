"""Queries: SELECT, UNION and the like, and common table expressions."""

from __future__ import annotations

from collections.abc import Mapping

from sqlglot import exp

from typedflow.sql._expressions import resolve_expression
from typedflow.sql._model import Context, Output, Relation, Result, Scope
from typedflow.sql._outputs import output_of, select_result
from typedflow.sql._results import with_names
from typedflow.sql._sources import add_source, add_sources
from typedflow.sql._unnest import rows_of

#: The parts of a SELECT that are resolved before those that see all aliases.
_EARLY = {"with_", "from_", "joins", "laterals", "expressions", "where", "prewhere", "connect", "match", "hint", "kind"}
_MODIFIERS = ("order", "limit", "offset", "sort", "cluster", "distribute")


def resolve_query(
    context: Context,
    node: exp.Expr,
    outer: Scope | None,
    tables: Mapping[str, Result],
    recursive: exp.CTE | None = None,
) -> Result:
    """Return the columns of a query, and report what is wrong in it.

    ``tables`` are common table expressions; ``recursive`` is the one that the query is of, if it sees itself.
    """
    tables = with_tables(context, node, outer, tables)
    if isinstance(node, exp.Select):
        return _select(context, node, Scope(outer, tables))
    if isinstance(node, exp.SetOperation):
        return _set_operation(context, node, outer, dict(tables), recursive)
    if isinstance(node, exp.Subquery):
        result = resolve_query(context, node.this, outer, tables)
        _modifiers(context, node, result, outer, tables)
        return result
    if isinstance(node, exp.Values):
        return rows_of(context, Scope(outer, tables), node)
    if isinstance(node, exp.Table):
        scope = Scope(outer, tables)
        add_source(context, scope, node)
        return scope.relations[0].result
    return _other(context, node, Scope(outer, tables))


def _other(context: Context, node: exp.Expr, scope: Scope) -> Result:
    """Return the columns of what is not a query, such as DuckDB's ``PIVOT t ON a``: they are not known."""
    if isinstance(node, exp.Pivot):
        add_source(context, scope, node.this)
        for each in (*node.expressions, *(node.args.get("using") or ()), node.args.get("group")):
            resolve_expression(context, scope, each)
    else:
        for table in node.find_all(exp.Table):
            add_source(context, scope, table)
    place = context.place(node)
    return Result([], [context.open(f"the columns of {type(node).__name__.upper()}", place)])


def with_tables(
    context: Context, node: exp.Expr, outer: Scope | None, tables: Mapping[str, Result]
) -> Mapping[str, Result]:
    """Return the common table expressions that a query sees: those around it, and its own."""
    with_ = node.args.get("with_")
    if with_ is None:
        return tables
    found = dict(tables)
    is_recursive = bool(with_.recursive) or context.dialect == "snowflake"
    keys = [context.names.key_of(cte.args["alias"].this) for cte in with_.expressions]
    if with_.recursive:  # then they may use later ones
        found |= {key: Result([], [context.open("", (0, 0), is_silent=True)]) for key in keys}
    for key, cte in zip(keys, with_.expressions, strict=True):
        result = resolve_query(context, cte.this, outer, found, cte if is_recursive else None)
        found[key] = with_names(context, result, cte.args["alias"].columns)
    search = with_.args.get("search")
    if search is not None:
        names = [search.args.get("expression"), search.args.get("using")]
        found[keys[-1]].outputs += [Output(name.name, context.names.key_of(name)) for name in names if name]
    return found


def _select(context: Context, select: exp.Select, scope: Scope) -> Result:
    if context.dialect == "snowflake":  # it has them in the conditions of joins
        scope.sees_aliases = True
        for node in select.expressions:
            if isinstance(node, exp.Alias):
                scope.aliases[context.names.key_of(node.args["alias"])] = Output(node.alias, "", node=node)
    add_sources(context, scope, select)
    scope.aliases.clear()
    if select.args.get("match"):
        unknown = context.open("the columns of MATCH_RECOGNIZE", context.place(select.args["match"]))
        scope.relations = [Relation(("",), "", Result([], [unknown]))]
    scope.sees_aliases = context.traits.has_lateral_aliases
    for at, node in enumerate(select.expressions):
        _projection(context, scope, node, at)
    for name in ("where", "prewhere", "connect"):
        resolve_expression(context, scope, select.args.get(name))
    scope.sees_aliases = True
    scope.is_broken = any(id(node) in context.reported for node in select.expressions)
    for name, value in select.args.items():
        if name not in _EARLY:
            for each in value if isinstance(value, list) else (value,):
                resolve_expression(context, scope, each)
    return select_result(context, scope, select)


def _projection(context: Context, scope: Scope, node: exp.Expr, at: int) -> None:
    """Resolve an expression of a SELECT; those after it may see its alias."""
    if node.is_star and not isinstance(node, exp.Dot):
        _star_parts(context, scope, node)
        return
    resolve_expression(context, scope, node)
    for output in output_of(context, scope, node, at).outputs:
        if output.name is not None:
            scope.aliases.setdefault(output.key, output)


def _star_parts(context: Context, scope: Scope, node: exp.Expr) -> None:
    """Resolve the expressions of ``* REPLACE (... AS x)``."""
    star = node.this if isinstance(node, exp.Column) else node
    for each in star.args.get("replace") or ():
        resolve_expression(context, scope, each)


def _set_operation(
    context: Context,
    node: exp.SetOperation,
    outer: Scope | None,
    tables: dict[str, Result],
    recursive: exp.CTE | None,
) -> Result:
    """Return the columns of a UNION and the like; a recursive one sees those of its first query."""
    spine = [node]
    while isinstance(spine[-1].this, exp.SetOperation) and not spine[-1].this.args.get("with_"):
        spine.append(spine[-1].this)
    result = resolve_query(context, spine[-1].this, outer, tables)
    if recursive is not None:
        alias = recursive.args["alias"]
        tables[context.names.key_of(alias.this)] = with_names(context, result, alias.columns)
    for each in reversed(spine):
        right = resolve_query(context, each.expression, outer, tables)
        result = _combined(result, right, by_name=bool(each.args.get("by_name")))
    for each in spine:
        _modifiers(context, each, result, outer, tables)
    return result


def _combined(left: Result, right: Result, *, by_name: bool) -> Result:
    outputs: list[Output] = []
    for at, output in enumerate(left.outputs):
        other = right.find(output.key) if by_name else right.outputs[at] if at < len(right.outputs) else None
        branches = (output, other) if other else (output,)
        outputs.append(Output(output.name, output.key, output.node, defaults=output.defaults, branches=branches))
    if not by_name:
        return Result(outputs, left.unknown)
    outputs += [each for each in right.outputs if left.find(each.key) is None]
    return Result(outputs, [*left.unknown, *right.unknown])


def _modifiers(
    context: Context, node: exp.Expr, result: Result, outer: Scope | None, tables: Mapping[str, Result]
) -> None:
    """Resolve ORDER BY and LIMIT of a query whose columns are known."""
    shown = type(node).__name__.upper() if isinstance(node, exp.SetOperation) else ""
    scope = Scope(outer, tables, [Relation(("",), shown, result)])
    for name in _MODIFIERS:
        resolve_expression(context, scope, node.args.get(name))
