"""The files that the plugin reads: the one that mypy checks, and its own."""

from __future__ import annotations

import functools
import hashlib
import tokenize
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy.checker import TypeChecker


def source_of(checker: TypeChecker) -> str:
    """Return the text of the file that is checked, as it is read for that: an editor may show another file for it."""
    path = dict(checker.options.shadow_file or ()).get(checker.path, checker.path)
    try:
        with tokenize.open(path) as file:
            return file.read()
    except (OSError, SyntaxError, UnicodeError):
        return ""  # `mypy -c`


@functools.cache
def digest() -> str:
    """Return a digest of the plugin and of what it loads of ours."""
    package = Path(__file__).parents[1]
    files = sorted(file for room in ("mypy", "values") for file in (package / room).glob("*.py"))
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()
