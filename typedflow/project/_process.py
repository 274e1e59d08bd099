"""What this process was started with: its variables, and what a stream's terminal can show."""

import os
import shutil
from pathlib import Path
from typing import TextIO


def terminal(stream: TextIO) -> tuple[int, bool]:
    """Give the terminal's width in cells, and whether to colour: ``NO_COLOR``, ``FORCE_COLOR``, else if it is one."""
    width = shutil.get_terminal_size((100, 24)).columns
    if os.environ.get("NO_COLOR"):
        return width, False
    return width, bool(os.environ.get("FORCE_COLOR")) or stream.isatty()


def working_directory() -> Path:
    """Give the directory that relative paths are relative to."""
    return Path.cwd()


def set_variable(name: str, value: str) -> None:
    """Set an environment variable of this process, and of those that it starts."""
    os.environ[name] = value


def variable(name: str) -> str | None:
    """Give an environment variable of this process, or None."""
    return os.environ.get(name)
