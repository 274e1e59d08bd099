"""Mypy as it is run again and again while a project is edited: with a cache, with workers, as a daemon."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from mypy.dmypy.client import request

STUBS = Path(__file__).parents[3] / "stubs"
SETTINGS = f"[mypy]\nmypy_path = {STUBS}\nstrict = true\nlocal_partial_types = true\nerror_summary = false\n"
PLUGIN = "plugins = typedflow.mypy\n"

#: What does not change while a project is edited is read once for all tests.
LIBRARIES = "import metaflow, pydantic, typedflow\nfrom typedflow import Config, ConfigModel, config_expr\n"


class Project:
    """A project on disk, with mypy's cache of its libraries."""

    def __init__(self, root: Path, libraries: Path, settings: str = PLUGIN) -> None:
        """Write mypy's settings; the files come with `write`."""
        self.root = root
        self._seconds = 0
        self._status = str(root / "status.json")
        shutil.copytree(libraries, root / "cache")
        (root / "mypy.ini").write_text(SETTINGS + settings)

    def write(self, files: Mapping[str, str]) -> None:
        """Write what has changed, at a time of its own: mypy counts seconds."""
        for name, text in files.items():
            path = self.root / name
            if not path.exists() or path.read_text() != text:
                path.write_text(text)
                self._seconds += 10
                os.utime(path, (path.stat().st_mtime + self._seconds,) * 2)

    def mypy(self, *options: str) -> list[str]:
        """Return the lines that mypy prints, in any order; it uses the cache of the run before."""
        return self._run("mypy", "--cache-dir", "cache", *options, *self._names)

    def start(self, *options: str) -> None:
        """Start the daemon."""
        self._run("mypy.dmypy", "--status-file", self._status, "start", "--", "--cache-dir", "cache", *options)

    def check(self) -> list[str]:
        """Return the lines that the daemon answers, in any order."""
        answer = request(self._status, "check", files=self._names, export_types=False, is_tty=False, terminal_width=80)
        assert answer.get("status") in {0, 1}, answer
        return sorted(answer["out"].splitlines())

    def stop(self) -> None:
        """Stop the daemon."""
        request(self._status, "stop")

    @property
    def _names(self) -> list[str]:
        return sorted(str(path) for path in self.root.glob("*.py"))

    def _run(self, module: str, *arguments: str) -> list[str]:
        command = [sys.executable, "-m", module, *arguments]
        done = subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=False)
        assert done.returncode in {0, 1}, done.stdout + done.stderr
        assert not done.stderr
        return sorted(done.stdout.splitlines())


Open = Callable[..., Project]
"""Makes a project without files."""


@pytest.fixture(scope="session")
def open_project(tmp_path_factory: pytest.TempPathFactory) -> Open:
    """Makes projects beside the cache of a run on the libraries alone, with what the daemon needs."""
    nothing = tmp_path_factory.mktemp("nothing")
    libraries = Project(tmp_path_factory.mktemp("libraries"), nothing)
    libraries.write({"program.py": LIBRARIES})
    libraries.mypy("--cache-fine-grained")

    def opened(settings: str = PLUGIN) -> Project:
        return Project(tmp_path_factory.mktemp("project"), libraries.root / "cache", settings)

    return opened
