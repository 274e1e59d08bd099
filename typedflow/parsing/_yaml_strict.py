"""Finds what libyaml accepts, but YAML 1.2 reads differently or rejects.

Few texts contain anything suspicious. Only their tokens are checked.

Source: https://yaml.org/spec/1.2.2/, sections 6.1, 6.6, 6.9.2, 7.3.3 and 8.1.1.1
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from yaml.tokens import (
    AliasToken,
    AnchorToken,
    BlockEndToken,
    BlockMappingStartToken,
    BlockSequenceStartToken,
    FlowMappingEndToken,
    FlowMappingStartToken,
    FlowSequenceEndToken,
    FlowSequenceStartToken,
    KeyToken,
    ScalarToken,
    ValueToken,
)

from typedflow.parsing._diagnostics import Range, shorten
from typedflow.parsing._yaml_text import for_libyaml, tokens

_STARTS = (FlowMappingStartToken, FlowSequenceStartToken)
_ENDS = (FlowMappingEndToken, FlowSequenceEndToken)
_BLOCKS = (BlockMappingStartToken, BlockSequenceStartToken)
_BLOCK_STYLES = ("|", ">")
_NO_SPACE = ("a comment needs a space before `#`", "add a space, or quote the value")
_BLANK = " \t\r\n"
_FLOW = ",[]{}"

# Each pattern begins with a single character, for which `re` has a fast loop.
_KEY_IN_FLOW = re.compile(r"\?(?=[^ \t\r\n])")
_VALUE_IN_FLOW = re.compile(r":(?=[^ \t\r\n,\[\]{}])(?<=[ \t\r\n\[{,]:)")
_DASH_IN_FLOW = re.compile(r"-(?=[,\[\]{}])(?<=[ \t\r\n\[{,]-)")
_ANCHOR = re.compile(r"&[\w-]+[^\w\-\s,\[\]{}]", re.ASCII)
_ALIAS = re.compile(r"\*[\w-]+[^\w\-\s,\[\]{}]", re.ASCII)
_LITERAL = re.compile(r"\|[-+]?[ \t]*(?=[\r\n#])")
_FOLDED = re.compile(r">[-+]?[ \t]*(?=[\r\n#])")
_NO_COMMENT = re.compile(r"#(?<=[^ \t\r\n#]#)")
_TAB = re.compile(r"(?m)^( *)\t[ \t]*(?=[^ \t\r\n])")
_COMMENT_BEHIND = re.compile(r"(?:[\r\n]([ \t]*))+#")
_COMMENT_AT_HEADER = re.compile(r"[|>][-+0-9]*#")
_LINE_END = re.compile(r"[\r\n]")
_COMMENT = re.compile(r"#[^\r\n]*")


class Flaw(NamedTuple):
    """Something to reject, and what to do about it."""

    at: Range
    message: str
    hint: str


def find_flaws(text: str) -> Iterable[Flaw]:
    """Return the differences between libyaml and YAML 1.2 in a text, up to libyaml's first error."""
    return _Scanner(text).flaws() if _is_suspicious(text) else ()


def _is_suspicious(text: str) -> bool:
    return bool(
        ("#" in text and _NO_COMMENT.search(text))
        or ("\t" in text and _TAB.search(text))
        or ("&" in text and _ANCHOR.search(text))
        or ("*" in text and _ALIAS.search(text))
        or (("[" in text or "{" in text) and _has_sign_in_flow(text))
        or ("|" in text and _has_comment_behind(_LITERAL, text))
        or (">" in text and _has_comment_behind(_FOLDED, text))
    )


def _has_sign_in_flow(text: str) -> bool:
    return bool(_KEY_IN_FLOW.search(text) or _VALUE_IN_FLOW.search(text) or _DASH_IN_FLOW.search(text))


def _has_comment_behind(header: re.Pattern[str], text: str) -> bool:
    end = -1
    for match in header.finditer(text):
        if match.end() > end:
            line_end = _LINE_END.search(text, match.end())
            end = line_end.start() if line_end else len(text)
            if _COMMENT_BEHIND.match(text, end):
                return True
    return False


class _Scanner:
    """Scans the tokens of one text; keeps the depth, the indents and the tabs ahead."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._read = for_libyaml(text).text
        self._depth = 0
        self._indents = [-1]
        self._tabs = list(_TAB.finditer(text))[::-1]

    def flaws(self) -> Iterator[Flaw]:
        skipped = self._read[:1] == "\ufeff"  # libyaml skips it without counting
        end, last = 0, None
        for token in tokens(self._read):
            start = token.start_mark.index + skipped
            yield from self._check_comments(end, start)
            end = token.end_mark.index + skipped
            yield from self._check_tabs(token, start, end)
            yield from self._check_token(token, start, end, last)
            self._track_nesting(token)
            last = token
        yield from self._check_comments(end, len(self._text))

    def _track_nesting(self, token: Any) -> None:
        if isinstance(token, _STARTS):
            self._depth += 1
        elif isinstance(token, _ENDS):
            self._depth -= 1
        elif isinstance(token, _BLOCKS):
            self._indents.append(token.start_mark.column)
        elif isinstance(token, BlockEndToken):
            self._indents.pop()

    def _check_comments(self, start: int, end: int) -> Iterator[Flaw]:
        """Reject a comment that follows a token without a space."""
        for match in _COMMENT.finditer(self._read, start, end):
            at = match.start()
            if at and self._read[at - 1] not in _BLANK + "\ufeff":
                yield Flaw((at, at + 1), *_NO_SPACE)

    def _check_tabs(self, token: Any, start: int, end: int) -> Iterator[Flaw]:
        """Reject tabs that indent the continuation of a scalar or the contents of a flow collection."""
        while self._tabs and self._tabs[-1].start() < end:
            line = self._tabs.pop()
            if line.start() > start:
                is_ours = isinstance(token, ScalarToken) and token.style not in _BLOCK_STYLES
            else:  # elsewhere a tab is an error for libyaml, or precedes a comment
                is_ours = self._depth > 0 and self._text[line.end()] != "#"
            if is_ours and len(line[1]) <= self._indents[-1]:
                at = line.start() + len(line[1])
                yield Flaw((at, at + 1), "tabs cannot be used for indentation", "indent with spaces")

    def _check_token(self, token: Any, start: int, end: int, last: Any) -> Iterator[Flaw]:
        following = self._read[end : end + 1]
        if isinstance(token, (AnchorToken, AliasToken)):
            if following not in _BLANK + _FLOW:
                yield self._name_flaw(start, end)
        elif isinstance(token, ScalarToken):
            if token.style in _BLOCK_STYLES:
                yield from self._check_block_scalar(token, start)
            elif self._depth and token.plain and token.value == "-":
                yield _unquoted_flaw("-", start)
        elif self._depth and start < end:
            is_key = isinstance(token, KeyToken)
            is_value = isinstance(token, ValueToken) and not _is_json(last)
            if (is_key and following not in _BLANK) or (is_value and following not in _BLANK + _FLOW):
                yield _unquoted_flaw("?" if is_key else ":", start)

    def _name_flaw(self, start: int, end: int) -> Flaw:
        name = self._read[start:end]
        if name[0] == "*" and self._read[end] == ":":
            return Flaw(
                (start, end + 1), f"YAML 1.2 reads the colon as part of the name `{name}:`", "put a space before it"
            )
        message = f"the name `{shorten(name)}` cannot be followed by `{self._read[end]}`"
        return Flaw((start, end + 1), message, "use only letters, digits, `-` and `_` in anchor names")

    def _check_block_scalar(self, token: Any, start: int) -> Iterator[Flaw]:
        if match := _COMMENT_AT_HEADER.match(self._read, start):
            yield Flaw((match.end() - 1, match.end()), *_NO_SPACE)
        header = (_LITERAL if token.style == "|" else _FOLDED).match(self._read, start)
        if header is None or token.value.strip("\n"):
            return
        line_end = _LINE_END.search(self._read, header.end())
        behind = _COMMENT_BEHIND.match(self._read, line_end.start()) if line_end else None
        if behind and len(behind[1]) > self._indents[-1]:
            at = behind.end() - 1
            yield Flaw((at, at + 1), "YAML 1.2 reads this line as part of the block scalar", "indent the text equally")


def _unquoted_flaw(sign: str, at: int) -> Flaw:
    return Flaw((at, at + 1), f"a value inside brackets cannot start with `{sign}`", "quote the value")


def _is_json(token: Any) -> bool:
    """Return whether a colon after the token needs no space after it."""
    return isinstance(token, _ENDS) or (isinstance(token, ScalarToken) and token.style in ("'", '"'))
