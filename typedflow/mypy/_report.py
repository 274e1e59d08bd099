"""Reports findings at their positions inside the string literals of a program."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mypy.errorcodes import ErrorCode
from mypy.nodes import CallExpr, Expression, RefExpr

from typedflow.mypy._compat import Finding
from typedflow.mypy._files import source_of
from typedflow.mypy._literals import Pieces, argument_of, pieces_of
from typedflow.mypy._names import CONFIG_EXPR, EXPRESSION, UNCHECKED
from typedflow.values import ExpressionSyntaxError, Position, offset_in, positions_of

if TYPE_CHECKING:
    from mypy.checker import TypeChecker


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a config expression and its position in the program."""

    value: str
    pieces: Pieces
    argument: Expression
    call: CallExpr


def texts_in(expression: Expression, checker: TypeChecker) -> list[Text]:
    """Return the possible texts of a ``config_expr`` call; none for other expressions, or if built at run time."""
    if not isinstance(expression, CallExpr) or not isinstance(expression.callee, RefExpr):
        return []
    argument = argument_of(expression, "expr", 0)
    if argument is None or expression.callee.fullname != CONFIG_EXPR:
        return []
    alternatives = pieces_of(argument, checker.tree.fullname) or []
    return [Text("".join(piece.text for piece in pieces), pieces, argument, expression) for pieces in alternatives]


def report(checker: TypeChecker, text: Text, findings: Iterable[Finding], code: ErrorCode) -> None:
    """Report mypy's findings in a text at their positions in the file."""
    for finding in findings:
        start, end = _span(text, finding)
        attribute = re.search(r'has no attribute "(\w+)"', finding.message)
        if attribute and text.value[:end].endswith(attribute[1]):
            start = end - len(attribute[1])
        own = UNCHECKED if finding.code == UNCHECKED.code else code
        report_at(checker, text, (start, end), finding.message, own, finding.severity)


def _span(text: Text, finding: Finding) -> tuple[int, int]:
    """Return the range of a finding in the text: the whole text if mypy has no column, or one in another file."""
    if finding.column < 0 or not 0 < finding.line <= finding.end_line <= text.value.count("\n") + 1:
        return stripped_range(text)
    start = offset_in(text.value, finding.line, finding.column)
    return start, offset_in(text.value, finding.end_line, finding.end_column)


def report_syntax_error(
    checker: TypeChecker, text: Text, error: ExpressionSyntaxError, code: ErrorCode = EXPRESSION
) -> None:
    """Report that a text is not a Python expression, at the position of the error."""
    report_at(checker, text, (error.offset, error.offset + 1), f"Invalid expression: {error.message}", code)


def report_at(
    checker: TypeChecker, text: Text, span: tuple[int, int], message: str, code: ErrorCode, severity: str = "error"
) -> None:
    """Report a message for a range in a text; ``# type: ignore`` works on its line and on the call's."""
    places = _positions(checker, text)
    if places is None:
        start = (text.argument.line, text.argument.column)
        end = (text.argument.end_line or start[0], text.argument.end_column or start[1] + 1)
    else:
        start, end = (places[min(offset, len(places) - 1)] for offset in span)
    lines = {start[0], *range(text.call.line, (text.call.end_line or text.call.line) + 1)}
    checker.errors.report(
        start[0], start[1], message, code,
        severity=severity, origin_span=sorted(lines), end_line=end[0], end_column=max(end[1], 1),
    )  # fmt: skip


def stripped_range(text: Text) -> tuple[int, int]:
    """Return the range of a text without the whitespace around it."""
    return len(text.value) - len(text.value.lstrip()), len(text.value.rstrip())


def report_held_back(checker: TypeChecker, place: Expression, findings: Iterable[Finding], code: ErrorCode) -> None:
    """Report mypy's findings in the file that were held back."""
    lines = range(place.line, (place.end_line or place.line) + 1)
    for finding in findings:
        checker.errors.report(
            finding.line, finding.column, finding.message, code,
            severity=finding.severity, origin_span=sorted({finding.line, *lines}),
            end_line=finding.end_line, end_column=finding.end_column,
        )  # fmt: skip


def _positions(checker: TypeChecker, text: Text) -> list[Position] | None:
    """Return the position of each character and of the end, or None if they are not in the file."""
    source = source_of(checker)
    first = text.pieces[0]
    whole_literal = positions_of(source, text.value, first.line, first.column)
    if whole_literal and (len(text.pieces) == 1 or whole_literal[0][0] == first.line):
        return list(whole_literal) if first.line else None
    places: list[Position] = []
    end: tuple[Position, ...] = ()
    for piece in text.pieces:
        own = positions_of(source, piece.text, piece.line, piece.column) if piece.line else None
        if own is None:
            return None
        places += own[:-1]
        end = own[-1:]
    return [*places, *end]
