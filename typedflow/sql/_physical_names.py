"""The physical names of tables, in place of the names by which a project declares them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlglot import TokenType, exp

from typedflow.sql._errors import SqlError
from typedflow.sql._model import Context
from typedflow.sql._names import split_name
from typedflow.sql._parse import Statement
from typedflow.sql._tables import is_name, table_parts

#: The parts of a table in FROM after which an alias can stand.
_PLAIN = {"this", "db", "catalog", "joins", "laterals"}


def named(context: Context, statement: Statement, names: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """Yield the places of declared tables in a statement, and what comes there.

    Raises:
        SqlError: a table is named where it is not known what that means, or requires an alias that it cannot get.
    """
    tree = statement.tree
    tables = [node for node in tree.find_all(exp.Table) if is_name(node)] if tree is not None else []
    places = {id(node): _place(context, node) for node in tables}
    used = _names(context, statement, {at for place in places.values() for at in range(*place)})
    for node in tables:
        logical = context.named.get(id(node))
        if logical is None and node.name.lower() in context.tables and not node.find_ancestor(exp.Hint):
            raise SqlError(f"`{node.name}` cannot be replaced here", context.findings.span(*places[id(node)]))
        if logical:
            yield *places[id(node)], _new_name(context, node, names[logical], used)


def _new_name(context: Context, node: exp.Table, physical: str, used: set[str]) -> str:
    """Return a physical name, with the declared one as its alias where columns are qualified by that."""
    parts = split_name(physical)
    new = context.names.quoted(parts)
    key = context.names.key_of(node.this)
    is_same = context.names.declared(parts[-1]) == key
    if is_same or node.alias or key not in used:
        return new
    is_plain = all(name in _PLAIN for name, value in node.args.items() if value)
    if is_plain and isinstance(node.parent, exp.From | exp.Join):
        return f"{new} AS {context.written(node.this)}"
    message = f"`{node.name}` requires an alias here: its columns are qualified, and its physical name is another"
    raise SqlError(message, context.findings.span(*_place(context, node)))


def _names(context: Context, statement: Statement, tables: set[int]) -> set[str]:
    """Return the keys of all names in a statement that do not stand where tables are named."""
    found: set[str] = set()
    for token in statement.tokens:
        is_quoted = token.token_type is TokenType.IDENTIFIER
        is_name = is_quoted or token.token_type.name not in {"STRING", "NATIONAL_STRING", "RAW_STRING"}
        if is_name and token.start not in tables:
            found.add(context.names.key(token.text, is_quoted=is_quoted))
    return found


def _place(context: Context, node: exp.Table) -> tuple[int, int]:
    places = [context.place(part) for part in table_parts(node)]
    return places[0][0], places[-1][1]
