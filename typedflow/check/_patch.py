"""Write the changes of a file as a patch."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import unified_diff

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}


def unified_patch(name: str, old: str, new: str) -> str:
    """Return the unified diff of two texts of a file, in a form that ``git apply`` accepts; empty if they are equal.

    Shape: ``name`` is the file's path relative to the directory where the patch is applied.
    """
    lines = unified_diff(_lines(old), _lines(new), _named("a", name), _named("b", name))
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(text: str) -> list[str]:
    """Return the lines of a text with their line ends; as in git, only a line feed ends a line."""
    return _LINE.findall(text)


def _named(side: str, name: str) -> str:
    """Return a file's name as git writes it: quoted if necessary, and followed by a tab if it contains a space."""
    whole = f"{side}/{name.lstrip('/')}"
    if any(character in _ESCAPES or not character.isprintable() for character in whole):
        return f'"{"".join(_escaped(whole))}"'
    return f"{whole}\t" if " " in whole else whole


def _escaped(name: str) -> Iterable[str]:
    for character in name:
        if character in _ESCAPES:
            yield _ESCAPES[character]
        elif character.isprintable():
            yield character
        else:
            yield from (f"\\{byte:03o}" for byte in character.encode(errors="surrogateescape"))
