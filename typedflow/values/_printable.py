"""Text that others wrote, as it may be printed: it moves no cursor, ends no line, and commands nothing."""

from __future__ import annotations

import re
from collections.abc import Callable

_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}
_LAST_OF_TWO_DIGITS = 0xFF
_LAST_OF_FOUR_DIGITS = 0xFFFF
#: What CI services obey in a job's log: GitHub `::error::` at the start of a line or behind its blanks, and `##[error]`
#: anywhere (`src/Runner.Common/ActionCommand.cs` in actions/runner), Azure Pipelines `##vso[`, TeamCity `##teamcity[`.
_COMMAND = re.compile(r"(?<!\S):(?=:)|#(?=#\w*\[)")


def printable(text: str) -> str:
    r"""Return a text on one line, each character that is not printable as its escape: ``\n``, ``\x1b``, ``\u202e``.

    A backslash stays one; so what is printable is not changed again.
    """
    return escaped(text, _escape)


def escaped(text: str, escape: Callable[[str], str]) -> str:
    """Return a text with the escapes of a format for what is not printable, and for what begins a command of a CI."""
    commands = {match.start() for match in _COMMAND.finditer(text)}
    if text.isprintable() and not commands:
        return text
    return "".join(
        escape(character) if at in commands or not character.isprintable() else character
        for at, character in enumerate(text)
    )


def _escape(character: str) -> str:
    if character in _SHORT:
        return _SHORT[character]
    code = ord(character)
    if code <= _LAST_OF_TWO_DIGITS:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= _LAST_OF_FOUR_DIGITS else f"\\U{code:08x}"
