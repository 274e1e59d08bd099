"""Where commands write: data to standard output, everything else to standard error.

Names, values and messages of others are made printable: only our own line ends and colors act on a terminal, or on a
CI that reads the log. Only ``put`` writes text unchanged: what ``render`` returns, and patches.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from typedflow.values import Diagnostic, printable
from typedflow.workspace import unwritable_file


def put(text: str) -> None:
    """Write data. It is UTF-8 whatever the locale is, as it may be redirected to a file."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(_encoded(text))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        from typedflow.operations import ArgumentError

        discard_output()
        message = f"cannot write to standard output: {error.strerror or error}"
        raise ArgumentError([unwritable_file(message)]) from None


def _encoded(text: str) -> bytes:
    """Return a text as UTF-8: surrogates for the bytes of a file's name become these bytes, others become escapes."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace")


def discard_output() -> None:
    """Discard what is still buffered: nobody reads it, and Python would print an error about that when it exits."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def open_streams() -> None:
    """Send what is written to a closed stream to the null device."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w"))


def put_lines(lines: Iterable[str]) -> None:
    """Write lines, such as names of files."""
    put("".join(f"{printable(line)}\n" for line in lines))


def put_json(data: Any) -> None:
    """Write data as JSON."""
    from typedflow.render import json_text

    put(json_text(data))


def say(*lines: str) -> None:
    """Write lines for the user to standard error."""
    print("\n".join(map(printable, lines)), file=sys.stderr, flush=True)


def report(diagnostics: Iterable[Diagnostic], root: Path | None = None) -> None:
    """Write diagnostics for the user to standard error."""
    found = list(diagnostics)
    if not found:
        return
    from typedflow.render import text
    from typedflow.workspace import terminal

    width, color = terminal(sys.stderr)
    print(text(found, width=width, color=color, root=root), end="", file=sys.stderr, flush=True)


def put_table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write a table: as wide as the terminal, or as its content where there is none."""
    from typedflow.render import table
    from typedflow.workspace import terminal

    width, color = terminal(sys.stdout)
    put(table(headers, rows, width=width if sys.stdout.isatty() else None, color=color))
