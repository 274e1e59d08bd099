"""Rewrites a text so that libyaml, which implements YAML 1.1, reads it as YAML 1.2; each character keeps its offset.

YAML 1.2 ends lines with LF, CR and CRLF only, libyaml also with NEL, U+2028 and U+2029: after one of them, text in a
comment would set a key. YAML 1.2 accepts tabs in empty lines and before comments, libyaml does not.

Source: https://yaml.org/spec/1.2.2/#54-line-break-characters and https://yaml.org/spec/1.2.2/#67-separation-lines
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

import yaml
from yaml._yaml import CParser
from yaml.reader import ReaderError
from yaml.tokens import ScalarToken

from typedflow.parsing._diagnostics import Range
from typedflow.parsing._limits import MAX_NODES

#: A node has at most a key token, a value token, an anchor, a tag and a scalar.
_MAX_TOKENS = 5 * MAX_NODES
_LINE_ENDS_OF_1_1 = "\x85\u2028\u2029"
_PRIVATE_USE = range(0xE000, 0xF900)
_BLANK_WITH_TAB = re.compile(r"(?m)^ *\t[ \t]*(?=#|\r?$)")
_BLANKS = re.compile(r"[ \t\r\n]*")


class YamlText(NamedTuple):
    """A text for libyaml, and the table that translates its scalars back."""

    text: str
    table: dict[int, str]


def is_regular(text: str) -> bool:
    """Return whether libyaml can read the text unchanged."""
    if "\t" in text or text.endswith(" "):
        return False
    return text.isascii() or not any(end in text for end in _LINE_ENDS_OF_1_1)


@lru_cache(maxsize=4)  # the values, flaws and positions of a text are needed one after the other
def for_libyaml(text: str) -> YamlText:
    """Return the text for libyaml."""
    text, table = _without_line_ends(text)
    text = _without_blank_tabs(text)
    # For libyaml the end of the text does not end a line, which matters when a block scalar keeps blanks.
    ends_blank = text.endswith((" ", "\t")) and text.rstrip(" \t").endswith(("\r", "\n"))
    return YamlText(text + "\n" if ends_blank else text, table)


def tokens(text: str) -> Iterator[Any]:
    """Return libyaml's tokens for a text, up to the first error or to the most that a config can have."""
    try:
        yield from islice(iter(CParser(text).get_token, None), _MAX_TOKENS)
    except (ReaderError, yaml.MarkedYAMLError):
        return


def _without_line_ends(text: str) -> tuple[str, dict[int, str]]:
    """Replace YAML 1.1's other line ends by characters that the text does not contain, even escaped."""
    found = [] if text.isascii() else [end for end in _LINE_ENDS_OF_1_1 if end in text]
    if not found:
        return text, {}
    folded = text.lower()
    free = (code for code in _PRIVATE_USE if chr(code) not in text and f"{code:x}" not in folded)
    table = dict(zip(free, found, strict=False))
    return text.translate({ord(end): code for code, end in table.items()}), table


def _without_blank_tabs(text: str) -> str:
    """Replace the tabs of empty lines and comments by spaces, except in and right after block scalars."""
    if not _BLANK_WITH_TAB.search(text):
        return text
    spaced = _BLANK_WITH_TAB.sub(lambda match: " " * len(match.group()), text)
    if "|" not in text and ">" not in text:
        return spaced
    pieces, last = [], 0
    for start, end in _block_scalars(spaced):
        # The part that stays unchanged is text of the block scalar, or an error for libyaml.
        pieces += [spaced[last:start], text[start:end]]
        last = end
    return "".join((*pieces, spaced[last:]))


def _block_scalars(text: str) -> Iterator[Range]:
    """Return the ranges of block scalars, each with the blanks after it."""
    skipped = text[:1] == "\ufeff"
    for token in tokens(text):
        if isinstance(token, ScalarToken) and token.style in ("|", ">"):
            start, end = token.start_mark.index + skipped, token.end_mark.index + skipped
            match = _BLANKS.match(text, end)
            yield start, match.end() if match else end
