"""Run other programs."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class Finished(NamedTuple):
    """The exit code of a command, and what it wrote."""

    code: int
    out: str
    err: str


def run_command(command: Sequence[str], folder: Path) -> Finished:
    """Run a command in a folder, and wait until it ends."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 # callers' own
    return Finished(done.returncode, done.stdout, done.stderr)
