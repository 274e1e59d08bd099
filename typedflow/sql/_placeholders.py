"""Placeholders: ``:name`` is bound by a parameter, and other forms are not bound at all."""

from __future__ import annotations

from sqlglot import exp

from typedflow.sql._model import Context
from typedflow.values import did_you_mean, listed


def note_placeholder(context: Context, column: exp.Column) -> None:
    """Note the use of a placeholder, and report one that no parameter binds."""
    name = column.name[1:]
    context.placeholders[name] = None
    if name in context.parameters:
        return
    label = did_you_mean(name, context.parameters)
    known = listed(list(context.parameters))
    hint = "" if label else f"the parameters are {known}" if known else "this file has no parameters"
    context.findings.add(
        "unbound-placeholder", f"no parameter binds `:{name}`", context.place(column), label=label, hint=hint
    )


def report_misplaced(context: Context, name: exp.Identifier) -> None:
    """Report a placeholder where a name must be."""
    message = f"`{name.name}` stands where a name must be, and a placeholder is a value"
    context.findings.add("unbound-placeholder", message, context.place(name))


def report_native(context: Context, node: exp.Expr) -> None:
    """Report a placeholder in a form of the dialect's own: nothing binds it. Snowflake's ``$1`` is a column."""
    if context.dialect == "snowflake" and isinstance(node, exp.Parameter) and node.name.isdecimal():
        message = f"`${node.name}` is a column by its position, which is not checked"
        context.findings.add("unchecked-sql", message, context.place(node))
        return
    place = context.place(node)
    message = f"{context.dialect}'s own placeholders are not bound"
    hint = "write `:name`, and declare a parameter `name`"
    for each in context.natives if place == (0, 0) and context.natives else [place]:
        context.findings.add("unbound-placeholder", message, each, hint=hint)
