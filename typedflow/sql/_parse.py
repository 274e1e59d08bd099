"""Tokens to statements. Each statement is parsed alone, so one that is wrong hides no other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from sqlglot import Token, TokenType, exp
from sqlglot.dialects.dialect import Dialect as Grammar
from sqlglot.errors import ParseError

from typedflow.sql._tokens import MAX_DEPTH, UnreadableSqlError
from typedflow.values import closest

#: What begins a script, whose statements have semicolons inside.
_SCRIPTS = {"DECLARE", "IF", "WHILE", "LOOP", "FOR", "REPEAT", "DO"}
_WORDS = ("SELECT", "WITH", "INSERT", "CREATE", "UPDATE", "DELETE", "MERGE", "FROM", "VALUES")
#: What the parser raises where it expects something else.
_FAILURES = (AttributeError, LookupError, TypeError, ValueError)
_ROUTINES = {"PROCEDURE", "FUNCTION"}


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement: its tree, and its tokens in the text; a script has no tree."""

    tree: exp.Expr | None
    tokens: tuple[Token, ...]

    @property
    def first(self) -> tuple[int, int]:
        """The place of the first word."""
        return self.tokens[0].start, self.tokens[0].end + 1

    @property
    def head(self) -> tuple[int, int]:
        """The place of the SELECT that makes its rows, or of the first word."""
        depth = 0
        for token in self.tokens:
            depth += (token.token_type is TokenType.L_PAREN) - (token.token_type is TokenType.R_PAREN)
            if depth == 0 and token.token_type is TokenType.SELECT:
                return token.start, token.end + 1
        return self.first


def parse_statements(text: str, tokens: list[Token], grammar: Grammar) -> Iterator[Statement | UnreadableSqlError]:
    """Yield the statements of a text, or what is wrong with them; from a script on, the rest is one statement."""
    chunks = list(_chunks(tokens))
    for at, chunk in enumerate(chunks):
        if _is_script(chunk):
            yield Statement(None, tuple(token for each in chunks[at:] for token in each))
            return
        try:
            _refuse_commas(chunk)
            trees = grammar.parser().parse(list(chunk), text)
        except ParseError as error:
            yield _unreadable(chunk, error)
        except UnreadableSqlError as error:
            yield error
        except _FAILURES:
            yield UnreadableSqlError("it is not clear what is wrong", chunk[0].start, chunk[-1].end + 1)
        except RecursionError:
            yield UnreadableSqlError(f"is nested more than {MAX_DEPTH} levels deep", chunk[0].start, chunk[0].end + 1)
        else:
            tree = trees[0] if trees else None
            yield _not_a_statement(chunk) if _is_value(tree) else Statement(tree, chunk)


def _chunks(tokens: list[Token]) -> Iterator[tuple[Token, ...]]:
    """Yield the tokens of each statement, without semicolons."""
    found: list[Token] = []
    for token in tokens:
        if token.token_type is not TokenType.SEMICOLON:
            found.append(token)
        elif found:
            yield tuple(found)
            found = []
    if found:
        yield tuple(found)


def _is_script(chunk: tuple[Token, ...]) -> bool:
    words = [token.text.upper() for token in chunk[:5]]
    if words[0] == "BEGIN":
        return len(words) > 1 and words[1] not in {"TRANSACTION", "WORK"}
    return words[0] in _SCRIPTS or (words[0] == "CREATE" and bool(_ROUTINES & set(words)))


def _refuse_commas(chunk: tuple[Token, ...]) -> None:
    """Refuse two commas without anything between them, which the parser accepts at the end of a SELECT.

    Raises:
        UnreadableSqlError: there are.
    """
    for token, following in pairwise(chunk):
        if token.token_type is following.token_type is TokenType.COMMA:
            raise UnreadableSqlError("unexpected `,`", following.start, following.end + 1)


def _is_value(tree: exp.Expr | None) -> bool:
    """Return whether a tree is an expression: the parser reads ``SELEC a`` as a column with an alias."""
    return isinstance(tree, exp.Alias | exp.Condition) and not isinstance(tree, exp.Query)


def _not_a_statement(chunk: tuple[Token, ...]) -> UnreadableSqlError:
    word = chunk[0].text
    meant = closest(word.upper(), _WORDS)
    advice = f": did you mean `{meant}`?" if meant else ", which begins no statement"
    return UnreadableSqlError(f"unexpected `{word}`{advice}", chunk[0].start, chunk[0].end + 1)


def _unreadable(chunk: tuple[Token, ...], error: ParseError) -> UnreadableSqlError:
    found = error.errors[0] if error.errors else {"line": 0, "col": 0, "description": "unexpected end"}
    token = next((each for each in chunk if (each.line, each.col) == (found["line"], found["col"])), chunk[-1])
    place = token.start, token.end + 1
    said = str(found["description"]).partition(" but got <Token")[0]
    if said.startswith("Invalid expression"):
        return UnreadableSqlError(f"unexpected `{token.text}`", *place)
    if said.startswith("Required keyword"):
        return UnreadableSqlError(f"something is missing after `{token.text}`", *place)
    if said.startswith("Expecting "):
        return UnreadableSqlError(f"`{said.removeprefix('Expecting ')}` is missing before `{token.text}`", *place)
    return UnreadableSqlError(f"{said[:1].lower()}{said[1:]} near `{token.text}`", *place)
