"""Blocks between two marks, at the end of a file that also has other things in it."""

from __future__ import annotations

import re

_BEGIN = "typedflow schema install: begin"
_END = "typedflow schema install: end"


def with_block(text: str, comment: str, lines: list[str]) -> str:
    """Return the text with a block of lines: in the place of the one that it has, or at its end.

    Shape: ``comment`` is what begins a comment.
    """
    line_end = "\r\n" if "\r\n" in text else "\n"
    block = line_end.join([f"{comment} {_BEGIN}", *lines, f"{comment} {_END}"])
    if found := _block(comment).search(text):
        return text[: found.start("block")] + block + text[found.end("block") :]
    is_open = bool(text) and not text.endswith("\n")
    return f"{text}{line_end}{block}" if is_open else f"{text}{block}{line_end}"


def without_block(text: str, comment: str) -> str:
    """Return the text without the block, and as it was before the block came."""
    found = _block(comment).search(text)
    if found is None:
        return text
    before, after = text[: found.start("block")], text[found.end("block") :]
    if not after:  # the text did not end its last line
        return before.removesuffix("\n").removesuffix("\r")
    return before + after.removeprefix("\r").removeprefix("\n")


def _block(comment: str) -> re.Pattern[str]:
    begin, end = (re.escape(f"{comment} {mark}") for mark in (_BEGIN, _END))
    return re.compile(rf"^(?P<block>{begin}.*?^{end})[^\S\n]*?$", re.MULTILINE | re.DOTALL)
