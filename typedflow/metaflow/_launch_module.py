"""Running a module of typedflow in a process that outlives this one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from typing import NamedTuple


class ModuleOutput(NamedTuple):
    """The exit code and the output of a module that has ended."""

    code: int
    out: bytes
    err: bytes


def launch_module(module: str, request: bytes, environ: Mapping[str, str]) -> ModuleOutput:
    """Run ``python -m module`` with a request on its standard input, and wait until it ends."""
    pipe = subprocess.PIPE
    process = subprocess.Popen(  # noqa: S603 # this Python, and a program of ours
        [sys.executable, "-m", module], env=environ, stdin=pipe, stdout=pipe, stderr=pipe
    )
    out, err = process.communicate(request)
    return ModuleOutput(process.returncode, out, err)
