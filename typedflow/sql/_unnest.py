"""Sources that are not tables: functions in FROM, UNNEST, LATERAL VIEW, VALUES."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from typedflow.sql._expressions import resolve_expression
from typedflow.sql._infer import element_type
from typedflow.sql._model import Context, Output, Result, Scope, Unknown
from typedflow.sql._results import struct_outputs, with_names

_SERIES = (exp.GenerateSeries, exp.ExplodingGenerateSeries)
#: What engines call the columns of VALUES.
_VALUES = ("col{0}", "column{1}", "col{1}", "_col{0}")
#: What Snowflake's FLATTEN returns.
_FLATTENED = ("seq", "key", "path", "index", "value", "this")


def rows_of(context: Context, scope: Scope, node: exp.Expr) -> Result:
    """Return the columns of a source that is not a name, and resolve what is in it."""
    if isinstance(node, exp.Values):
        return _values(context, scope, node)
    for each in (node.this, *node.expressions):
        if isinstance(each, exp.Expr):
            for argument in _arguments(each):
                resolve_expression(context, scope, argument)
    if isinstance(node, exp.Unnest):
        return _unnest(context, node)
    return _function(context, node)


def _values(context: Context, scope: Scope, node: exp.Values) -> Result:
    rows = [row.expressions if isinstance(row, exp.Tuple) else [row] for row in node.expressions]
    for row in rows:
        for each in row:
            resolve_expression(context, scope, each)
    outputs: list[Output] = []
    for at, each in enumerate(rows[0] if rows else ()):
        names = [context.names.key(form.format(at, at + 1), is_quoted=False) for form in _VALUES]
        branches = tuple(Output(None, "", node=row[at]) for row in rows if at < len(row))
        outputs.append(Output(None, "", node=each, defaults=frozenset(names), branches=branches))
    return with_names(context, Result(outputs), _alias_columns(node))


def _unnest(context: Context, node: exp.Unnest) -> Result:
    """Return a column for each array, and one for the position; those of structs may be their fields."""
    default = context.names.key("unnest", is_quoted=False)
    elements = [Output("unnest", default, type=element_type(context, each)) for each in node.expressions]
    names = _alias_columns(node)
    offset = node.args.get("offset")
    places = [Output(offset.name, context.names.key_of(offset))] if isinstance(offset, exp.Identifier) else []
    fields = [field for each in elements for field in struct_outputs(context, each)]
    has_fields = context.dialect == "bigquery" or not names
    outputs = [*with_names(context, Result(elements), names).outputs, *(fields if has_fields else ()), *places]
    is_known = not has_fields or all(each.type is not None for each in elements)
    return Result(outputs, [] if is_known else [_unknown(context, node)])


def _function(context: Context, node: exp.Expr) -> Result:
    """Return the columns of a function, which are those that its alias names; others are not known."""
    names = _alias_columns(node)
    if isinstance(node, exp.Lateral) and isinstance(node.this, exp.Unnest):
        offset = node.this.args.get("offset")
        names = [*names, *([offset] if isinstance(offset, exp.Identifier) else [])]
    if names:
        return with_names(context, Result([]), names)
    function = node.this if isinstance(node, exp.Table | exp.Lateral | exp.TableFromRows) else node
    if isinstance(function, _SERIES):
        defaults = {
            context.names.key(each, is_quoted=False) for each in ("generate_series", "range", "value", node.alias)
        }
        return Result([Output(None, "", defaults=frozenset(defaults))])
    if isinstance(node, exp.TableFromRows) and isinstance(function, exp.Explode):
        return Result([Output(each, context.names.key(each, is_quoted=False)) for each in _FLATTENED])
    return Result([], [_unknown(context, node)])


def _arguments(function: exp.Expr) -> list[exp.Expr]:
    """Return what is passed to a function, without the names of arguments: ``read_csv(path, header = true)``."""
    if isinstance(function, exp.SemanticView):
        return []  # its names are those of a view in Snowflake
    if not isinstance(function, exp.Func):
        return [function]
    return [each.expression if _is_named(each) else each for each in function.iter_expressions()]


def _is_named(argument: exp.Expr) -> bool:
    return isinstance(argument, exp.EQ) and isinstance(argument.this, exp.Column)


def _alias_columns(node: exp.Expr) -> Sequence[exp.Expr]:
    alias = node.args.get("alias")
    return alias.columns if isinstance(alias, exp.TableAlias) else ()


def _unknown(context: Context, node: exp.Expr) -> Unknown:
    start, end = context.place(node)
    written = context.text[start:end].partition("(")[0].strip()
    name = "UNNEST" if isinstance(node, exp.Unnest) else written
    return context.open(f"the columns of `{name}(...)`", (start, start + len(written)))
