"""Whether the columns of a query fit the table that they are written into."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp

from typedflow.sql._fits import fits_text, misfit
from typedflow.sql._infer import bare_expression, is_exact, is_null, output_type
from typedflow.sql._model import Context, Output, Result
from typedflow.values import ColumnType, TableColumn, TableColumns, closest, listed


@dataclass(frozen=True, slots=True)
class Target:
    """The table that a query's rows are written into: by the names of the columns, or by their order."""

    name: str
    table: TableColumns
    is_positional: bool = False


def check_outputs(context: Context, result: Result, target: Target, place: tuple[int, int]) -> None:
    """Report columns that are missing, too many, out of order, or do not fit; at ``place`` where they have no other."""
    for unknown in result.unknown:
        unknown.names[f"what is written into `{target.name}`"] = None
    if target.is_positional:
        missing = _check_positions(context, result, target, place)
    else:
        missing = _check_names(context, result, target, place)
    if missing:
        names = listed([column.name for column in missing])
        why = "no value" if target.is_positional else "no value, and must not be null"
        message = f"{names} of `{target.name}` {'gets' if len(missing) == 1 else 'get'} {why}"
        declared = [(target.name, column.name) for column in missing]
        hint = f"select `... AS {missing[0].name}`"
        context.findings.add("missing-output", message, place, hint=hint, declared=declared)


def _check_names(context: Context, result: Result, target: Target, place: tuple[int, int]) -> list[TableColumn]:
    """Check outputs against the columns of the same names, and return those that get no value, but must."""
    columns = {context.names.declared(column.name): column for column in target.table.columns}
    missing = dict(columns)
    unknown: dict[tuple[int, int], list[str]] = {}
    for at, output in enumerate(result.outputs, 1):
        where = _place(context, output) or place
        if _is_reported(context, output):
            _forget_meant(context, output.name, missing)
        elif output.name is None:
            message = f"column {at} of the query has no name"
            hint = "add `AS` and the name of a column"
            context.findings.add("unknown-output", message, where, hint=hint, declared=[(target.name, "")])
        elif output.key in missing:
            _check_value(context, output, missing.pop(output.key), target, where)
        elif output.key in columns:
            context.findings.add("unknown-output", f"the query has two columns `{output.name}`", where)
        else:
            unknown.setdefault(where, []).append(output.name)
    for where, names in unknown.items():
        _report_unknown(context, names, missing, target, where)
    return [] if result.unknown else [column for column in missing.values() if not column.is_nullable]


def _report_unknown(
    context: Context, names: list[str], missing: dict[str, TableColumn], target: Target, place: tuple[int, int]
) -> None:
    """Report outputs in one place that the table has no columns for. One that is a typo is not missing, too."""
    meant = _forget_meant(context, names[0], missing) if len(names) == 1 else None
    what = f"{listed(names)} {'is not a column' if len(names) == 1 else 'are not columns'} of `{target.name}`"
    label = f"did you mean `{meant}`?" if meant else ""
    context.findings.add("unknown-output", what, place, label=label, declared=[(target.name, meant or "")])


def _forget_meant(context: Context, name: str | None, missing: dict[str, TableColumn]) -> str | None:
    """Return the missing column that a name was meant to be, which is then not missing, too."""
    meant = closest(name or "", [column.name for column in missing.values()])
    if meant is not None:
        del missing[context.names.declared(meant)]
    return meant


def _is_reported(context: Context, output: Output) -> bool:
    """Return whether an output has no other name than that of an unknown column, which is reported."""
    return isinstance(output.node, exp.Column) and id(output.node) in context.reported


def _check_positions(context: Context, result: Result, target: Target, place: tuple[int, int]) -> list[TableColumn]:
    """Check outputs against the columns in their order, and return those for which there is none."""
    columns = target.table.columns
    if result.unknown:
        return []
    keys = [context.names.declared(column.name) for column in columns]
    for at, output in enumerate(result.outputs):
        where = _place(context, output) or place
        if at >= len(columns):
            message = f"column {at + 1} of the query is too many: {len(columns)} are written into `{target.name}`"
            context.findings.add("unknown-output", message, where, declared=[(target.name, "")])
        elif output.name is not None and output.key != keys[at] and output.key in keys:
            message = f"`{output.name}` is written into `{columns[at].name}`: columns go by their order"
            right = keys.index(output.key)
            declared = [(target.name, columns[right].name)]
            hint = f"make it column {right + 1}"
            context.findings.add("output-order", message, where, hint=hint, declared=declared)
        else:
            _check_value(context, output, columns[at], target, where)
    return list(columns[len(result.outputs) :])


def _check_value(context: Context, output: Output, column: TableColumn, target: Target, place: tuple[int, int]) -> None:
    node = bare_expression(output.node) if output.node is not None and not output.branches else None
    shown = f"`{column.name}` of `{target.name}`"
    declared = [(target.name, column.name)]
    if is_null(node):
        if not column.is_nullable:
            context.findings.add("output-type", f"{shown} must not be null", place, declared=declared)
        return
    kind = output_type(context, output)
    if kind is None or column.type is None:
        return
    if isinstance(node, exp.Literal) and node.is_string:
        if not fits_text(node.name, column.type):
            message = f"`{context.written(node)[:40]}` is not a value of {shown}, which is `{column.type}`"
            context.findings.add("output-type", message, place, declared=declared)
        return
    why = misfit(kind, column.type, context.dialect, is_exact=is_exact(context, output))
    if why:
        message = f"{_article(kind)} does not fit {shown}, which is `{column.type}`: {why}"
        source = context.columns.get(id(node))
        declared += [(source.table, source.name or "")] if source is not None and source.table else []
        hint = "convert it with `CAST(... AS ...)`"
        context.findings.add("output-type", message, place, hint=hint, declared=declared)


def _article(kind: ColumnType) -> str:
    text = "decimal" if kind.name == "decimal" and not kind.digits else str(kind)
    return f"`{text}`"


def _place(context: Context, output: Output) -> tuple[int, int] | None:
    """Return where the value of a column is written, if it is in the text."""
    while output.branches:
        output = output.branches[0]
    place = context.place(output.node) if output.node is not None else (0, 0)
    return place if place != (0, 0) else None
