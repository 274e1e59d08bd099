"""Where commands write: data to standard output, everything else to standard error.

Names, values and messages of others are made printable: nothing but our own line ends and colors acts on a terminal,
or on a CI that reads the log. ``put`` alone writes what it is given: texts that ``render`` has made, and patches.
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
    """Write data. It is UTF-8 whatever the locale says, as the files that it may be redirected to are."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(_encoded(text))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        from typedflow.operations import ArgumentError

        forsake_output()
        message = f"standard output cannot be written: {error.strerror or error}"
        raise ArgumentError([unwritable_file(message)]) from None


def _encoded(text: str) -> bytes:
    """Return the bytes of a text: what stands for bytes of a file's name as these, what else is no text as escapes."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace")


def forsake_output() -> None:
    """Give up what is still buffered: nobody takes it, and Python would complain of that when it exits."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def open_streams() -> None:
    """Have what is written to a stream that was closed go nowhere, as its closer asks for."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w"))


def put_lines(lines: Iterable[str]) -> None:
    """Write lines, as names of files."""
    put("".join(f"{printable(line)}\n" for line in lines))


def put_json(data: Any) -> None:
    """Write data as JSON."""
    from typedflow.render import json_text

    put(json_text(data))


def say(*lines: str) -> None:
    """Write lines for the person at the terminal."""
    print("\n".join(map(printable, lines)), file=sys.stderr, flush=True)


def report(diagnostics: Iterable[Diagnostic], root: Path | None = None) -> None:
    """Write diagnostics for the person at the terminal."""
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
