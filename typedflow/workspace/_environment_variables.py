"""Environment variables of this process, its working directory, and the properties of terminals."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from pathlib import Path


def terminal(stream: TextIO) -> tuple[int, bool]:
    """Return the terminal's width in cells, and whether to color: ``NO_COLOR``, ``FORCE_COLOR``, else if it is one."""
    import shutil

    width = shutil.get_terminal_size((100, 24)).columns
    if os.environ.get("NO_COLOR"):
        return width, False
    return width, bool(os.environ.get("FORCE_COLOR")) or stream.isatty()


def working_directory() -> Path:
    """Return the directory that relative paths are relative to."""
    from pathlib import Path

    return Path.cwd()


def environment_variables() -> Mapping[str, str]:
    """Return all environment variables of this process, as a live mapping."""
    return os.environ


def command_line() -> list[str]:
    """Return the command line of this process, the program's name first."""
    return sys.argv


def set_command_line(arguments: list[str]) -> None:
    """Set the command line that code in this process sees."""
    sys.argv = arguments


def set_variable(name: str, value: str) -> None:
    """Set an environment variable of this process, and of those that it starts."""
    os.environ[name] = value


def variable(name: str) -> str | None:
    """Return an environment variable of this process, or None."""
    return os.environ.get(name)


def listen_to_variables(tell: Callable[[str], None]) -> None:
    """Call ``tell`` with each name that this process looks up from now on; reading all variables looks up none."""
    kind = type(os.environ)
    get = kind.__getitem__

    def told(environ: object, name: object) -> object:
        if isinstance(name, str):
            tell(name)
        return get(environ, name)  # type: ignore[arg-type] # the mapping calls it with itself and a key

    kind.__getitem__ = told  # type: ignore[assignment,method-assign] # look-ups have no audit event
