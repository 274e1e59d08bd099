"""What mypy's tree tells of texts: the arguments of a call, and the literals that a text is made of."""

from dataclasses import dataclass

from mypy.nodes import ARG_NAMED, ARG_POS, CallExpr, Expression, MemberExpr, NameExpr, OpExpr, StrExpr, Var


@dataclass(frozen=True, slots=True)
class Piece:
    """A literal's text and where it starts; ``line`` is 0 where the text is that of a constant of another module."""

    text: str
    line: int
    column: int


def pieces_of(expression: Expression, module: str = "") -> tuple[Piece, ...] | None:
    """Give the literals that a text is made of: a literal, a ``Final`` constant, a sum of them; None for other texts.

    Columns are mypy's, which counts UTF-8 bytes or worse: hints, not facts.
    """
    if isinstance(expression, StrExpr):
        return (Piece(expression.value, expression.line, expression.column),)
    if isinstance(expression, OpExpr) and expression.op == "+":
        left, right = pieces_of(expression.left, module), pieces_of(expression.right, module)
        return None if left is None or right is None else left + right
    if isinstance(expression, NameExpr | MemberExpr) and isinstance(expression.node, Var):
        constant = expression.node
        if constant.is_final and isinstance(constant.final_value, str):
            here = constant.fullname.rpartition(".")[0] == module
            return (Piece(constant.final_value, constant.line if here else 0, 0),)
    return None


def text_of(expression: Expression) -> str | None:
    """Give the text of an expression, or None when it is made at run time."""
    pieces = pieces_of(expression)
    return None if pieces is None else "".join(piece.text for piece in pieces)


def argument_of(call: CallExpr, name: str, position: int | None) -> Expression | None:
    """Give the argument of a call by its name or position."""
    for index, (kind, keyword, value) in enumerate(zip(call.arg_kinds, call.arg_names, call.args, strict=True)):
        if (kind == ARG_NAMED and keyword == name) or (kind == ARG_POS and index == position):
            return value
    return None
