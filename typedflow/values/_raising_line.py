"""The line of a user's own code that raised an exception."""

import sys
import sysconfig
import traceback

from typedflow.values._origins import Location, Span

_PACKAGE = __name__.partition(".")[0]


def raised_at(error: BaseException) -> Location | None:
    """Return the innermost line of the user's own code in a traceback, or None."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if not _is_foreign(frame.filename)]
    if isinstance(error, SyntaxError) and error.filename:
        line, column = error.lineno or 1, max(1, error.offset or 1)
        return Location(error.filename, Span(line, column, line, column + 1))
    if not own:
        return None
    line = own[-1].lineno or 1
    return Location(own[-1].filename, Span(line, 1, line, 1))


def _is_foreign(file: str) -> bool:
    library, packages, platform = (sysconfig.get_path(name) for name in ("stdlib", "purelib", "platlib"))
    ours = str(sys.modules[_PACKAGE].__file__).removesuffix("__init__.py")
    return file.startswith(("<", library, packages, platform, ours))
