"""A command to copy into a shell."""

import os
import shlex
from collections.abc import Iterable

from typedflow.values import escaped

_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}


def shell_line(words: Iterable[str]) -> str:
    """Return a command on one line; words with unprintable characters are in dollar quotes (POSIX 2024, bash, zsh)."""
    return " ".join(map(_word, words))


def _word(word: str) -> str:
    slashed = word.replace("\\", "\\\\").replace("'", "\\'")
    shown = escaped(slashed, _escape)
    return shlex.quote(word) if shown == slashed else f"$'{shown}'"


def _escape(character: str) -> str:
    """Return the octal escapes of a character's bytes: three digits each, so that no following digit belongs to one."""
    return _SHORT.get(character) or "".join(f"\\{byte:03o}" for byte in os.fsencode(character))
