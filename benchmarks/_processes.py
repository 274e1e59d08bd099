"""The CPU time of processes."""

from __future__ import annotations

import resource
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

Command = Sequence[str]


def cpu_seconds(
    command: Command, *, environ: Mapping[str, str] | None = None, cwd: Path | None = None, system: bool = True
) -> float:
    """Run a command without output, and return the user and system time of it and its children.

    Raises:
        subprocess.CalledProcessError: the command failed, so its time says nothing.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environ, cwd=cwd, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    user = after.ru_utime - before.ru_utime
    return user + after.ru_stime - before.ru_stime if system else user
