"""TOML's tokens, for what neither tomli nor tree-sitter reports: open brackets, and numbers that are too long."""

import re
from collections.abc import Iterator

from typedflow.parsing._diagnostics import Range
from typedflow.parsing._limits import MAX_DEPTH

_TOKEN = re.compile(
    r'''
    (?P<string>
        """[^"\\]*(?:(?:\\.|"{1,2}(?!"))[^"\\]*)*"{3,5}
      | \'\'\'[^']*(?:'{1,2}(?!')[^']*)*'{3,5}
      | "[^"\\\n]*(?:\\.[^"\\\n]*)*"
      | '[^'\n]*'
    )
    | (?P<gap> \#[^\n]* | \n )
    | (?P<bracket> [\[\]{}] )
    | (?P<time> (?:\d{4}-\d\d-\d\d[Tt\ ])?\d\d:\d\d[^\s,\]}\#]* )
    | (?P<bare> [^\s\[\]{},=\#"']+ )
    | (?P<other> [^\S\n]+ | . )
    ''',
    re.VERBOSE | re.DOTALL,
)
_MANY_DOTS = 1000
#: A shorter text cannot have a key or a number that is too long.
MAY_BE_MUCH = _MANY_DOTS
_PAIRS = {"[": "]", "{": "}"}

# Python converts longer integers in these bases, but then cannot print them in decimal.
_BASED_DIGITS = 3500
_LONG_BASED = re.compile(rf"0[xob][0-9A-Fa-f_]{{{_BASED_DIGITS}}}")


def as_toml_1_0(text: str) -> str:
    """Return a text of the same structure and length without what is new in TOML 1.1.

    New are some escapes, times without seconds, and newlines, comments and trailing commas in inline tables.
    """
    pieces: list[str] = []
    last = -1
    for token, stack in _nesting(text):
        piece = token.group()
        if token["string"]:
            quotes = piece[:3] if piece.startswith(('"""', "'''")) else piece[0]
            piece = quotes + "x" * (len(piece) - 2 * len(quotes)) + quotes
        elif token["time"]:
            piece = "1" * len(piece)
        elif token["gap"] and stack[-1:] == ["}"]:
            piece = " " * len(piece)
        elif piece == "}" and pieces[last] == ",":
            pieces[last] = " "
        if not piece.isspace() and not piece.startswith("#"):
            last = len(pieces)
        pieces.append(piece)
    return "".join(pieces)


def close_brackets(text: str) -> str:
    """Return the text with its open brackets close_brackets."""
    nested = [("", [""]), *_nesting(text)]
    return text + "".join(reversed(nested[-1][1]))


def first_too_deep(text: str) -> Range | None:
    """Return the range of the first bracket that is nested too deeply."""
    return next((token.span() for token, stack in _nesting(text) if len(stack) > MAX_DEPTH), None)


def first_long_number(text: str) -> Range | None:
    """Return the range of the first integer that is too long to convert and print."""
    return next((token.span() for token, _ in _nesting(text) if token["bare"] and _is_long(token.group())), None)


def may_have_long_key(text: str) -> bool:
    """Return whether a key may have so many parts that some versions of tomli take minutes (a cheap test)."""
    return text.count(".") > _MANY_DOTS and any(line.count(".") > _MANY_DOTS for line in text.split("\n"))


def first_long_key(text: str) -> Range | None:
    """Return the range of the first key whose parts alone exceed the maximum depth."""
    start = dots = 0
    for token, _ in _nesting(text):
        if not (token["bare"] or token["string"] or token.group().isspace()) or "\n" in token.group():
            start, dots = token.end(), 0
        elif token["bare"]:
            dots += token.group().count(".")
            if dots > MAX_DEPTH:
                return start, token.end()
    return None


def first_beyond(text: str, most: int) -> Range | None:
    """Return the range of the comma or equals sign at which a text is certain to have more than ``most`` values.

    Each equals sign has a value, and each comma follows one, in an array or an inline table.
    """
    if max(text.count(","), text.count("=")) <= most:
        return None
    left = dict.fromkeys(",=", most)
    for token in _TOKEN.finditer(text):
        character = token.group()
        if character in left:
            left[character] -= 1
            if left[character] < 0:
                return token.span()
    return None


def may_have_long_number(text: str) -> bool:
    """Return whether the text may have a long number that tomli accepts (a cheap test)."""
    return ("0x" in text or "0o" in text or "0b" in text) and _LONG_BASED.search(text) is not None


def _nesting(text: str) -> Iterator[tuple[re.Match[str], list[str]]]:
    stack: list[str] = []
    for token in _TOKEN.finditer(text):
        if token["bracket"]:
            character = token.group()
            if character in _PAIRS:
                stack.append(_PAIRS[character])
            elif stack:
                stack.pop()
        yield token, stack


def _is_long(text: str) -> bool:
    if _LONG_BASED.match(text):
        return True
    digits = text.replace("_", "").lstrip("+-")
    if not digits.isdecimal():
        return False
    try:
        int(digits)
    except ValueError:
        return True
    return False
