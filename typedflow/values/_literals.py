"""Where each character of a string literal's value is in its file."""

import ast
import functools
import re
import warnings
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

Position = tuple[int, int]
"""A line from 1, and a column from 0 in characters (``ast`` and mypy count bytes of UTF-8)."""

#: What Python's tokenizer takes for the end of a line; ``str.splitlines`` knows more, such as form feeds.
_LINE_END = re.compile(r"\r\n?")
#: What may stand between two pieces of one literal.
_GAP = re.compile(r"(?:\s|\\\n|#[^\n]*)*")
#: One piece: prefix, quotes, what is between them. In raw strings, too, a backslash keeps a quote from closing.
_PIECE = re.compile(r"""([rRuU]?)("{3}|'{3}|["'])((?:[^\\]|\\.)*?)\2""", re.DOTALL)
_PLAIN = re.compile(r"\\(?:[0-7]{1,3}|x.{2}|u.{4}|U.{8}|N\{[^}]*\}|.)|.", re.DOTALL)
_RAW = re.compile(".", re.DOTALL)

_Span = tuple[str, int, int]
"""A character, or nothing, and where its source text starts and ends."""


def positions_of(source: str, text: str, line: int, column: int) -> tuple[Position, ...] | None:
    """Return the position of each character of the literal whose value is ``text``, and of its end.

    Of several such, the literal nearest to ``line``, and on one line nearest to ``column``, a hint in bytes. Pieces
    that stand side by side or are added up are one literal. None if there is no such literal: an f-string, a file that
    does not parse.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # for unknown escapes, which it is not this module's business to report
        file = _parsed(source)
        nearest = sorted(
            file.literals.get(text, ()), key=lambda found: (found.distance(line), abs(found.column - column))
        )
        for literal in nearest:
            spans = _read(file, literal)
            if spans and "".join(character for character, _, _ in spans) == text:
                return tuple(map(file.position_of, _offsets(spans)))
    return None


@dataclass(frozen=True, slots=True)
class _Literal:
    first: int
    last: int
    column: int
    pieces: tuple[ast.Constant, ...]

    def distance(self, line: int) -> int:
        return max(0, self.first - line, line - self.last)


@dataclass(frozen=True, slots=True)
class _File:
    """A parsed file, its line ends made one character each."""

    source: str
    starts: list[int]
    literals: dict[str, list[_Literal]]

    def range_of(self, node: ast.expr) -> tuple[int, int]:
        end_line, end_column = node.end_lineno or node.lineno, node.end_col_offset or node.col_offset
        return self._offset_of(node.lineno, node.col_offset), self._offset_of(end_line, end_column)

    def position_of(self, offset: int) -> Position:
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1]

    def _offset_of(self, line: int, column: int) -> int:
        start = self.starts[line - 1]
        # A character takes at least one byte: no more than `column` characters need to be encoded.
        return start + len(self.source[start : start + column].encode()[:column].decode(errors="ignore"))


@functools.lru_cache(maxsize=4)
def _parsed(source: str) -> _File:
    """Parse a file; one that does not parse has no literals."""
    source = _LINE_END.sub("\n", source.removeprefix("\ufeff"))
    literals: dict[str, list[_Literal]] = {}
    try:
        nodes = list(ast.walk(ast.parse(source)))
        in_f_strings = {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in nodes:
            if isinstance(node, ast.expr) and id(node) not in in_f_strings and (pieces := _pieces(node)):
                value = "".join(str(piece.value) for piece in pieces)
                found = _Literal(node.lineno, node.end_lineno or node.lineno, node.col_offset, pieces)
                literals.setdefault(value, []).append(found)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        literals = {}
    return _File(source, [0, *(match.end() for match in re.finditer("\n", source))], literals)


def _pieces(node: ast.expr) -> tuple[ast.Constant, ...]:
    """Return the string constants that an expression adds up; none if it does anything else."""
    if isinstance(node, ast.Constant):
        return (node,) if isinstance(node.value, str) else ()
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        right = _pieces(node.right)
        left = _pieces(node.left) if right else ()
        return left + right if left else ()
    return ()


def _read(file: _File, literal: _Literal) -> list[_Span]:
    """Read a literal where ``ast`` says that it is: before Python 3.12 not always true of what is in an f-string."""
    try:
        return [span for piece in literal.pieces for span in _spans(file.source, *file.range_of(piece))]
    except (IndexError, SyntaxError):
        return []


def _spans(source: str, start: int, end: int) -> Iterator[_Span]:
    """Yield the source of each character of a constant, as far as the range is one."""
    while start < end and (piece := _PIECE.match(source, start, end)):
        prefix, body = piece[1], piece.start(3)
        yield "", body, body
        for match in (_RAW if prefix in {"r", "R"} else _PLAIN).finditer(source, body, piece.end(3)):
            value = ast.literal_eval(f'"{match[0]}"') if len(match[0]) > 1 else match[0]
            # An unknown escape is two characters that stand for themselves; an escaped line end is none.
            width = 1 if len(value) > 1 else len(match[0])
            for index, character in enumerate(value):
                yield character, match.start() + index, match.start() + index + width
        gap = _GAP.match(source, piece.end(), end)
        start = gap.end() if gap else end


def _offsets(spans: list[_Span]) -> list[int]:
    """Return the start of each character, and the end of the last."""
    characters = [span for span in spans if span[0]] or spans[:1]
    return [*(start for character, start, _ in characters if character), characters[-1][2]]
