"""The findings about columns: unknown, ambiguous, or of a table that is not there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlglot import exp

from typedflow.sql._findings import DeclaredColumn
from typedflow.sql._model import Context, Output, Relation, Scope
from typedflow.values import closest, did_you_mean, listed

#: As many tables are named in a message.
_FEW = 3


def report_name(context: Context, scope: Scope, name: exp.Identifier) -> None:
    """Report a name that is no column of any source in sight."""
    written, key = context.written(name), context.names.key_of(name)
    relations = [relation for each in scope.chain() for relation in each.visible()]
    titles = list(dict.fromkeys(relation.title for relation in relations))
    where = f"of {' or '.join(titles)}" if 0 < len(titles) <= _FEW else "of any table in this query"
    hint = ""
    if any(key in each.aliases for each in scope.chain()):
        hint = f"it is an alias of the same SELECT, which {context.dialect} does not allow here"
    elif name.name in context.parameters:
        hint = f"for the parameter, write `(:{name.name})`"
    meant = None if hint else closest(name.name, _columns(relations))
    context.findings.add(
        "unknown-column",
        f"`{written}` is not a column {where}",
        context.place(name),
        label=_label(meant),
        hint=hint,
        declared=_declared(relations, meant),
    )


def report_missing(context: Context, name: exp.Expr, relations: Sequence[Relation]) -> None:
    """Report a column that none of some sources has."""
    titles = " or ".join(relation.title for relation in relations[:_FEW]) or "this query"
    meant = closest(name.name, _columns(relations))
    message = f"`{context.written(name)}` is not a column of {titles}"
    declared = _declared(relations, meant)
    context.findings.add("unknown-column", message, context.place(name), label=_label(meant), declared=declared)


def report_unlisted(context: Context, name: exp.Expr, table: str, columns: Sequence[str]) -> None:
    """Report a column that a declared table does not have; it has these."""
    meant = closest(name.name, columns)
    message = f"`{context.written(name)}` is not a column of `{table}`"
    declared = [(table, meant or "")]
    context.findings.add("unknown-column", message, context.place(name), label=_label(meant), declared=declared)


def report_field(context: Context, column: Output, output: Output, name: exp.Identifier, fields: Sequence[str]) -> None:
    """Report a field that a struct does not have: a column, or a field of it."""
    message = f"`{context.written(name)}` is not a field of `{output.name}`"
    label = did_you_mean(name.name, fields)
    declared = [(column.table, column.name or "")] if column.table else []
    context.findings.add("unknown-column", message, context.place(name), label=label, declared=declared)


def report_ambiguous(context: Context, name: exp.Identifier, relations: Sequence[Relation]) -> None:
    """Report a column that more than one source has."""
    written = context.written(name)
    titles = [relation.title for relation in relations]
    hint = "write " + " or ".join(f"`{relation.shown}.{written}`" for relation in relations[:2])
    message = f"`{written}` is a column of {' and '.join(titles[:_FEW])}"
    declared = _declared(relations, name.name)
    context.findings.add("ambiguous-column", message, context.place(name), hint=hint, declared=declared)


def report_qualifier(context: Context, scope: Scope, parts: Sequence[exp.Identifier]) -> None:
    """Report what stands before a column and is neither a table nor an alias of this query."""
    places = [context.place(part) for part in parts]
    place = places[0][0], places[-1][1]
    written = context.text[slice(*place)]
    relations = [relation for each in scope.chain() for relation in each.visible()]
    renamed = next((each.shown for each in relations if each.table.lower() == written.lower()), "")
    meant = renamed or closest(parts[0].name, (each.shown for each in relations))
    label = f"here it is `{renamed}`" if renamed else f"did you mean `{meant}`?" if meant else ""
    hint = "" if meant or not relations else f"this query has {listed([each.shown for each in relations])}"
    message = f"`{written}` is not a table or alias of this query"
    context.findings.add("unknown-table", message, place, label=label, hint=hint)


def _label(meant: str | None) -> str:
    return f"did you mean `{meant}`?" if meant else ""


def _declared(relations: Sequence[Relation], name: str | None) -> list[DeclaredColumn]:
    """Return the columns of declared tables that have a name, in any case; without any, the tables as a whole."""
    outputs = [output for relation in relations for output in relation.result.outputs if output.table]
    found = [(each.table, each.name) for each in outputs if name and each.name and each.name.lower() == name.lower()]
    return found or [(relation.table, "") for relation in relations if relation.table][:_FEW]


def _columns(relations: Iterable[Relation]) -> list[str]:
    return [output.name for relation in relations for output in relation.result.outputs if output.name]
