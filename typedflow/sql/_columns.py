"""What a column in an expression is: a column of a source, an alias, a field of a struct, or a mistake."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlglot import exp

from typedflow.sql._dialects import FUNCTIONS, UNITS
from typedflow.sql._model import Context, Output, Relation, Scope
from typedflow.sql._unknown_columns import report_ambiguous, report_field, report_missing, report_name, report_qualifier

Names = frozenset[str]


def resolve_column(context: Context, scope: Scope, column: exp.Column, local: Names = frozenset()) -> None:
    """Find what a column is and note it in ``context.columns``; report it if there is no such column.

    ``local`` are the keys of a lambda's parameters.
    """
    parts = [part for part in (column.args.get(each) for each in ("catalog", "db", "table", "this")) if part]
    if not all(isinstance(part, exp.Identifier) for part in parts):
        return
    if context.names.key_of(parts[0]) in local:
        return
    count = context.findings.count
    found = _bare(context, scope, parts[0]) if len(parts) == 1 else _qualified(context, scope, parts)
    context.columns[id(column)] = found
    if context.findings.count > count:
        context.reported.add(id(column))


def _bare(context: Context, scope: Scope, name: exp.Identifier) -> Output | None:
    key = context.names.key_of(name)
    for each in scope.chain():
        found = _in_scope(context, each, name, key)
        if found is not None:
            return found[0]
    if scope.is_broken or _is_known_word(context, scope, name, key) or _in_unknown(scope, name.name):
        return None
    report_name(context, scope, name)
    return None


def _in_scope(context: Context, scope: Scope, name: exp.Identifier, key: str) -> tuple[Output | None] | None:
    """Return the meaning of a name in one scope: nothing, or an output, which is None where it is not known."""
    if key in scope.merged:
        return (scope.merged[key],)
    alias = scope.aliases.get(key) if scope.sees_aliases else None
    found = [(relation, output) for relation in scope.visible() if (output := relation.result.find(key))]
    if len(found) > 1 and context.traits.has_array_joins:  # the alias of UNNEST is its value, which columns precede
        found = [(relation, output) for relation, output in found if relation.path[-1] != key] or found[:1]
    if len(found) > 1 and alias is None and scope.is_broken:
        return (None,)
    if len(found) > 1 and alias is None:
        report_ambiguous(context, name, [relation for relation, _ in found])
        return (None,)
    if len(found) == 1:
        return (found[0][1],)
    if alias is not None:
        return (alias,)
    default = next((output for each in scope.visible() if (output := each.result.find_default(key))), None)
    return (default,) if default is not None else None


def _is_known_word(context: Context, scope: Scope, name: exp.Identifier, key: str) -> bool:
    """Return whether a name that is not a column means something else."""
    word = name.name.lower()
    if not name.args.get("quoted"):
        is_argument = name.parent is not None and isinstance(name.parent.parent, exp.Func)
        if word in FUNCTIONS or (word.removesuffix("s") in UNITS and is_argument):
            return True
        if word == "all" and isinstance(getattr(name.parent, "parent", None), exp.Ordered | exp.Group):
            return True
    if context.traits.has_row_values and any(key == relation.path[-1] for relation in _relations(scope)):
        return True
    return _is_pseudo_column(context, name, key, [each for each in _relations(scope) if each.is_table])


def _is_pseudo_column(context: Context, name: exp.Identifier, key: str, tables: Sequence[Relation]) -> bool:
    if key not in context.traits.pseudo_columns or not tables:
        return False
    message = f"`{context.written(name)}` is a pseudo-column of {context.dialect}, which is not checked"
    context.findings.add("unchecked-sql", message, context.place(name))
    return True


def _in_unknown(scope: Scope, name: str) -> bool:
    """Return whether a name may be a column of a source whose columns are not known, and note it there."""
    found = next((each for relation in _relations(scope) for each in relation.result.unknown), None)
    if found is not None:
        found.names[name] = None
    return found is not None


def _relations(scope: Scope) -> Iterator[Relation]:
    for each in scope.chain():
        yield from each.visible()


def _qualified(context: Context, scope: Scope, parts: list[exp.Identifier]) -> Output | None:
    keys = [context.names.key_of(part) for part in parts]
    for each in scope.chain():
        for relation in each.relations:
            length = _matching(relation, keys)
            if length:
                return _of_relation(context, relation, parts[length:], keys[length:])
    struct = _quietly(scope, keys[0])
    if struct is not None:
        return _field(context, struct, parts[1:])
    tables = [each for each in _relations(scope) if each.is_table]
    if _is_pseudo_column(context, parts[0], keys[0], tables) or _in_unknown(scope, parts[0].name):
        return None
    report_qualifier(context, scope, parts[:-1])
    return None


def _matching(relation: Relation, keys: list[str]) -> int:
    """Return how many of the keys name a source: its alias, or the last parts of its name."""
    return next((size for size in range(len(keys) - 1, 0, -1) if tuple(keys[:size]) == relation.path[-size:]), 0)


def _of_relation(context: Context, relation: Relation, parts: list[exp.Identifier], keys: list[str]) -> Output | None:
    found = relation.result.find(keys[0]) or relation.result.find_default(keys[0])
    if found is not None:
        return _field(context, found, parts[1:])
    if relation.is_table and _is_pseudo_column(context, parts[0], keys[0], [relation]):
        return None
    if relation.result.unknown:
        relation.result.unknown[0].names[parts[0].name] = None
        return None
    report_missing(context, parts[0], [relation])
    return None


def _quietly(scope: Scope, key: str) -> Output | None:
    """Return the column or the alias with a key, the innermost one, or None."""
    for each in scope.chain():
        found = each.merged.get(key) or next((o for r in each.visible() if (o := r.result.find(key))), None)
        if found is None and each.sees_aliases:
            found = each.aliases.get(key)
        if found is not None:
            return found
    return None


def _field(context: Context, output: Output, parts: list[exp.Identifier]) -> Output | None:
    """Return the field of a struct, as far as its type is known; without parts, the column itself."""
    column = output
    for part in parts:
        kind = output.type
        if kind is None or kind.name != "struct":
            return None
        fields = {context.names.key(name, is_quoted=False): (name, each) for name, each in kind.fields}
        found = fields.get(context.names.key(part.name, is_quoted=False))
        if found is None:
            report_field(context, column, output, part, [name for name, _ in kind.fields])
            return None
        output = Output(found[0], context.names.key_of(part), type=found[1])
    return output
