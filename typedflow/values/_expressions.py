"""The grammar of config expressions: any Python expression, read as accesses that start at a name.

Two judges use it: the mypy plugin against mypy's types, the runtime and ``check`` against real values.
"""

import ast
import re
import warnings
from dataclasses import dataclass


class ExpressionSyntaxError(ValueError):
    """Text that is not a Python expression; ``offset`` is the character at which Python says so."""

    def __init__(self, message: str, offset: int) -> None:
        """Keep the message and the place as data."""
        super().__init__(message)
        self.message = message
        self.offset = offset


_TOO_DEEP = "the expression is nested too deeply"


@dataclass(frozen=True, slots=True)
class Step:
    """One attribute or constant index; ``start`` and ``end`` are its characters' offsets in the expression."""

    key: str | int
    is_attribute: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Access:
    """A name and the attributes and constant indices read from it, in reading order."""

    name: str
    start: int
    end: int
    steps: tuple[Step, ...]


def parse_expression(text: str) -> tuple[Access, ...]:
    """Return the accesses of an expression, the longest of each chain, in order of appearance.

    Raises:
        ExpressionSyntaxError: the text is not one Python expression.
    """
    tree = expression_tree(text)
    reader = _Reader(text)
    reader.visit(tree)
    return tuple(sorted(reader.accesses, key=lambda access: access.start))


def expression_tree(text: str) -> ast.Expression:
    """Return the syntax tree of an expression; its lines and columns do not count leading blanks.

    Raises:
        ExpressionSyntaxError: the text is not one Python expression.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Python thinks of the expression's style, it says when it is evaluated
        try:
            # `eval` strips leading blanks, so spaces and tabs before an expression are no mistake.
            tree = ast.parse(text.lstrip(" \t"), mode="eval")
        except SyntaxError as error:
            raise _syntax_error(text, error) from None
        except (ValueError, RecursionError, MemoryError) as error:
            raise ExpressionSyntaxError(str(error) or _TOO_DEEP, 0) from None
        try:
            compile(tree, "<expression>", "eval")
        except SyntaxError as error:  # `yield`, and what else is refused only where names are bound
            raise ExpressionSyntaxError(
                error.msg, offset_in(text, error.lineno or 1, (error.offset or 1) - 1)
            ) from None
        except (ValueError, RecursionError, MemoryError) as error:
            raise ExpressionSyntaxError(str(error) or _TOO_DEEP, 0) from None
    return tree


def offset_in(text: str, line: int, column: int) -> int:
    """Return the offset of a line from 1 and a column from 0 in UTF-8 bytes, as ``ast`` counts them."""
    return _Offsets(text).of_byte(line - 1, column)


def _syntax_error(text: str, error: SyntaxError) -> ExpressionSyntaxError:
    if not error.offset:  # Python reports an unexpected end without a column
        return ExpressionSyntaxError(error.msg, len(text))
    offset = _Offsets(text).of_character((error.lineno or 1) - 1, error.offset - 1)
    return ExpressionSyntaxError(error.msg, max(0, min(offset, len(text))))


# What Python's tokenizer takes for the end of a line.
_LINE_END = re.compile(r"\r\n|\r|\n")


class _Offsets:
    """Line and column, as ``ast`` counts them, to an offset in the text."""

    def __init__(self, text: str) -> None:
        stripped = text.lstrip(" \t")
        indent = len(text) - len(stripped)
        self._lines = _LINE_END.split(stripped)
        self._starts = [indent, *(indent + match.end() for match in _LINE_END.finditer(stripped))]

    def of_character(self, line: int, column: int) -> int:
        return self._starts[max(0, min(line, len(self._lines) - 1))] + column

    def of_byte(self, line: int, column: int) -> int:
        return self._starts[line] + len(self._lines[line].encode()[:column].decode())


class _Reader(ast.NodeVisitor):
    def __init__(self, text: str) -> None:
        self._text = text
        self._offsets = _Offsets(text)
        self.accesses: list[Access] = []

    def _end(self, node: ast.expr) -> int:
        return self._offsets.of_byte((node.end_lineno or 1) - 1, node.end_col_offset or 0)

    def _start(self, node: ast.expr) -> int:
        return self._offsets.of_byte(node.lineno - 1, node.col_offset)

    def _start_of_name(self, end: int) -> int:
        """Return the start of the name that ends there, as written: ``ast`` normalizes names."""
        start = end
        while start and f"_{self._text[start - 1 : end]}".isidentifier():
            start -= 1
        return start

    def visit_Name(self, node: ast.Name) -> None:
        self._chain(node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        self._chain(node)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self._chain(node)

    def _chain(self, node: ast.expr) -> None:
        steps: list[Step] = []
        current = node
        while True:
            if isinstance(current, ast.Attribute):
                end = self._end(current)
                steps.append(Step(current.attr, is_attribute=True, start=self._start_of_name(end), end=end))
                current = current.value
            elif isinstance(current, ast.Subscript) and (key := _constant_key(current.slice)) is not None:
                steps.append(
                    Step(key, is_attribute=False, start=self._start(current.slice), end=self._end(current.slice))
                )
                current = current.value
            else:
                break
        if isinstance(current, ast.Name):
            steps.reverse()
            self.accesses.append(Access(current.id, self._start(current), self._end(current), tuple(steps)))
        else:
            self.generic_visit(current)


def _constant_key(node: ast.expr) -> str | int | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str | int) and not isinstance(node.value, bool):
        return node.value
    return None
