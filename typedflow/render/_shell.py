"""A command as a shell reads it, for somebody to copy."""

import os
import shlex
from collections.abc import Iterable

from typedflow.values import escaped

_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}


def shell_line(words: Iterable[str]) -> str:
    """Return a command on one line; words with what is not printable in dollar quotes (POSIX 2024, bash, zsh)."""
    return " ".join(map(_word, words))


def _word(word: str) -> str:
    slashed = word.replace("\\", "\\\\").replace("'", "\\'")
    shown = escaped(slashed, _escape)
    return shlex.quote(word) if shown == slashed else f"$'{shown}'"


def _escape(character: str) -> str:
    """Return the octal escapes of a character's bytes: three digits, so that no digit behind them counts."""
    return _SHORT.get(character) or "".join(f"\\{byte:03o}" for byte in os.fsencode(character))
