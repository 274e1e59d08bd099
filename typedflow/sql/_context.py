"""Begins to judge a text: what is known of it, and its statements."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from sqlglot import TokenType
from sqlglot.dialects.dialect import Dialect as Grammar

from typedflow.sql._dialects import GRAMMARS, TRAITS, Dialect
from typedflow.sql._findings import Findings
from typedflow.sql._model import Context
from typedflow.sql._names import Names
from typedflow.sql._parse import Statement, parse_statements
from typedflow.sql._queries import resolve_query
from typedflow.sql._tokens import UnreadableSqlError, read_tokens
from typedflow.values import ColumnType, TableColumns

_NATIVE = {TokenType.PLACEHOLDER, TokenType.PARAMETER}


def new_context(
    text: str,
    dialect: Dialect,
    tables: Mapping[str, TableColumns],
    parameters: Collection[str] | Mapping[str, ColumnType | None],
) -> Context:
    """Return what is known before anything of a text is judged."""
    grammar = Grammar.get_or_raise(GRAMMARS.get(dialect, dialect))
    return Context(
        text,
        dialect,
        grammar,
        TRAITS[dialect],
        Names(grammar),
        {name.lower(): (name, table) for name, table in tables.items()},
        parameters if isinstance(parameters, Mapping) else dict.fromkeys(parameters),
        Findings(text),
        resolve_query,
    )


def read_statements(context: Context) -> Iterator[Statement]:
    """Yield the statements of the text, and report what cannot be read."""
    try:
        tokens = read_tokens(context.text, context.grammar, has_paths=context.traits.has_paths)
        context.natives += [(token.start, token.end + 1) for token in tokens if token.token_type in _NATIVE]
        for found in parse_statements(context.text, tokens, context.grammar):
            if isinstance(found, Statement):
                yield found
            else:
                _report(context, found)
    except UnreadableSqlError as error:
        _report(context, error)


def _report(context: Context, error: UnreadableSqlError) -> None:
    context.has_unread = True
    context.findings.add("unreadable-sql", f"cannot be read as {context.dialect} SQL: {error}", error.place)
