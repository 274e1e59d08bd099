"""The files that the plugin reads: the file that mypy checks, and the plugin's own."""

from __future__ import annotations

import functools
import hashlib
import tokenize
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy.checker import TypeChecker


def source_of(checker: TypeChecker) -> str:
    """Return the text of the file that is checked; editors may have mypy read another file in its place."""
    path = dict(checker.options.shadow_file or ()).get(checker.path, checker.path)
    try:
        with tokenize.open(path) as file:
            return file.read()
    except (OSError, SyntaxError, UnicodeError):
        return ""  # `mypy -c`


@functools.cache
def digest() -> str:
    """Return a digest of the plugin's files and of those that it imports from typedflow."""
    package = Path(__file__).parents[1]
    files = sorted(file for name in ("mypy", "values") for file in (package / name).glob("*.py"))
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()
