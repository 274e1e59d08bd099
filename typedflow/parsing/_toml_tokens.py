"""TOML's tokens, for what neither tomli nor tree-sitter tells: open brackets, and where a number is too long."""

import re
from collections.abc import Iterator

from typedflow.parsing._limits import MAX_DEPTH
from typedflow.parsing._problems import Range

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
#: A text with fewer characters has no key, and no number, that is too long.
MAY_BE_MUCH = _MANY_DOTS
_PAIRS = {"[": "]", "{": "}"}

# Python refuses decimals of more digits; the other bases it converts, but then cannot print them.
_BASED_DIGITS = 3500
_LONG_BASED = re.compile(rf"0[xob][0-9A-Fa-f_]{{{_BASED_DIGITS}}}")


def as_toml_1_0(text: str) -> str:
    """Return a text of the same shape and length without what only TOML 1.1 has.

    That is: new escapes, times without seconds, and line ends, comments and a last comma in inline tables.
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


def closed(text: str) -> str:
    """Return a text with the brackets that it leaves open closed."""
    nested = [("", [""]), *_nesting(text)]
    return text + "".join(reversed(nested[-1][1]))


def first_too_deep(text: str) -> Range | None:
    """Return the first bracket that is nested too deeply."""
    return next((token.span() for token, stack in _nesting(text) if len(stack) > MAX_DEPTH), None)


def first_long_number(text: str) -> Range | None:
    """Return the first integer that is too long to be converted and printed."""
    return next((token.span() for token, _ in _nesting(text) if token["bare"] and _is_long(token.group())), None)


def may_have_long_key(text: str) -> bool:
    """Tell cheaply whether a key may have so many parts that some versions of tomli take minutes for it."""
    return text.count(".") > _MANY_DOTS and any(line.count(".") > _MANY_DOTS for line in text.split("\n"))


def first_long_key(text: str) -> Range | None:
    """Return the first key of so many parts that it alone is nested too deeply."""
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
    """Return where a text has surely more values than ``most``: as many commas, or as many equals signs.

    Every equals sign has a value of its own; so has every comma, which stands behind an item of an array or behind a
    value of an inline table.
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
    """Tell cheaply whether looking for a long number that tomli accepts is worth the time."""
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
