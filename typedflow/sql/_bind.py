"""Binds a SQL file: values in place of its placeholders, and physical names in place of declared ones.

The parser says where they stand, and the rest of the text stays as it is. Then the tokens of the result are compared
with those of the text and of each part that is put in, so a value cannot become anything else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlglot import TokenType, exp
from sqlglot.errors import TokenError

from typedflow.sql._context import new_context, read_statements
from typedflow.sql._dialects import Dialect
from typedflow.sql._errors import SqlError
from typedflow.sql._findings import SqlRule
from typedflow.sql._literals import literal, literals
from typedflow.sql._model import Context
from typedflow.sql._parse import Statement
from typedflow.sql._physical_names import named
from typedflow.sql._statements import judge_statements
from typedflow.sql._tokens import deep_stack
from typedflow.values import Source, TableColumns

#: Statements that name no tables, and others whose tables are known.
_OTHERS = (exp.Set, exp.Transaction, exp.Commit, exp.Rollback, exp.Pragma, exp.Use, exp.Semicolon)
_BOUND = (
    exp.Query,
    exp.Values,
    exp.Pivot,
    exp.Insert,
    exp.Create,
    exp.Update,
    exp.Delete,
    exp.Merge,
    exp.Drop,
    exp.TruncateTable,
)
_REFUSED: tuple[SqlRule, ...] = ("unreadable-sql", "unbound-placeholder", "unknown-table")


def bind_sql(
    source: Source, dialect: Dialect, names: Mapping[str, str], values: Mapping[str, object]
) -> tuple[str, ...]:
    """Return the statements of a file with values for its placeholders, and with the physical names of tables.

    A list after IN is its values; elsewhere it is a list.

    Raises:
        SqlError: the text cannot be read, no value binds a placeholder, a value has no literal, a table has no name.
    """
    context = new_context(source.text, dialect, dict.fromkeys(names, TableColumns(())), dict.fromkeys(values))
    with deep_stack():
        statements = list(read_statements(context))
        judge_statements(context, statements, None)
    for finding in context.findings.sorted():
        if finding.rule in _REFUSED:
            raise SqlError(finding.message, finding.span)
    return tuple(_bind(context, statement, names, values) for statement in statements)


def _bind(context: Context, statement: Statement, names: Mapping[str, str], values: Mapping[str, object]) -> str:
    tree = statement.tree
    if not isinstance(tree, _BOUND + _OTHERS):
        what = "a script" if tree is None else f"`{statement.tokens[0].text.upper()}`"
        raise SqlError(f"{what} cannot be bound", context.findings.span(*statement.first))
    changes = sorted([*_values(context, tree, values), *named(context, statement, names)])
    start, end = statement.tokens[0].start, statement.tokens[-1].end + 1
    parts: list[str] = []
    for begin, stop, new in changes:
        parts += [context.text[start:begin], new]
        start = stop
    text = "".join([*parts, context.text[start:end]])
    _require_tokens(context, statement, changes, text)
    return text


def _values(context: Context, tree: exp.Expr, values: Mapping[str, object]) -> Iterator[tuple[int, int, str]]:
    """Yield the places of placeholders, and the literals that come there."""
    for column in tree.find_all(exp.Column):
        if context.is_placeholder(column):
            start, end = context.place(column)
            try:
                new = _literal(column, values[column.name[1:]], context.dialect)
            except SqlError as error:
                raise SqlError(f"`{column.name}`: {error}", context.findings.span(start, end)) from None
            yield start, end, f" {new}" if context.text[start - 1 : start].isalnum() else new


def _literal(column: exp.Column, value: object, dialect: Dialect) -> str:
    if not isinstance(column.parent, exp.In) or column.arg_key == "this":
        return literal(value, dialect)
    found = literals(value if isinstance(value, list | tuple) else [value], dialect)
    return f"({found})" if column.arg_key == "field" else found


def _require_tokens(context: Context, statement: Statement, changes: list[tuple[int, int, str]], text: str) -> None:
    """Require that the tokens of a result are those of the statement and of what is put in, and no others."""
    start, end = statement.tokens[0].start, statement.tokens[-1].end + 1
    expected: list[tuple[TokenType, str]] = []
    for begin, stop, new in [*changes, (end, end, "")]:
        expected += _tokens(context, context.text[start:begin])
        expected += _tokens(context, new)
        start = stop
    if _tokens(context, text) != expected:
        raise SqlError("a value cannot be put into this statement", context.findings.span(*statement.first))


def _tokens(context: Context, text: str) -> list[tuple[TokenType, str]]:
    try:
        return [(token.token_type, token.text) for token in context.grammar.tokenize(text)]
    except TokenError:
        raise SqlError("a value cannot be put into this text") from None
