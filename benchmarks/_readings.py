"""How often a file is read."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

_opened: list[str] = []


def readings(file: Path, function: Callable[[], object]) -> float:
    """Return how often a function opens a file."""
    if not _opened:
        sys.addaudithook(_on_event)
    _opened[:] = [""]
    function()
    return float(_opened.count(str(file)))


def _on_event(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and _opened and isinstance(arguments[0], str):
        _opened.append(os.path.abspath(arguments[0]))  # noqa: PTH100 # there are many events
