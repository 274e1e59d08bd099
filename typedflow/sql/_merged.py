"""Columns that joins merge: those of USING, and the common ones of a natural join."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from typedflow.sql._model import Context, Output, Relation, Scope
from typedflow.sql._unknown_columns import report_missing


def merge_using(context: Context, scope: Scope, name: exp.Expr, count: int) -> None:
    """Merge a column of USING, which both sides must have; the right side are the sources from ``count`` on."""
    key = context.names.key_of(name)
    left = [relation for relation in scope.relations[:count] if not relation.is_hidden]
    found = scope.merged.get(key) or _side(context, name, left)
    right = _side(context, name, scope.relations[count:])
    scope.merged.setdefault(key, found or right or Output(name.name, key))


def _side(context: Context, name: exp.Expr, side: Sequence[Relation]) -> Output | None:
    """Return the column that a side of a join has; without one, note it as unknown or report it."""
    key = context.names.key_of(name)
    output = next((output for relation in side if (output := relation.result.find(key))), None)
    unknown = next((each for relation in side for each in relation.result.unknown), None)
    if output is None and unknown is not None:
        unknown.names[name.name] = None
    elif output is None:
        report_missing(context, name, side)
    return output


def merge_common(scope: Scope, count: int) -> None:
    """Merge what both sides of a natural join have."""
    right = {output.key for relation in scope.relations[count:] for output in relation.result.outputs}
    for relation in scope.relations[:count]:
        for output in relation.result.outputs:
            if output.key in right:
                scope.merged.setdefault(output.key, output)
