"""Tables by name: a common table expression, one that the file creates, a declared one, or a mistake."""

from __future__ import annotations

from collections.abc import Collection

from sqlglot import exp

from typedflow.sql._model import Context, Output, Relation, Result, Scope
from typedflow.values import TableColumns, closest, listed

#: Schemas of engines' own tables.
_SYSTEM = {"information_schema", "pg_catalog", "system", "account_usage", "sys"}
#: What Spark reads by its path: ``parquet.`/a/b` ``.
_FORMATS = {"parquet", "csv", "json", "orc", "avro", "text", "delta"}


def table_parts(node: exp.Table) -> list[exp.Expr]:
    """Return the parts of a table's name: catalog, schema and name, as far as written."""
    return [part for part in (node.args.get(each) for each in ("catalog", "db", "this")) if part]


def is_name(node: exp.Table) -> bool:
    """Return whether a table is a name, and not a function or a path."""
    parts = table_parts(node)
    return bool(parts) and all(isinstance(part, exp.Identifier) for part in parts)


def find_declared(context: Context, node: exp.Table) -> tuple[str, TableColumns] | None:
    """Return the declared table that a node names, by its logical name; case does not matter."""
    return context.tables.get(".".join(part.name for part in table_parts(node)).lower())


def table_by_name(context: Context, scope: Scope, node: exp.Table) -> Relation:
    """Return the source that a name in FROM is. An unknown one is reported, and then its columns are not."""
    parts = table_parts(node)
    path = tuple(context.names.key_of(part) for part in parts)
    shown = context.written(parts[-1])
    context.named[id(node)] = ""
    if len(parts) == 1:
        known = scope.tables.get(path[0]) or context.created.get(path[0])
        if known is not None:
            return Relation(path, shown, known)
    found = find_declared(context, node)
    if found is None:
        return Relation(path, shown, _not_declared(context, node, scope.tables))
    name, _ = found
    context.reads[name] = None
    context.named[id(node)] = name
    return Relation(path, shown, declared_result(context, node, found), table=name, is_table=True)


def declared_result(context: Context, node: exp.Table, declared: tuple[str, TableColumns]) -> Result:
    """Return the columns of a declared table; one without columns may have any."""
    name, table = declared
    outputs = [
        Output(each.name, context.names.declared(each.name), type=each.type, table=name) for each in table.columns
    ]
    place, is_silent = context.place(node.this), name in context.broken
    return Result(outputs, [] if outputs else [context.open(f"the columns of `{name}`", place, is_silent=is_silent)])


def report_table(context: Context, node: exp.Table, others: Collection[str] = ()) -> None:
    """Report a table that no one declares; ``others`` are names that it may be a typo of."""
    parts = table_parts(node)
    place = context.place(parts[0])[0], context.place(parts[-1])[1]
    written = context.text[slice(*place)]
    known = [name for name, _ in context.tables.values()]
    meant = closest(written, (*known, *others)) or closest(parts[-1].name, (*known, *others))
    label = f"did you mean `{meant}`?" if meant else ""
    hint = "" if meant else f"the tables are {listed(known)}" if known else "this project declares no tables"
    context.findings.add("unknown-table", f"no table `{written}` is declared", place, label=label, hint=hint)


def _not_declared(context: Context, node: exp.Table, others: Collection[str]) -> Result:
    parts = table_parts(node)
    place = context.place(parts[0])[0], context.place(parts[-1])[1]
    written = context.text[slice(*place)]
    is_path = context.dialect == "spark" and len(parts) > 1 and parts[0].name.lower() in _FORMATS
    is_file = is_path or context.text[place[0] : place[0] + 1] == "'"
    if is_file or any(part.name.lower() in _SYSTEM for part in parts[:-1]):
        return Result([], [context.open(f"the columns of `{written}`", place)])
    if context.is_placeholder(parts[-1]):
        hint = "a placeholder stands for a value; write the table's name"
        context.findings.add("unknown-table", f"`{written}` is not a table", place, hint=hint)
    elif not context.has_unread:
        report_table(context, node, others)
    return Result([], [context.open(written, place, is_silent=not context.has_unread)])
