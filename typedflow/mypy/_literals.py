"""Reads the arguments of a call and the possible values of a string from mypy's tree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from mypy.nodes import (
    ARG_NAMED,
    ARG_POS,
    CallExpr,
    ConditionalExpr,
    Expression,
    MemberExpr,
    NameExpr,
    OpExpr,
    StrExpr,
    Var,
)
from mypy.types import Instance, LiteralType, TupleType, Type, UnionType, get_proper_type

from typedflow.mypy._dependencies import depend_on_names

if TYPE_CHECKING:
    from mypy.checker import TypeChecker


@dataclass(frozen=True, slots=True)
class Piece:
    """A literal's text and its start; ``line`` is 0 if it is a constant in another module."""

    text: str
    line: int
    column: int


Pieces: TypeAlias = tuple[Piece, ...]
_MOST = 16
"""The most texts of one expression that are checked."""


def pieces_of(expression: Expression, module: str = "") -> list[Pieces] | None:
    """Return the possible texts of an expression, each as its literals; None if they are built at run time.

    An expression may be a literal, a ``Final`` constant, a variable of a ``Literal`` type, or a sum or conditional of
    these. Columns are mypy's, which may count UTF-8 bytes: they are only hints.
    """
    if isinstance(expression, StrExpr):
        return [(Piece(expression.value, expression.line, expression.column),)]
    if isinstance(expression, OpExpr) and expression.op == "+":
        left, right = pieces_of(expression.left, module), pieces_of(expression.right, module)
        if left is None or right is None or len(left) * len(right) > _MOST:
            return None
        return [before + after for before in left for after in right]
    if isinstance(expression, ConditionalExpr):
        one, other = pieces_of(expression.if_expr, module), pieces_of(expression.else_expr, module)
        return None if one is None or other is None or len(one) + len(other) > _MOST else one + other
    if isinstance(expression, NameExpr | MemberExpr) and isinstance(expression.node, Var):
        return _constant(expression.node, module)
    return None


def _constant(variable: Var, module: str) -> list[Pieces] | None:
    if variable.is_final and isinstance(variable.final_value, str):
        here = variable.fullname.rpartition(".")[0] == module
        return [(Piece(variable.final_value, variable.line if here else 0, 0),)]
    texts = None if variable.type is None else literals_of(variable.type)
    return None if texts is None else [(Piece(text, 0, 0),) for text in texts]


def texts_of(expression: Expression) -> list[str] | None:
    """Return the possible texts of an expression, or None if they are built at run time."""
    alternatives = pieces_of(expression)
    return None if alternatives is None else ["".join(piece.text for piece in pieces) for pieces in alternatives]


def text_of(expression: Expression) -> str | None:
    """Return the text of an expression, or None if it is built at run time or one of several."""
    texts = texts_of(expression)
    return texts[0] if texts is not None and len(texts) == 1 else None


def literals_of(kind: Type) -> list[str] | None:
    """Return the texts that a type allows, or None if it also allows other values."""
    found = get_proper_type(kind)
    if isinstance(found, UnionType):
        parts = [literals_of(item) for item in found.items]
        texts = [text for part in parts if part is not None for text in part]
        return None if None in parts or len(texts) > _MOST else texts
    if isinstance(found, Instance):
        return None if found.last_known_value is None else literals_of(found.last_known_value)
    return [found.value] if isinstance(found, LiteralType) and isinstance(found.value, str) else None


def names_of(recorded: Type, checker: TypeChecker) -> list[str] | None:
    """Return the possible names of a config from its record, which may refer to the type of a variable."""
    found = get_proper_type(recorded)
    variables = literals_of(found.items[0]) if isinstance(found, TupleType) else None
    if not variables:
        return literals_of(found)
    module, _, name = variables[0].rpartition(".")
    depend_on_names(variables, checker)
    symbol = checker.modules[module].names.get(name) if module in checker.modules else None
    kind = symbol.node.type if symbol and isinstance(symbol.node, Var) else None
    return None if kind is None else literals_of(kind)


def argument_of(call: CallExpr, name: str, position: int | None) -> Expression | None:
    """Return the argument of a call with a name or position, or None."""
    for index, (kind, keyword, value) in enumerate(zip(call.arg_kinds, call.arg_names, call.args, strict=True)):
        if (kind == ARG_NAMED and keyword == name) or (kind == ARG_POS and index == position):
            return value
    return None
