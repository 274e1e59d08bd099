"""A block of lines between two markers in a configuration file."""

from __future__ import annotations

import re

_BEGIN = "typedflow schema install: begin"
_END = "typedflow schema install: end"


def put_block(text: str, comment: str, lines: list[str]) -> str:
    """Return the text with the block: in place of its current block, or at its end.

    Shape: ``comment`` begins a comment.
    """
    line_end = "\r\n" if "\r\n" in text else "\n"
    block = line_end.join([f"{comment} {_BEGIN}", *lines, f"{comment} {_END}"])
    if found := _block(comment).search(text):
        return text[: found.start("block")] + block + text[found.end("block") :]
    is_open = bool(text) and not text.endswith("\n")
    return f"{text}{line_end}{block}" if is_open else f"{text}{block}{line_end}"


def remove_block(text: str, comment: str) -> str | None:
    """Return the text as it was before ``put_block``, or None if nothing else is in it."""
    found = _block(comment).search(text)
    if found is None:
        return text
    before, after = text[: found.start("block")], text[found.end("block") :]
    if not after:  # the text had no line end at its end
        return before.removesuffix("\n").removesuffix("\r") or None
    return before + after.removeprefix("\r").removeprefix("\n") or None


def _block(comment: str) -> re.Pattern[str]:
    begin, end = (re.escape(f"{comment} {mark}") for mark in (_BEGIN, _END))
    return re.compile(rf"^(?P<block>{begin}.*?^{end})[^\S\n]*?$", re.MULTILINE | re.DOTALL)
