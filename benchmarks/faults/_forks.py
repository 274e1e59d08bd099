"""The client side of the fork server: it is started once, and used many times, also by child processes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import get_ident
from types import TracebackType
from typing import NamedTuple

from typing_extensions import Self

from benchmarks.faults._asking import asked

_ROOT = Path(__file__).parents[2]
_PROGRAM = """\
import sys
sys.path[0:1] = []
sys.path.append(sys.argv[1])
from benchmarks.faults._server import serve
serve(sys.argv[2])
"""


class Done(NamedTuple):
    """The result of a process: its exit code, and what it printed."""

    code: int
    output: str
    errors: str


class Forks:
    """A server that forks one warm Python."""

    def __init__(self) -> None:
        """Start the server."""
        self._folder = tempfile.TemporaryDirectory(prefix="faults-")
        folder = Path(self._folder.name)
        self._place = str(folder / "socket")
        launcher = folder / "python"
        asking = Path(__file__).with_name("_asking.py")
        launcher.write_text(f'#!/bin/sh\nexec {sys.executable} -IS {asking} "$@"\n', encoding="utf-8")
        launcher.chmod(0o755)
        self._environ = {
            **{name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ},
            "HOME": str(folder),
            "METAFLOW_HOME": str(folder),
            "METAFLOW_USER": "faults",
            "OMP_NUM_THREADS": "1",
            "FAULTS_SERVER": self._place,
            "FAULTS_PYTHON": str(launcher),
            "FAULTS_REAL_PYTHON": sys.executable,
        }
        self._server = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, str(_ROOT), self._place],
            cwd=folder,
            env=self._environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        if not self._server.stdout or self._server.stdout.readline() != b"ready\n":
            raise RuntimeError("the server of forks has not started")

    def run(self, arguments: Sequence[str], folder: Path, environ: Mapping[str, str] | None = None) -> Done:
        """Run a Python in a folder."""
        with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors, open(os.devnull, "rb") as nothing:  # noqa: PTH123
            files = {0: nothing.fileno(), 1: output.fileno(), 2: errors.fileno()}
            own = {"MYPY_CACHE_DIR": f"{self._folder.name}/mypy-{get_ident()}", **(environ or {})}
            code = asked(self._place, arguments, str(folder), {**self._environ, **own}, files, os.getpid())
            output.seek(0)
            errors.seek(0)
            return Done(code, output.read().decode(errors="replace"), errors.read().decode(errors="replace"))

    def run_apart(self, arguments: Sequence[str], folder: Path) -> Done:
        """Run a real Python in a folder, not a fork."""
        done = subprocess.run(
            [sys.executable, *arguments], cwd=folder, env=self._environ, check=False, capture_output=True, text=True
        )
        return Done(done.returncode, done.stdout, done.stderr)

    def __enter__(self) -> Self:
        """Return this server."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the server."""
        self._server.communicate()
        self._folder.cleanup()
