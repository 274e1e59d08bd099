"""Text to tokens: placeholders such as ``:name`` become one token each, and what is too large is refused.

sqlglot knows such placeholders, too, but not their positions, and it takes those of ``tags[:n]`` and of DuckDB's
``SELECT :n`` for something else.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

from sqlglot import Token, TokenType
from sqlglot.dialects.dialect import Dialect as Grammar
from sqlglot.errors import TokenError

MAX_CHARACTERS = 500_000
MAX_DEPTH = 50
#: Calls on Python's stack: the parser needs 25 for a pair of brackets, the judge 15 for a subquery.
_STACK = 5_000

#: sqlglot warns of what it does not know, and the same is reported as a finding.
logging.getLogger("sqlglot").addHandler(logging.NullHandler())

_NAME = re.compile(r"[^\W\d]\w*")
_ENDS = {TokenType.NUMBER, TokenType.STRING, TokenType.R_PAREN, TokenType.R_BRACKET, TokenType.R_BRACE}
_ENDS |= {TokenType.IDENTIFIER, TokenType.PARAMETER, TokenType.PLACEHOLDER}
_BRACKETS = {
    TokenType.L_PAREN: TokenType.R_PAREN,
    TokenType.L_BRACKET: TokenType.R_BRACKET,
    TokenType.L_BRACE: TokenType.R_BRACE,
}
_OPENING = {*_BRACKETS, TokenType.CASE}
_CLOSING = {*_BRACKETS.values(), TokenType.END}
_TEMPLATES = {TokenType.BLOCK_START, TokenType.BLOCK_END}
_PREFIXES = {TokenType.NOT, TokenType.DASH, TokenType.TILDE, TokenType.PLUS}
#: Words after which a value follows, and that are no names, so a colon is no part of them.
_RESERVED = frozenset(
    {
        *(
            "SELECT",
            "DISTINCT",
            "WHERE",
            "AND",
            "OR",
            "NOT",
            "THEN",
            "ELSE",
            "WHEN",
            "CASE",
            "IN",
            "ON",
            "BETWEEN",
            "IS",
        ),
        *("LIKE", "ILIKE", "RLIKE", "HAVING", "QUALIFY", "LIMIT", "OFFSET", "TOP", "VALUES", "INTERVAL", "RETURNING"),
        *("ESCAPE", "ZONE", "SEPARATOR", "PLACING", "COLLATE", "DIV", "XOR"),
    }
)


class UnreadableSqlError(Exception):
    """A text that cannot be read: a sentence, and the place in the text."""

    def __init__(self, message: str, start: int = 0, end: int = 0) -> None:
        """Keep what is wrong, and where."""
        super().__init__(message)
        self.place = (start, max(end, start + 1))


@contextmanager
def deep_stack() -> Iterator[None]:
    """Let Python call as deep as the parser needs for what is nested ``MAX_DEPTH`` levels deep."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, _STACK))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def read_tokens(text: str, grammar: Grammar, *, has_paths: bool) -> list[Token]:
    """Return the tokens of a text; a placeholder is an identifier whose text begins with a colon.

    Raises:
        UnreadableSqlError: a string or a comment has no end, or the text is too large or nested too deeply.
    """
    if len(text) > MAX_CHARACTERS:
        raise UnreadableSqlError(f"has more than {MAX_CHARACTERS:,} characters")
    try:
        tokens = grammar.tokenize(text)
    except TokenError as error:
        raise _unreadable(text, error) from None
    _refuse_templates(tokens)
    _refuse_depth(tokens)
    return list(_merge_placeholders(tokens, has_paths=has_paths))


def _unreadable(text: str, error: TokenError) -> UnreadableSqlError:
    for each in (error, error.__cause__, error.__context__):
        said, _, place = str(each or "").rpartition(" from ")
        begin = place.rpartition(":")[2]
        if said.startswith("Missing ") and begin.isdecimal():
            what = f"`{said.removeprefix('Missing ')}` is missing at the end of what begins here"
            return UnreadableSqlError(what, min(int(begin), len(text) - 1))
    start = text.rfind("/*")
    if start > text.rfind("*/"):
        return UnreadableSqlError("`*/` is missing at the end of what begins here", start, start + 2)
    return UnreadableSqlError("has characters that are not SQL")


def _refuse_templates(tokens: list[Token]) -> None:
    for one, other in pairwise(tokens):
        is_brace = one.token_type is other.token_type is TokenType.L_BRACE and one.end + 1 == other.start
        if is_brace or one.token_type in _TEMPLATES:
            raise UnreadableSqlError("is a template, not plain SQL: write values as `:name`", one.start, one.end + 1)


def _refuse_depth(tokens: list[Token]) -> None:
    """Refuse what the parser has no stack for."""
    depth = prefixes = 0
    for token in tokens:
        kind = token.token_type
        depth += (kind in _OPENING) - (kind in _CLOSING)
        prefixes = prefixes + 1 if kind in _PREFIXES else 0
        if max(depth, prefixes) > MAX_DEPTH:
            raise UnreadableSqlError(f"is nested more than {MAX_DEPTH} levels deep", token.start, token.end + 1)


def _merge_placeholders(tokens: list[Token], *, has_paths: bool) -> Iterator[Token]:
    brackets: list[TokenType] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.token_type is TokenType.COLON and _is_name_after(tokens, at):
            if _is_slice(tokens, at):
                yield Token(TokenType.NUMBER, "0", token.line, token.col, token.start, token.end)
            elif not _is_operator(tokens[at - 1] if at else None, token, brackets, has_paths=has_paths):
                yield _merged(token, tokens[at + 1])
                at += 2
                continue
        if token.token_type in _BRACKETS:
            brackets.append(token.token_type)
        elif token.token_type in _BRACKETS.values() and brackets:
            brackets.pop()
        yield token
        at += 1


def _merged(colon: Token, name: Token) -> Token:
    return Token(TokenType.IDENTIFIER, f":{name.text}", name.line, name.col, colon.start, name.end, name.comments)


def _is_name_after(tokens: list[Token], at: int) -> bool:
    """Return whether a name follows a colon without a space."""
    if at + 1 == len(tokens):
        return False
    name = tokens[at + 1]
    return name.start == tokens[at].end + 1 and bool(_NAME.fullmatch(name.text)) and len(name.text) == _length(name)


def _length(token: Token) -> int:
    """Return how many characters a token has in the text; an identifier's quotes count."""
    return token.end - token.start + 1


def _is_slice(tokens: list[Token], at: int) -> bool:
    """Return whether a colon follows the bracket of ``tags[:n]``."""
    if at <= 1 or tokens[at - 1].token_type is not TokenType.L_BRACKET:
        return False
    before = tokens[at - 2]
    return before.token_type is not TokenType.ARRAY and before.end + 1 == tokens[at - 1].start and _is_value(before)


def _is_value(token: Token) -> bool:
    return token.token_type in _ENDS or bool(_NAME.fullmatch(token.text))


def _is_operator(last: Token | None, colon: Token, brackets: list[TokenType], *, has_paths: bool) -> bool:
    """Return whether a colon belongs to what precedes it: ``a:b``, ``[1:n]``, ``{'a':b}``, ``alias:b``."""
    if last is None or not _is_value(last):
        return False
    if last.token_type in _ENDS:
        return True
    if last.text.upper() in _RESERVED:
        return False
    if brackets and brackets[-1] is not TokenType.L_PAREN:
        return True
    is_spaced = last.end + 1 < colon.start
    return not is_spaced or (has_paths and last.token_type is TokenType.VAR)
