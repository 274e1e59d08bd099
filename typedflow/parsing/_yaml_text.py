"""The text that libyaml reads in place of one that it would take for YAML 1.1; each character keeps its offset.

YAML 1.2 ends lines with LF, CR and CRLF alone, libyaml also with NEL, U+2028 and U+2029: behind one of them, a comment
would set a key. YAML 1.2 accepts tabs in a line that is empty or a comment, libyaml does not.

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

from typedflow.parsing._limits import MAX_NODES
from typedflow.parsing._problems import Range

#: A node has a key's sign and a value's, an anchor, a tag and its scalar.
_MAX_TOKENS = 5 * MAX_NODES
_LINE_ENDS_OF_1_1 = "\x85\u2028\u2029"
_PRIVATE_USE = range(0xE000, 0xF900)
_BLANK_WITH_TAB = re.compile(r"(?m)^ *\t[ \t]*(?=#|\r?$)")
_BLANKS = re.compile(r"[ \t\r\n]*")


class YamlText(NamedTuple):
    """A text for libyaml, and what the characters of its scalars are translated by."""

    text: str
    table: dict[int, str]


def is_regular(text: str) -> bool:
    """Whether libyaml reads the text as it is."""
    if "\t" in text or text.endswith(" "):
        return False
    return text.isascii() or not any(end in text for end in _LINE_ENDS_OF_1_1)


@lru_cache(maxsize=4)  # values, flaws and places of one text are asked for one after the other
def for_libyaml(text: str) -> YamlText:
    """Return the text for libyaml."""
    text, table = _without_line_ends(text)
    text = _without_blank_tabs(text)
    # To libyaml the end of the text does not end a line, which matters where a block scalar keeps blanks.
    ends_blank = text.endswith((" ", "\t")) and text.rstrip(" \t").endswith(("\r", "\n"))
    return YamlText(text + "\n" if ends_blank else text, table)


def tokens(text: str) -> Iterator[Any]:
    """Return libyaml's tokens of a text for it, up to the first error or more of them than a config has."""
    try:
        yield from islice(iter(CParser(text).get_token, None), _MAX_TOKENS)
    except (ReaderError, yaml.MarkedYAMLError):
        return


def _without_line_ends(text: str) -> tuple[str, dict[int, str]]:
    """Replace what ends a line in YAML 1.1 alone by characters that the text does not have, escaped ones included."""
    found = [] if text.isascii() else [end for end in _LINE_ENDS_OF_1_1 if end in text]
    if not found:
        return text, {}
    folded = text.lower()
    free = (code for code in _PRIVATE_USE if chr(code) not in text and f"{code:x}" not in folded)
    table = dict(zip(free, found, strict=False))
    return text.translate({ord(end): code for code, end in table.items()}), table


def _without_blank_tabs(text: str) -> str:
    """Replace the tabs of empty lines and comments by spaces, save in and right behind block scalars."""
    if not _BLANK_WITH_TAB.search(text):
        return text
    spaced = _BLANK_WITH_TAB.sub(lambda match: " " * len(match.group()), text)
    if "|" not in text and ">" not in text:
        return spaced
    pieces, last = [], 0
    for start, end in _block_scalars(spaced):
        # What stays as it is here is text of the block scalar, or an error for libyaml.
        pieces += [spaced[last:start], text[start:end]]
        last = end
    return "".join((*pieces, spaced[last:]))


def _block_scalars(text: str) -> Iterator[Range]:
    """Return the ranges of block scalars, each with the blanks behind it."""
    skipped = text[:1] == "\ufeff"
    for token in tokens(text):
        if isinstance(token, ScalarToken) and token.style in ("|", ">"):
            start, end = token.start_mark.index + skipped, token.end_mark.index + skipped
            match = _BLANKS.match(text, end)
            yield start, match.end() if match else end
